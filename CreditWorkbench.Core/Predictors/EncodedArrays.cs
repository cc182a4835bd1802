using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace CreditWorkbench.Core.Predictors;

/// <summary>Arrays of numbers as the canonical bytes hold them: length (int32) and elements, little-endian.</summary>
internal static class EncodedArrays
{
    /// <summary>Writes length and elements in memory order, which is little-endian on every platform that .NET runs this on.</summary>
    public static void WriteArray<T>(this BinaryWriter writer, ImmutableArray<T> elements) where T : unmanaged
    {
        writer.Write(elements.Length);
        writer.Write(MemoryMarshal.AsBytes(elements.AsSpan()));
    }

    /// <summary>Reads what <see cref="WriteArray"/> wrote; empty once the reader ran out.</summary>
    public static ImmutableArray<T> ImmutableArray<T>(this ref SpanReader reader) where T : unmanaged => ImmutableCollectionsMarshal.AsImmutableArray(reader.Array<T>());

    /// <summary>A number of parts, each of at least so many bytes; 0, and the reader has run out, when so many cannot be there.</summary>
    public static int Count(this ref SpanReader reader, int leastBytes)
    {
        var count = reader.Int32();
        if (count >= 0 && (long)count * leastBytes <= reader.Left) return count;
        reader.Refuse();
        return 0;
    }
}

using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace CreditWorkbench.Core.Predictors;

/// <summary>Reads little-endian values from a span and notes, instead of failing, when it runs out.</summary>
internal ref struct SpanReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>Whether something was asked for that is not there; values read since are zero or empty.</summary>
    public bool RanOut { get; private set; }

    /// <summary>Whether all was read, and no more.</summary>
    public readonly bool IsAtEnd => !RanOut && _rest.IsEmpty;

    /// <summary>Bytes that are left to read.</summary>
    public readonly int Left => _rest.Length;

    /// <summary>Notes that what was read asks for more than there is.</summary>
    public void Refuse() => RanOut = true;

    public byte Byte() => Take(1)[0];

    public float Single() => BinaryPrimitives.ReadSingleLittleEndian(Take(4));

    public ushort UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    public ulong UInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    public double Double() => BinaryPrimitives.ReadDoubleLittleEndian(Take(8));

    /// <summary>A text of at most so many bytes.</summary>
    public string Text(int most)
    {
        var length = Int32();
        if (length >= 0 && length <= most && length <= _rest.Length) return Encoding.UTF8.GetString(Take(length));
        RanOut = true;
        return "";
    }

    /// <summary>A length and as many elements; the length is checked against what is there before anything is allocated.</summary>
    public T[] Array<T>() where T : unmanaged
    {
        var length = Int32();
        var size = Unsafe.SizeOf<T>();
        if (length < 0 || length > _rest.Length / size)
        {
            RanOut = true;
            return [];
        }

        return MemoryMarshal.Cast<byte, T>(Take(length * size)).ToArray();
    }

    /// <summary>Bytes of a length that was read before; empty when they are not there.</summary>
    public ReadOnlySpan<byte> Bytes(int length)
    {
        if (length >= 0 && length <= _rest.Length && !RanOut) return Take(length);
        RanOut = true;
        return [];
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (RanOut || count > _rest.Length)
        {
            RanOut = true;
            return new byte[count];
        }

        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}

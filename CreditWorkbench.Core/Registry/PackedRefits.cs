using System.Buffers.Binary;
using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.Registry;

/// <summary>Refits of a model on bootstrap samples of its training rows, as bytes that are read only when somebody asks for them: what
/// marks fragile reasons. Part of the package and of its hash.</summary>
/// <remarks>Count (int32), then per refit the length (int32) and bytes of <see cref="PredictorEncoding"/>; little-endian, not compressed,
/// because compressors differ between machines and a package's hash must not. So that a package stays small, only as many refits
/// are kept as fit <see cref="MostBytes"/>, the first ones.</remarks>
public sealed class PackedRefits
{
    /// <summary>Bytes at most.</summary>
    public const int MostBytes = 24 << 20;

    private readonly ReadOnlyMemory<byte> _bytes;

    /// <summary>Wraps bytes, whose predictors stay unread.</summary>
    /// <exception cref="InvalidDataException">The lengths do not fill the bytes.</exception>
    public PackedRefits(ReadOnlyMemory<byte> bytes)
    {
        Count = Frames(bytes.Span).Count;
        _bytes = bytes;
    }

    /// <summary>No refit.</summary>
    public static PackedRefits None { get; } = new(ReadOnlyMemory<byte>.Empty);

    /// <summary>The bytes.</summary>
    internal ReadOnlySpan<byte> Bytes => _bytes.Span;

    /// <summary>Number of refits.</summary>
    public int Count { get; }

    /// <summary>Whether there is none.</summary>
    public bool IsEmpty => _bytes.IsEmpty;

    /// <summary>Packs the first refits that have room.</summary>
    public static PackedRefits Of(IReadOnlyList<Predictor> refits)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(0);
        var kept = 0;
        foreach (var refit in refits)
        {
            var bytes = PredictorEncoding.ToBytes(refit);
            if (stream.Length + sizeof(int) + bytes.Length > MostBytes) break;
            writer.Write(bytes.Length);
            writer.Write(bytes);
            kept++;
        }

        writer.Flush();
        if (kept == 0) return None;
        var packed = stream.ToArray();
        BinaryPrimitives.WriteInt32LittleEndian(packed, kept);
        return new PackedRefits(packed);
    }

    /// <summary>Reads the refits.</summary>
    /// <exception cref="InvalidDataException">A refit is no predictor. A package's hash covers them, so this is a packager's fault.</exception>
    public IReadOnlyList<Predictor> Open() => [.. Frames(_bytes.Span).Select(frame =>
        PredictorEncoding.Read(_bytes[frame].Span).TryGet(out var refit, out var problems) ? refit : throw new InvalidDataException(problems[0].Message))];

    // Lengths are checked when a package is read, predictors when somebody asks for them.
    private static List<Range> Frames(ReadOnlySpan<byte> bytes)
    {
        var frames = new List<Range>();
        if (bytes.IsEmpty) return frames;
        var (at, left) = (sizeof(int), Int32(bytes, 0));
        for (; left > 0; left--)
        {
            var length = Int32(bytes, at);
            at += sizeof(int);
            if (length < 0 || length > bytes.Length - at) throw new InvalidDataException("a refit is longer than its section");
            frames.Add(at..(at + length));
            at += length;
        }

        return at == bytes.Length ? frames : throw new InvalidDataException("bytes follow the last refit");
    }

    private static int Int32(ReadOnlySpan<byte> bytes, int at) => at + sizeof(int) <= bytes.Length
        ? BinaryPrimitives.ReadInt32LittleEndian(bytes[at..])
        : throw new InvalidDataException("the section of refits breaks off");
}

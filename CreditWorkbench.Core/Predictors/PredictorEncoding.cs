using System.Security.Cryptography;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Predictors;

/// <summary>The canonical bytes of a predictor: equal predictors have equal bytes, and reading gives every bit back.</summary>
/// <remarks>Little-endian. Magic <c>CWPR</c>, version (uint16), kind (uint16), length of the body (uint64), body, SHA-256 of all
/// that comes before. Body of kind 1, a tree ensemble: family (length as int32, UTF-8), features (int32), link kind (byte), training
/// rows (int64), aggregation (byte), base value (float64), then each array of <see cref="TreeNodes"/> in the order of its
/// declaration: length (int32) and elements.</remarks>
public static class PredictorEncoding
{
    /// <summary>Version that is written; every earlier one is read.</summary>
    public const int Version = 1;

    private const uint Magic = 0x5250_5743;
    private const ushort TreeEnsembleKind = 1;
    private const int HeaderLength = 16;
    private const int HashLength = SHA256.HashSizeInBytes;

    /// <summary>Encodes a predictor.</summary>
    /// <exception cref="NotSupportedException">A kind of predictor without an encoding.</exception>
    public static byte[] ToBytes(Predictor predictor)
    {
        if (predictor is not TreeEnsemble ensemble) throw new NotSupportedException($"No encoding for {predictor.GetType().Name}.");
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(Magic);
        writer.Write((ushort)Version);
        writer.Write(TreeEnsembleKind);
        writer.Write(0UL);
        TreeEnsembleEncoding.Write(ensemble, writer);
        writer.Flush();
        stream.Position = HeaderLength - sizeof(ulong);
        writer.Write((ulong)(stream.Length - HeaderLength));
        writer.Flush();
        stream.Position = stream.Length;
        writer.Write(SHA256.HashData(stream.GetBuffer().AsSpan(0, (int)stream.Length)));
        writer.Flush();
        return stream.ToArray();
    }

    /// <summary>Writes a predictor's bytes.</summary>
    public static void Write(Predictor predictor, BinaryWriter writer) => writer.Write(ToBytes(predictor));

    /// <summary>Reads a predictor back.</summary>
    /// <param name="bytes">Exactly one predictor.</param>
    /// <returns>The predictor, or one of <c>predictor.encoding.truncated</c>, <c>.foreign</c>, <c>.version</c>, <c>.oversized</c>,
    /// <c>.altered</c>, <c>.invalid</c>.</returns>
    public static Outcome<Predictor> Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderLength + HashLength) return Refusal("truncated", $"A predictor takes at least {HeaderLength + HashLength} bytes; there are {bytes.Length}.");
        var reader = new SpanReader(bytes[..HeaderLength]);
        if (reader.UInt32() != Magic) return Refusal("foreign", "These bytes do not begin as a predictor does.");
        var (version, kind, length) = (reader.UInt16(), reader.UInt16(), reader.UInt64());
        if (version is 0 or > Version) return Refusal("version", $"Version {version} is unknown; this program reads up to {Version}.");
        if (kind != TreeEnsembleKind) return Refusal("version", $"Predictor kind {kind} is unknown to this program.");
        var expected = (ulong)(bytes.Length - HeaderLength - HashLength);
        if (length > expected) return Refusal("truncated", $"The predictor's body has {length} bytes; {expected} are there.");
        if (length < expected) return Refusal("oversized", $"{expected - length} bytes follow the predictor's end.");
        if (!SHA256.HashData(bytes[..^HashLength]).AsSpan().SequenceEqual(bytes[^HashLength..])) return Refusal("altered", "The predictor's bytes do not match their hash.");
        return TreeEnsembleEncoding.Read(bytes[HeaderLength..^HashLength]);
    }

    /// <summary>A refusal to read.</summary>
    internal static Problem Refusal(string reason, string message) =>
        new($"predictor.encoding.{reason}", message) { Remedy = "Use an unaltered copy of the package." };
}

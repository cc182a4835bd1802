using System.Buffers.Binary;
using System.Security.Cryptography;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Predictors;

/// <summary>The canonical bytes of a predictor: equal predictors have equal bytes, and reading gives every bit back.</summary>
/// <remarks>Little-endian. Magic <c>CWPR</c>, version (uint16), kind (uint16), length of the body (uint64), body, SHA-256 of all
/// that comes before. Body of kind 1, a tree ensemble: family (length as int32, UTF-8), features (int32), link kind (byte), training
/// rows (int64), aggregation (byte), base value (float64), then each array of <see cref="TreeNodes"/> in the order of its
/// declaration: length (int32) and elements. All other kinds hold arrays in the same way, and their parts in the order of these lists.
/// <para>Kind 2, a logistic regression: intercept (float64), mean terms (array of float64), columns (int32), and per column slope,
/// mean, deviation (float64), low, high (float32), terms of missing and codes, terms of categories (arrays of float64), term of an
/// unknown category (float64).</para>
/// <para>Kind 3, a points scorecard: points to double the odds, base score, base odds (float64), base points (int32), exact intercept
/// (float64), mean terms (array of float64), characteristics (int32), and per characteristic edges (array of float32), bins of
/// categories (array of int32), regular bins, special codes (int32), trend (byte), edited (byte, 0 or 1), coefficient, information
/// value (float64), bins (int32), and per bin goods, bads, weight of evidence, exact term (float64), points (int32).</para>
/// <para>Kind 4, a blend: members (int32), and per member weight, slope, intercept (float64), length (int32) and bytes of a predictor
/// that is not a blend.</para>
/// <para>Kind 5, a neural network: columns (int32), and per column mean, deviation (float64), low, high (float32), categories, special
/// codes (int32); layers (int32), and per layer inputs (int32), weights, biases (arrays of float64).</para></remarks>
public static class PredictorEncoding
{
    /// <summary>Version that is written; every earlier one is read.</summary>
    public const int Version = 1;

    private const uint Magic = 0x5250_5743;
    private const ushort TreeEnsembleKind = 1;
    private const ushort LinearKind = 2;
    private const ushort PointsScorecardKind = 3;
    private const ushort BlendKind = 4;
    private const ushort NeuralNetworkKind = 5;
    private const int KindOffset = 6;
    private const int HeaderLength = 16;
    private const int HashLength = SHA256.HashSizeInBytes;

    /// <summary>Encodes a predictor.</summary>
    /// <exception cref="NotSupportedException">A kind of predictor without an encoding.</exception>
    public static byte[] ToBytes(Predictor predictor)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(Magic);
        writer.Write((ushort)Version);
        writer.Write(KindOf(predictor));
        writer.Write(0UL);
        WriteBody(predictor, writer);
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
        if (kind is < TreeEnsembleKind or > NeuralNetworkKind) return Refusal("version", $"Predictor kind {kind} is unknown to this program.");
        var expected = (ulong)(bytes.Length - HeaderLength - HashLength);
        if (length > expected) return Refusal("truncated", $"The predictor's body has {length} bytes; {expected} are there.");
        if (length < expected) return Refusal("oversized", $"{expected - length} bytes follow the predictor's end.");
        if (!SHA256.HashData(bytes[..^HashLength]).AsSpan().SequenceEqual(bytes[^HashLength..])) return Refusal("altered", "The predictor's bytes do not match their hash.");
        var body = bytes[HeaderLength..^HashLength];
        return kind switch
        {
            TreeEnsembleKind => TreeEnsembleEncoding.Read(body),
            LinearKind => LinearEncoding.Read(body),
            PointsScorecardKind => PointsScorecardEncoding.Read(body),
            BlendKind => BlendEncoding.Read(body),
            _ => NeuralNetworkEncoding.Read(body),
        };
    }

    /// <summary>Whether bytes say that they are a blend.</summary>
    internal static bool IsBlend(ReadOnlySpan<byte> bytes) => bytes.Length >= HeaderLength && BinaryPrimitives.ReadUInt16LittleEndian(bytes[KindOffset..]) == BlendKind;

    private static ushort KindOf(Predictor predictor) => predictor switch
    {
        TreeEnsemble => TreeEnsembleKind,
        LinearPredictor => LinearKind,
        PointsScorecard => PointsScorecardKind,
        BlendPredictor => BlendKind,
        NeuralNetwork => NeuralNetworkKind,
        _ => throw new NotSupportedException($"No encoding for {predictor.GetType().Name}."),
    };

    private static void WriteBody(Predictor predictor, BinaryWriter writer)
    {
        switch (predictor)
        {
            case TreeEnsemble ensemble: TreeEnsembleEncoding.Write(ensemble, writer); break;
            case LinearPredictor linear: LinearEncoding.Write(linear, writer); break;
            case PointsScorecard scorecard: PointsScorecardEncoding.Write(scorecard, writer); break;
            case BlendPredictor blend: BlendEncoding.Write(blend, writer); break;
            case NeuralNetwork network: NeuralNetworkEncoding.Write(network, writer); break;
        }
    }

    /// <summary>A refusal to read.</summary>
    internal static Problem Refusal(string reason, string message) =>
        new($"predictor.encoding.{reason}", message) { Remedy = "Use an unaltered copy of the package." };
}

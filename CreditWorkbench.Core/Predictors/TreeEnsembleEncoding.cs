using System.Runtime.InteropServices;
using System.Text;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Predictors;

/// <summary>The body of an encoded tree ensemble; its layout stands at <see cref="PredictorEncoding"/>.</summary>
internal static class TreeEnsembleEncoding
{
    private const int MaxFamilyBytes = 64;
    private const int MaxFeatures = 1_000_000;

    /// <summary>Writes the body.</summary>
    public static void Write(TreeEnsemble ensemble, BinaryWriter writer)
    {
        var family = Encoding.UTF8.GetBytes(ensemble.Family);
        writer.Write(family.Length);
        writer.Write(family);
        writer.Write(ensemble.FeatureCount);
        writer.Write((byte)ensemble.Link.Kind);
        writer.Write(ensemble.Link.TrainingRows);
        writer.Write((byte)ensemble.Aggregation);
        writer.Write(ensemble.BaseValue);
        var nodes = ensemble.Nodes;
        WriteArray(writer, nodes.TreeStart);
        WriteArray(writer, nodes.Feature);
        WriteArray(writer, nodes.Cut);
        WriteArray(writer, nodes.Left);
        WriteArray(writer, nodes.Right);
        WriteArray(writer, nodes.CodesLeft);
        WriteArray(writer, nodes.CategorySet);
        WriteArray(writer, nodes.SetStart);
        WriteArray(writer, nodes.SetBits);
        WriteArray(writer, nodes.Value);
        WriteArray(writer, nodes.Cover);
    }

    /// <summary>Reads the body and checks that every walk through it ends in a leaf.</summary>
    public static Outcome<Predictor> Read(ReadOnlySpan<byte> body)
    {
        var reader = new SpanReader(body);
        var family = reader.Text(MaxFamilyBytes);
        var featureCount = reader.Int32();
        var link = new Link((LinkKind)reader.Byte(), reader.Int64());
        var aggregation = (Aggregation)reader.Byte();
        var baseValue = reader.Double();
        var nodes = new TreeNodes
        {
            TreeStart = reader.Array<int>(),
            Feature = reader.Array<int>(),
            Cut = reader.Array<float>(),
            Left = reader.Array<int>(),
            Right = reader.Array<int>(),
            CodesLeft = reader.Array<uint>(),
            CategorySet = reader.Array<int>(),
            SetStart = reader.Array<int>(),
            SetBits = reader.Array<ulong>(),
            Value = reader.Array<double>(),
            Cover = reader.Array<double>(),
        };
        if (!reader.IsAtEnd) return PredictorEncoding.Refusal("invalid", "The tree ensemble's parts do not fill its bytes.");
        if (HeadFault(featureCount, link, aggregation, baseValue) is { } headFault) return PredictorEncoding.Refusal("invalid", headFault);
        if (nodes.Fault(featureCount) is { } fault) return PredictorEncoding.Refusal("invalid", fault);
        return new TreeEnsemble(family, featureCount, link, aggregation, baseValue, nodes);
    }

    private static string? HeadFault(int featureCount, Link link, Aggregation aggregation, double baseValue)
    {
        if (featureCount is < 1 or > MaxFeatures) return $"A tree ensemble cannot have {featureCount} features.";
        if (!Enum.IsDefined(link.Kind) || !Enum.IsDefined(aggregation)) return "The link or aggregation is unknown.";
        if (link.Kind == LinkKind.Logit && link.TrainingRows < 1) return "A logit link needs the number of training rows.";
        return double.IsFinite(baseValue) ? null : "The base value is not a finite number.";
    }

    /// <summary>Length and elements in memory order, which is little-endian on every platform that .NET runs this on.</summary>
    private static void WriteArray<T>(BinaryWriter writer, T[] elements) where T : unmanaged
    {
        writer.Write(elements.Length);
        writer.Write(MemoryMarshal.AsBytes(elements.AsSpan()));
    }
}

using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Scoring;

namespace CreditWorkbench.Core.Registry;

/// <summary>The section of frozen bins: per column the number of cut points (uint8), cut points (bits of float32), and one count per bin (int64).</summary>
internal static class BinsEncoding
{
    public static void Write(BinaryWriter writer, IReadOnlyList<FeatureBins> bins)
    {
        foreach (var column in bins)
        {
            writer.Write((byte)column.Cuts.Count);
            foreach (var cut in column.Cuts) writer.Write(cut);
            foreach (var count in column.Expected) writer.Write(count);
        }
    }

    /// <exception cref="ArgumentException">The cut points or counts are not those of a column's bins.</exception>
    public static IReadOnlyList<FeatureBins> Read(BinaryReader reader, IReadOnlyList<FeatureColumn> columns) => [.. columns.Select(column => Read(reader, column))];

    private static FeatureBins Read(BinaryReader reader, FeatureColumn column)
    {
        var cuts = new float[reader.ReadByte()];
        for (var i = 0; i < cuts.Length; i++) cuts[i] = reader.ReadSingle();
        var expected = new long[FeatureBins.CountOf(column, cuts.Length)];
        for (var i = 0; i < expected.Length; i++) expected[i] = reader.ReadInt64();
        return new FeatureBins(column, cuts, expected);
    }
}

using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Scoring;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>Freezes the bins that monitoring counts in.</summary>
internal static class BinningStep
{
    /// <summary>Bins of every column with the counts of these rows.</summary>
    public static IReadOnlyList<FeatureBins> Of(FeatureMatrix rows) => [.. rows.Columns.Select((column, at) => Of(column, rows.Column(at)))];

    /// <summary>Cuts a column at the deciles of its values; equal deciles give one cut.</summary>
    /// <param name="column">The column.</param>
    /// <param name="cells">Training rows; missing and coded cells do not move the cuts.</param>
    public static FeatureBins Of(FeatureColumn column, ReadOnlySpan<float> cells)
    {
        float[] cuts = column.IsCategory ? [] : Deciles(cells);
        var empty = new FeatureBins(column, cuts, new long[FeatureBins.CountOf(column, cuts.Length)]);
        var counts = new long[empty.Count];
        foreach (var cell in cells) counts[empty.BinOf(cell)]++;
        return new FeatureBins(column, cuts, counts);
    }

    // The value at rank ceil(n k / 10); the greatest value is no cut, since nothing lies above it.
    private static float[] Deciles(ReadOnlySpan<float> cells)
    {
        var values = new List<float>();
        foreach (var cell in cells)
        {
            if (float.IsFinite(cell)) values.Add(cell);
        }

        if (values.Count == 0) return [];
        values.Sort();
        return [.. Enumerable.Range(1, FeatureBins.MaxCuts)
            .Select(k => values[(int)(((long)values.Count * k + FeatureBins.MaxCuts) / (FeatureBins.MaxCuts + 1)) - 1])
            .Distinct().Where(cut => cut < values[^1])];
    }
}

using CreditWorkbench.Core.Features;

namespace CreditWorkbench.Core.Explanation;

/// <summary>Accumulated local effects: what small steps of a feature do to the rows that stand there, summed up. Only rows that exist
/// are asked, so correlated features do no harm.</summary>
/// <remarks>Apley and Zhu (2020), first order, ordered features. Rows without a regular value take no part.</remarks>
public static class AccumulatedLocalEffects
{
    /// <summary>The effect at the edges of the intervals, centred so that its mean over the rows is 0 (an interval counts as the mean
    /// of its two edges).</summary>
    /// <param name="function">What is studied.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="feature">Column of an ordered feature.</param>
    /// <param name="parts">Intervals at most; they hold about equally many rows.</param>
    /// <returns>Rising values with their effects; empty for a category or a feature with fewer than two values.</returns>
    /// <remarks>Two evaluations per row.</remarks>
    public static IReadOnlyList<EffectPoint> Of(ExplainedFunction function, FeatureMatrix rows, int feature, int parts = 24)
    {
        if (rows.Columns[feature].IsCategory) return [];
        var edges = QuantileScale.Of(rows.Column(feature)).Steps(parts);
        if (edges.Length < 2) return [];
        var known = KnownRows(rows.Column(feature));
        var steps = Steps(function, rows.Take(known), feature, edges, out var counts);
        var effects = new double[edges.Length];
        for (var k = 1; k < edges.Length; k++) effects[k] = effects[k - 1] + steps[k];
        var mean = 0.0;
        for (var k = 1; k < edges.Length; k++) mean += counts[k] * (effects[k - 1] + effects[k]) / 2;
        mean /= known.Length;
        return [.. edges.Select((edge, k) => new EffectPoint(edge, effects[k] - mean))];
    }

    // Mean difference of interval k, which ends at edge k; slot 0 stays empty.
    private static double[] Steps(ExplainedFunction function, FeatureMatrix rows, int feature, float[] edges, out int[] counts)
    {
        var interval = new int[rows.Rows];
        var (low, high) = (new float[rows.Rows], new float[rows.Rows]);
        var column = rows.Column(feature);
        for (var row = 0; row < interval.Length; row++)
        {
            var at = Array.BinarySearch(edges, column[row]);
            interval[row] = Math.Clamp(at >= 0 ? at : ~at, 1, edges.Length - 1);
            (low[row], high[row]) = (edges[interval[row] - 1], edges[interval[row]]);
        }

        var trial = new ColumnTrial(rows);
        var (before, after) = (new double[rows.Rows], new double[rows.Rows]);
        trial.Set(feature, low);
        function(trial.Rows, before);
        trial.Set(feature, high);
        function(trial.Rows, after);
        var steps = new double[edges.Length];
        counts = new int[edges.Length];
        for (var row = 0; row < interval.Length; row++)
        {
            steps[interval[row]] += after[row] - before[row];
            counts[interval[row]]++;
        }

        for (var k = 1; k < steps.Length; k++) steps[k] = counts[k] == 0 ? 0 : steps[k] / counts[k];
        return steps;
    }

    private static int[] KnownRows(ReadOnlySpan<float> column)
    {
        var known = new List<int>();
        for (var row = 0; row < column.Length; row++)
        {
            if (!float.IsNaN(column[row])) known.Add(row);
        }

        return [.. known];
    }
}

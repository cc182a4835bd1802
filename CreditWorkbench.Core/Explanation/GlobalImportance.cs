using CreditWorkbench.Core.Metrics;

namespace CreditWorkbench.Core.Explanation;

/// <summary>How much a feature moves scores on average.</summary>
/// <param name="Feature">Column of the feature.</param>
/// <param name="Size">Mean of |contribution| with its bootstrap interval, in the unit of the table.</param>
/// <param name="Mean">Mean of the contributions with their sign.</param>
/// <param name="Share">Share of all features' mean |contribution|, in [0, 1].</param>
public sealed record ShapImportance(int Feature, Interval Size, double Mean, double Share);

/// <summary>Mean |SHAP| of every feature with intervals.</summary>
/// <remarks>Percentile bootstrap over rows. A replicate draws the rows once for all features, as counts: O(rows) draws and O(cells)
/// multiplications. Replicate r has its own stream, so threads do not change the result.</remarks>
public static class GlobalImportance
{
    /// <summary>Importance of all features, most important first; equal ones in column order.</summary>
    /// <param name="table">Contributions of at least one row.</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <param name="replicates">Bootstrap replicates, at least 2.</param>
    /// <param name="level">Mass inside the intervals, in (0, 1).</param>
    /// <param name="threads">Threads at most; -1 for as many as there are.</param>
    /// <param name="cancellation">Stops between replicates.</param>
    /// <exception cref="ArgumentException">No row.</exception>
    public static IReadOnlyList<ShapImportance> Of(
        ContributionTable table, int seed, int replicates = 200, double level = 0.95, int threads = -1, CancellationToken cancellation = default)
    {
        if (table.Count == 0) throw new ArgumentException("Importance needs a row.", nameof(table));
        var sizes = new double[table.Features][];
        Parallel.For(0, table.Features, Options(threads, cancellation), feature => sizes[feature] = Sizes(table.Column(feature)));
        var drawn = Replicates(sizes, table.Count, seed, replicates, threads, cancellation);
        var whole = new double[table.Features];
        for (var feature = 0; feature < whole.Length; feature++) whole[feature] = Mean(table.Column(feature), absolute: true);
        var (sum, tail) = (whole.Sum(), (1.0 - level) / 2.0);
        var found = new List<ShapImportance>(table.Features);
        for (var feature = 0; feature < whole.Length; feature++)
        {
            Array.Sort(drawn[feature]);
            var interval = new Interval(whole[feature], Quantiles.OfSorted(drawn[feature], tail), Quantiles.OfSorted(drawn[feature], 1.0 - tail));
            found.Add(new ShapImportance(feature, interval, Mean(table.Column(feature), absolute: false), sum > 0 ? whole[feature] / sum : 0));
        }

        return [.. found.OrderByDescending(each => each.Size.Value)];
    }

    private static ParallelOptions Options(int threads, CancellationToken cancellation) => new() { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };

    // Means of resampled rows, shape [features][replicates].
    private static double[][] Replicates(double[][] sizes, int rows, int seed, int replicates, int threads, CancellationToken cancellation)
    {
        var drawn = new double[sizes.Length][];
        for (var feature = 0; feature < drawn.Length; feature++) drawn[feature] = new double[replicates];
        Parallel.For(0, replicates, Options(threads, cancellation), () => new double[rows], (replicate, _, counts) =>
        {
            Array.Clear(counts);
            var draws = new SeededDraws(seed, replicate);
            for (var i = 0; i < rows; i++) counts[draws.NextBelow(rows)]++;
            for (var feature = 0; feature < sizes.Length; feature++) drawn[feature][replicate] = Dot(counts, sizes[feature]) / rows;
            return counts;
        }, _ => { });
        return drawn;
    }

    private static double[] Sizes(ReadOnlySpan<float> column)
    {
        var sizes = new double[column.Length];
        for (var row = 0; row < sizes.Length; row++) sizes[row] = Math.Abs(column[row]);
        return sizes;
    }

    // Four sums at fixed strides: the same bits on every machine, whatever the width of its vectors.
    private static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        var (a, b, c, d) = (0.0, 0.0, 0.0, 0.0);
        var i = 0;
        for (; i + 4 <= left.Length; i += 4)
        {
            a += left[i] * right[i];
            b += left[i + 1] * right[i + 1];
            c += left[i + 2] * right[i + 2];
            d += left[i + 3] * right[i + 3];
        }

        for (; i < left.Length; i++) a += left[i] * right[i];
        return a + b + (c + d);
    }

    private static double Mean(ReadOnlySpan<float> column, bool absolute)
    {
        var sum = 0.0;
        foreach (var value in column) sum += absolute ? Math.Abs((double)value) : value;
        return sum / column.Length;
    }
}

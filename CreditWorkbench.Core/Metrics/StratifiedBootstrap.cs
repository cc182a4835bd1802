namespace CreditWorkbench.Core.Metrics;

/// <summary>An estimate with its interval.</summary>
/// <param name="Value">On the rows as they are.</param>
/// <param name="Low">Lower limit.</param>
/// <param name="High">Upper limit.</param>
public readonly record struct Interval(double Value, double Low, double High);

/// <summary>A metric of counts per risk group, riskiest first.</summary>
public delegate double GroupMetric(ReadOnlySpan<int> good, ReadOnlySpan<int> bad);

/// <summary>Percentile bootstrap of ranking metrics: good and bad rows are resampled each among themselves, so that every
/// replicate has both outcomes.</summary>
/// <remarks>Rows are sorted once; a replicate only redraws counts per risk group: O(n) instead of O(n log n). Replicate r has
/// its own random stream, so the result does not depend on the number of threads. Efron and Tibshirani (1993), chapter 13.</remarks>
public static class StratifiedBootstrap
{
    /// <summary>Interval of a metric.</summary>
    /// <param name="ranked">Outcomes.</param>
    /// <param name="metric">Called once per replicate, from several threads.</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <param name="replicates">Number of replicates, at least 2.</param>
    /// <param name="level">Mass inside the interval, in (0, 1).</param>
    /// <param name="cancellation">Stops between replicates.</param>
    public static Interval Of(RankedOutcomes ranked, GroupMetric metric, int seed, int replicates = 1_000, double level = 0.95, CancellationToken cancellation = default)
    {
        var values = new double[replicates];
        var (goodGroups, badGroups) = (Expand(ranked.Good, ranked.GoodCount), Expand(ranked.Bad, ranked.BadCount));
        Parallel.For(0, replicates, new ParallelOptions { CancellationToken = cancellation },
            () => (Good: new int[ranked.Groups], Bad: new int[ranked.Groups]),
            (replicate, _, counts) =>
            {
                var draws = new SeededDraws(seed, replicate);
                Redraw(goodGroups, counts.Good, ref draws);
                Redraw(badGroups, counts.Bad, ref draws);
                values[replicate] = metric(counts.Good, counts.Bad);
                return counts;
            }, _ => { });
        return ToInterval(metric(ranked.Good, ranked.Bad), values, level);
    }

    /// <summary>Interval of the AUC, drawn from the same distribution as <see cref="Of"/> but many times faster.</summary>
    /// <param name="ranked">Outcomes.</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <param name="replicates">Number of replicates, at least 2.</param>
    /// <param name="level">Mass inside the interval, in (0, 1).</param>
    /// <param name="threads">Threads to use, or -1 for all processors; the result does not depend on it.</param>
    /// <param name="cancellation">Stops between replicates.</param>
    public static Interval Auc(
        RankedOutcomes ranked, int seed, int replicates = 1_000, double level = 0.95, int threads = -1, CancellationToken cancellation = default)
    {
        var values = new double[replicates];
        var bootstrap = new AucBootstrap(ranked);
        Parallel.For(0, replicates, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, bootstrap.NewBuffers,
            (replicate, _, buffers) =>
            {
                var draws = new SeededDraws(seed, replicate);
                values[replicate] = bootstrap.Replicate(ref draws, buffers);
                return buffers;
            }, _ => { });
        return ToInterval(Ranking.Auc(ranked.Good, ranked.Bad), values, level);
    }

    private static Interval ToInterval(double value, double[] replicates, double level)
    {
        Array.Sort(replicates);
        var tail = (1.0 - level) / 2.0;
        return new Interval(value, Quantiles.OfSorted(replicates, tail), Quantiles.OfSorted(replicates, 1.0 - tail));
    }

    // Group of every row of one outcome: counts [2, 0, 1] become [0, 0, 2].
    private static int[] Expand(int[] counts, int total)
    {
        var groups = new int[total];
        var next = 0;
        for (var g = 0; g < counts.Length; g++)
        {
            groups.AsSpan(next, counts[g]).Fill(g);
            next += counts[g];
        }

        return groups;
    }

    private static void Redraw(int[] groups, int[] counts, ref SeededDraws draws)
    {
        Array.Clear(counts);
        for (var i = 0; i < groups.Length; i++) counts[groups[draws.NextBelow(groups.Length)]]++;
    }
}

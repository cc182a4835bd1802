namespace CreditWorkbench.Core.Metrics;

/// <summary>One bin of a calibration curve.</summary>
/// <param name="Count">Rows.</param>
/// <param name="MeanProbability">Mean PD of the rows.</param>
/// <param name="BadRate">Observed share of bad rows.</param>
public readonly record struct CalibrationBin(int Count, double MeanProbability, double BadRate)
{
    /// <summary>Lower limit of the 95 % interval of the bad rate (Wilson).</summary>
    public double Low => Count > 0 ? BetaDistribution.Wilson(BadRate, Count).Low : 0.0;

    /// <summary>Upper limit.</summary>
    public double High => Count > 0 ? BetaDistribution.Wilson(BadRate, Count).High : 1.0;
}

/// <summary>Expected calibration error with the limit that perfect calibration would stay under.</summary>
/// <param name="Value">Mean over rows of |mean PD - bad rate| of the row's bin, in [0, 1].</param>
/// <param name="NullLimit">95 % quantile of the value when every PD is true: values below are noise.</param>
/// <param name="Bins">The non-empty bins, rising in PD.</param>
public sealed record CalibrationError(double Value, double NullLimit, IReadOnlyList<CalibrationBin> Bins)
{
    /// <summary>Bins of equal row count unless stated otherwise.</summary>
    public const int DefaultBins = 10;

    /// <summary>Draws of the null band.</summary>
    public const int NullDraws = 1_000;

    /// <summary>Measures calibration in bins of equal row count; rows of equal PD stay together, so a bin may be larger or
    /// empty. O(n log n + draws x n).</summary>
    /// <param name="probabilities">PD per row, shape [n], n &gt;= 1, in [0, 1].</param>
    /// <param name="bad">Outcome per row, shape [n], same order.</param>
    /// <param name="seed">Seed of the null draws.</param>
    /// <param name="weights">Weight per row above 0, same order: means, rates and the error are weighted, bins stay of equal row count. Null for ones.</param>
    /// <param name="bins">Number of bins, at least 1.</param>
    /// <exception cref="ArgumentException">Lengths differ or no row.</exception>
    /// <remarks>Naeini, Cooper and Hauskrecht (2015); the null draws outcomes from the PDs: Broecker and Smith (2007).</remarks>
    public static CalibrationError Of(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> bad, int seed, double[]? weights = null, int bins = DefaultBins)
    {
        if (probabilities.Length != bad.Length || bad.Length == 0)
            throw new ArgumentException($"{probabilities.Length} probabilities, {bad.Length} outcomes; at least one of each.", nameof(bad));
        var sorted = probabilities.ToArray();
        if (weights is not null) return OfWeighted(sorted, bad, weights, seed, bins);
        var outcome = bad.ToArray();
        Array.Sort(sorted, outcome);
        var starts = Starts(sorted, bins);
        var curve = Curve(sorted, outcome, starts);
        return new CalibrationError(Error(curve, sorted.Length), NullQuantile(sorted, starts, null, seed), curve);
    }

    /// <summary>Bin of each row, in the order of <paramref name="probabilities"/>: the bins of <see cref="Of"/>.</summary>
    internal static int[] BinOfRows(ReadOnlySpan<double> probabilities, int bins = DefaultBins)
    {
        var (sorted, order) = (probabilities.ToArray(), new int[probabilities.Length]);
        for (var i = 0; i < order.Length; i++) order[i] = i;
        Array.Sort(sorted, order);
        var (starts, bin) = (Starts(sorted, bins), new int[sorted.Length]);
        for (var b = 0; b + 1 < starts.Length; b++)
        {
            for (var i = starts[b]; i < starts[b + 1]; i++) bin[order[i]] = b;
        }

        return bin;
    }

    // First row of each non-empty bin, then n. A run of equal PDs belongs to the bin of its middle row.
    private static int[] Starts(double[] sorted, int bins)
    {
        var (starts, lastBin) = (new List<int>(), -1);
        for (var run = 0; run < sorted.Length;)
        {
            var end = run + 1;
            while (end < sorted.Length && sorted[end] == sorted[run]) end++;
            var bin = (int)((long)bins * (run + end - 1) / 2 / sorted.Length);
            if (bin != lastBin) starts.Add(run);
            (lastBin, run) = (bin, end);
        }

        return [.. starts, sorted.Length];
    }

    private static CalibrationError OfWeighted(double[] sorted, ReadOnlySpan<bool> bad, double[] weights, int seed, int bins)
    {
        if (weights.Length != bad.Length) throw new ArgumentException($"{bad.Length} outcomes, {weights.Length} weights.", nameof(weights));
        var order = new int[sorted.Length];
        for (var i = 0; i < order.Length; i++) order[i] = i;
        Array.Sort(sorted, order);
        var weight = Array.ConvertAll(order, row => weights[row]);
        var (starts, total, error) = (Starts(sorted, bins), weight.Sum(), 0.0);
        var curve = new CalibrationBin[starts.Length - 1];
        for (var b = 0; b < curve.Length; b++)
        {
            var (sum, bads, all) = (0.0, 0.0, 0.0);
            for (var i = starts[b]; i < starts[b + 1]; i++)
            {
                sum += weight[i] * sorted[i];
                all += weight[i];
                if (bad[order[i]]) bads += weight[i];
            }

            curve[b] = new CalibrationBin(starts[b + 1] - starts[b], sum / all, bads / all);
            error += Math.Abs(sum - bads) / total;
        }

        return new CalibrationError(error, NullQuantile(sorted, starts, weight, seed), curve);
    }

    private static CalibrationBin[] Curve(double[] sorted, bool[] outcome, int[] starts)
    {
        var curve = new CalibrationBin[starts.Length - 1];
        for (var b = 0; b < curve.Length; b++)
        {
            var (sum, bads, count) = (0.0, 0, starts[b + 1] - starts[b]);
            for (var i = starts[b]; i < starts[b + 1]; i++)
            {
                sum += sorted[i];
                if (outcome[i]) bads++;
            }

            curve[b] = new CalibrationBin(count, sum / count, (double)bads / count);
        }

        return curve;
    }

    private static double Error(ReadOnlySpan<CalibrationBin> curve, int rows)
    {
        var sum = 0.0;
        foreach (var bin in curve) sum += (double)bin.Count / rows * Math.Abs(bin.MeanProbability - bin.BadRate);
        return sum;
    }

    private static double NullQuantile(double[] sorted, int[] starts, double[]? weights, int seed)
    {
        var total = weights?.Sum() ?? sorted.Length;
        var errors = new double[NullDraws];
        Parallel.For(0, NullDraws, draw =>
        {
            var draws = new SeededDraws(seed, draw);
            var sum = 0.0;
            for (var b = 0; b + 1 < starts.Length; b++)
            {
                var gap = 0.0;
                for (var i = starts[b]; i < starts[b + 1]; i++) gap += (weights is null ? 1.0 : weights[i]) * (sorted[i] - (draws.NextDouble() < sorted[i] ? 1.0 : 0.0));
                sum += Math.Abs(gap);
            }

            errors[draw] = sum / total;
        });
        Array.Sort(errors);
        return Quantiles.OfSorted(errors, 0.95);
    }
}

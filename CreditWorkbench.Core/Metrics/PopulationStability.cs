namespace CreditWorkbench.Core.Metrics;

/// <summary>What a population stability index says at this sample size.</summary>
public enum StabilityVerdict
{
    /// <summary>Too few rows to say anything.</summary>
    InsufficientRows,
    /// <summary>Within what sampling alone would give.</summary>
    Stable,
    /// <summary>Beyond what sampling alone would give.</summary>
    Shifted,
}

/// <summary>Population stability index of a sample against a reference, over frozen bins.</summary>
/// <param name="Value">Sum of (p - q) ln(p / q) over pooled cells; at least 0; 0 with one cell.</param>
/// <param name="NullLimit">95 % limit of the value when both come from one population; 0 with one cell.</param>
/// <param name="Cells">Cells after pooling.</param>
/// <param name="Verdict">Value against limit.</param>
public sealed record PopulationStability(double Value, double NullLimit, int Cells, StabilityVerdict Verdict)
{
    private const double SmallestExpected = 5.0;

    /// <summary>Compares counts of the same bins.</summary>
    /// <param name="reference">Rows per frozen bin, shape [bins]; total above 0.</param>
    /// <param name="sample">Rows per bin, same order.</param>
    /// <exception cref="ArgumentException">Lengths differ or the reference is empty.</exception>
    /// <remarks>Neighbouring cells are pooled until the sample's expected count is 5 or more; half a row is added to each cell.
    /// Limit: chi-square quantile (cells - 1, .95) x (1/n + 1/m), after Yurdakul and Naranjo (2020). No verdict below ten rows a cell.</remarks>
    public static PopulationStability Of(ReadOnlySpan<long> reference, ReadOnlySpan<long> sample)
    {
        if (reference.Length != sample.Length) throw new ArgumentException($"{reference.Length} and {sample.Length} bins.", nameof(sample));
        var (n, m) = (Sum(reference), Sum(sample));
        if (n == 0) throw new ArgumentException("The reference has no row.", nameof(reference));
        var cells = Pool(reference, sample, (double)m / n);
        if (m == 0 || m < 10L * cells.Count) return new PopulationStability(Index(cells, n, m), 0, cells.Count, StabilityVerdict.InsufficientRows);
        var value = Index(cells, n, m);
        var limit = cells.Count < 2 ? 0.0 : Distributions.ChiSquareQuantile(0.95, cells.Count - 1) * (1.0 / n + 1.0 / m);
        return new PopulationStability(value, limit, cells.Count, value > limit ? StabilityVerdict.Shifted : StabilityVerdict.Stable);
    }

    private static List<(long Reference, long Sample)> Pool(ReadOnlySpan<long> reference, ReadOnlySpan<long> sample, double scale)
    {
        var cells = new List<(long Reference, long Sample)>();
        var (r, s) = (0L, 0L);
        for (var i = 0; i < reference.Length; i++)
        {
            r += reference[i];
            s += sample[i];
            if (r * scale < SmallestExpected) continue;
            cells.Add((r, s));
            (r, s) = (0, 0);
        }

        if (cells.Count == 0) return [(r, s)];
        cells[^1] = (cells[^1].Reference + r, cells[^1].Sample + s);
        return cells;
    }

    private static double Index(List<(long Reference, long Sample)> cells, long n, long m)
    {
        var sum = 0.0;
        foreach (var (reference, sample) in cells)
        {
            var expected = (reference + 0.5) / (n + 0.5 * cells.Count);
            var actual = (sample + 0.5) / (m + 0.5 * cells.Count);
            sum += (actual - expected) * Math.Log(actual / expected);
        }

        return sum;
    }

    private static long Sum(ReadOnlySpan<long> counts)
    {
        long sum = 0;
        foreach (var count in counts) sum += count;
        return sum;
    }
}

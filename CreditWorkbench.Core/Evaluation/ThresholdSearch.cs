namespace CreditWorkbench.Core.Evaluation;

/// <summary>What a threshold is searched for.</summary>
public enum ThresholdObjective
{
    /// <summary>Least cost of wrong decisions.</summary>
    Cost,
    /// <summary>Largest gap between the shares of bad and good rows declined.</summary>
    KolmogorovSmirnov,
    /// <summary>Largest harmonic mean of precision and recall.</summary>
    F1,
}

/// <summary>A chosen PD threshold: a PD above it is called bad.</summary>
/// <param name="Objective">What it was chosen for.</param>
/// <param name="Pd">The threshold, in [0, 1].</param>
/// <param name="Value">Value of the objective there: mean cost per row, KS or F1.</param>
/// <param name="ClosedForm">Threshold that costs alone imply when PDs are true: FP / (FP + FN) at the mean costs; null otherwise.</param>
public sealed record ThresholdChoice(ThresholdObjective Objective, double Pd, double Value, double? ClosedForm);

/// <summary>Searches one PD threshold on rows that no part of the model was fitted on.</summary>
/// <remarks>Cuts lie midway between neighbouring distinct PDs, and at 0 and 1; of equal cuts the highest is taken, which declines
/// fewest. O(n log n).</remarks>
public static class ThresholdSearch
{
    /// <summary>Threshold of least cost.</summary>
    /// <param name="pd">PD per row, shape [n], n &gt;= 1.</param>
    /// <param name="bad">Outcome per row, same order.</param>
    /// <param name="falseNegative">Cost of approving a bad row, per row or one for all; at least 0.</param>
    /// <param name="falsePositive">Cost of declining a good row, per row or one for all; at least 0.</param>
    /// <exception cref="ArgumentException">Lengths differ or no row.</exception>
    /// <remarks>With margin m, LGD and EAD: falseNegative = LGD x EAD, falsePositive = m, closed form m / (m + LGD x EAD): Elkan (2001).</remarks>
    public static ThresholdChoice ByCost(ReadOnlySpan<double> pd, ReadOnlySpan<bool> bad, ReadOnlySpan<double> falseNegative, ReadOnlySpan<double> falsePositive)
    {
        Check(pd, bad);
        if ((falseNegative.Length != 1 && falseNegative.Length != bad.Length) || (falsePositive.Length != 1 && falsePositive.Length != bad.Length))
            throw new ArgumentException("Costs are one for all rows or one per row.");
        var (gain, total) = (new double[bad.Length], 0.0);
        for (var i = 0; i < bad.Length; i++)
        {
            var (miss, alarm) = (falseNegative[falseNegative.Length == 1 ? 0 : i], falsePositive[falsePositive.Length == 1 ? 0 : i]);
            gain[i] = bad[i] ? miss : -alarm;
            if (bad[i]) total += miss;
        }

        var (cut, saved) = Best(pd, gain);
        var (n, p) = (Mean(falseNegative), Mean(falsePositive));
        return new ThresholdChoice(ThresholdObjective.Cost, cut, (total - saved) / bad.Length, n + p > 0 ? p / (n + p) : null);
    }

    /// <summary>Threshold of the largest gap between the shares of bad and good rows declined.</summary>
    /// <param name="pd">PD per row, shape [n].</param>
    /// <param name="bad">Outcome per row, same order; both outcomes present.</param>
    /// <exception cref="ArgumentException">Lengths differ or only one outcome.</exception>
    public static ThresholdChoice ByKolmogorovSmirnov(ReadOnlySpan<double> pd, ReadOnlySpan<bool> bad)
    {
        Check(pd, bad);
        var bads = 0;
        foreach (var outcome in bad) bads += outcome ? 1 : 0;
        if (bads == 0 || bads == bad.Length) throw new ArgumentException("Both outcomes are needed.", nameof(bad));
        var gain = new double[bad.Length];
        for (var i = 0; i < bad.Length; i++) gain[i] = bad[i] ? 1.0 / bads : -1.0 / (bad.Length - bads);
        var (cut, value) = Best(pd, gain);
        return new ThresholdChoice(ThresholdObjective.KolmogorovSmirnov, cut, value, null);
    }

    /// <summary>Threshold of the largest F1.</summary>
    /// <param name="pd">PD per row, shape [n].</param>
    /// <param name="bad">Outcome per row, same order; at least one bad row.</param>
    /// <exception cref="ArgumentException">Lengths differ, or no bad row.</exception>
    public static ThresholdChoice ByF1(ReadOnlySpan<double> pd, ReadOnlySpan<bool> bad)
    {
        Check(pd, bad);
        var (order, sorted) = Falling(pd);
        var bads = 0;
        foreach (var outcome in bad) bads += outcome ? 1 : 0;
        if (bads == 0) throw new ArgumentException("A bad row is needed.", nameof(bad));
        var (hits, best, cut) = (0, 0.0, 1.0);
        for (var i = 0; i < order.Length; i++)
        {
            if (bad[order[i]]) hits++;
            if (i + 1 < order.Length && sorted[i + 1] == sorted[i]) continue;
            var f1 = 2.0 * hits / (i + 1 + bads);
            if (f1 > best) (best, cut) = (f1, CutAfter(sorted, i));
        }

        return new ThresholdChoice(ThresholdObjective.F1, cut, best, null);
    }

    // Best sum of gains over all cuts; declining nothing gains 0.
    private static (double Cut, double Value) Best(ReadOnlySpan<double> pd, double[] gain)
    {
        var (order, sorted) = Falling(pd);
        var (sum, best, cut) = (0.0, 0.0, 1.0);
        for (var i = 0; i < order.Length; i++)
        {
            sum += gain[order[i]];
            if (i + 1 < order.Length && sorted[i + 1] == sorted[i]) continue;
            if (sum > best) (best, cut) = (sum, CutAfter(sorted, i));
        }

        return (cut, best);
    }

    private static double CutAfter(double[] falling, int i) => i + 1 < falling.Length ? 0.5 * (falling[i] + falling[i + 1]) : 0.0;

    private static (int[] Order, double[] Sorted) Falling(ReadOnlySpan<double> pd)
    {
        var (order, keys) = (new int[pd.Length], new double[pd.Length]);
        for (var i = 0; i < order.Length; i++) (order[i], keys[i]) = (i, -pd[i]);
        Array.Sort(keys, order);
        for (var i = 0; i < keys.Length; i++) keys[i] = -keys[i];
        return (order, keys);
    }

    private static double Mean(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values) sum += value;
        return sum / values.Length;
    }

    private static void Check(ReadOnlySpan<double> pd, ReadOnlySpan<bool> bad)
    {
        if (pd.Length != bad.Length || bad.Length == 0) throw new ArgumentException($"{pd.Length} probabilities, {bad.Length} outcomes; at least one of each.", nameof(bad));
    }
}

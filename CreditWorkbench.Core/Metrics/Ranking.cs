namespace CreditWorkbench.Core.Metrics;

/// <summary>How well risks order outcomes; unchanged by any strictly increasing transform of the risk.</summary>
public static class Ranking
{
    /// <summary>Area under the ROC curve: chance that a bad row is riskier than a good one, ties counted half. In [0, 1].</summary>
    /// <param name="risk">Shape [n]; higher is riskier.</param>
    /// <param name="bad">Outcome per row, shape [n], same order; both outcomes present.</param>
    /// <exception cref="ArgumentException">As <see cref="RankedOutcomes.Of"/>.</exception>
    public static double Auc(ReadOnlySpan<double> risk, ReadOnlySpan<bool> bad)
    {
        var ranked = RankedOutcomes.Of(risk, bad);
        return Auc(ranked.Good, ranked.Bad);
    }

    /// <summary>Area under the ROC curve of weighted rows: as if a row of weight 2 stood there twice.</summary>
    /// <param name="risk">Shape [n]; higher is riskier, finite.</param>
    /// <param name="bad">Outcome per row, same order; both outcomes present.</param>
    /// <param name="weights">Weight per row, above 0, same order.</param>
    /// <exception cref="ArgumentException">Lengths differ, or one outcome is absent.</exception>
    public static double Auc(ReadOnlySpan<double> risk, ReadOnlySpan<bool> bad, ReadOnlySpan<double> weights)
    {
        if (risk.Length != bad.Length || weights.Length != bad.Length) throw new ArgumentException($"{risk.Length} risks, {bad.Length} outcomes, {weights.Length} weights.", nameof(weights));
        var (order, sorted) = (new int[risk.Length], risk.ToArray());
        for (var i = 0; i < order.Length; i++) order[i] = i;
        Array.Sort(sorted, order);
        var (goodsBelow, bads, won) = (0.0, 0.0, 0.0);
        for (var at = 0; at < order.Length;)
        {
            var (good, badHere, value) = (0.0, 0.0, sorted[at]);
            for (; at < order.Length && sorted[at] == value; at++)
            {
                if (bad[order[at]]) badHere += weights[order[at]];
                else good += weights[order[at]];
            }

            won += badHere * (goodsBelow + 0.5 * good);
            goodsBelow += good;
            bads += badHere;
        }

        return goodsBelow > 0.0 && bads > 0.0 ? won / (goodsBelow * bads) : throw new ArgumentException("Both outcomes must be present.", nameof(bad));
    }

    /// <summary>Area under the ROC curve of counts per risk group, riskiest first.</summary>
    /// <param name="good">Good rows per group; total above 0.</param>
    /// <param name="bad">Bad rows per group, same order; total above 0.</param>
    /// <remarks>Mann and Whitney (1947). Exact in integers below 2^53 pairs.</remarks>
    public static double Auc(ReadOnlySpan<int> good, ReadOnlySpan<int> bad)
    {
        long badAbove = 0, goods = 0;
        var twiceWon = 0.0;
        for (var g = 0; g < good.Length; g++)
        {
            twiceWon += (double)good[g] * (2 * badAbove + bad[g]);
            badAbove += bad[g];
            goods += good[g];
        }

        return twiceWon / (2.0 * goods * badAbove);
    }

    /// <summary>Gini coefficient (accuracy ratio): 2 AUC - 1, in [-1, 1].</summary>
    public static double Gini(double auc) => 2.0 * auc - 1.0;

    /// <summary>Kolmogorov-Smirnov distance: largest gap between the shares of bad and of good rows caught, over all cuts
    /// between distinct risks. In [0, 1].</summary>
    /// <param name="good">Good rows per group, riskiest first; total above 0.</param>
    /// <param name="bad">Bad rows per group, same order; total above 0.</param>
    public static double KolmogorovSmirnov(ReadOnlySpan<int> good, ReadOnlySpan<int> bad)
    {
        var (goods, bads) = (Sum(good), Sum(bad));
        long goodSoFar = 0, badSoFar = 0;
        var largest = 0.0;
        for (var g = 0; g < good.Length; g++)
        {
            goodSoFar += good[g];
            badSoFar += bad[g];
            largest = Math.Max(largest, Math.Abs((double)badSoFar / bads - (double)goodSoFar / goods));
        }

        return largest;
    }

    /// <summary>Average precision: precision at each cut weighted by the recall gained there. In (0, 1]; chance level is the
    /// bad rate.</summary>
    /// <param name="good">Good rows per group, riskiest first.</param>
    /// <param name="bad">Bad rows per group, same order; total above 0.</param>
    /// <remarks>Step-wise, without interpolation: Manning, Raghavan and Schuetze (2008), section 8.4.</remarks>
    public static double AveragePrecision(ReadOnlySpan<int> good, ReadOnlySpan<int> bad)
    {
        var bads = Sum(bad);
        long rows = 0, badSoFar = 0;
        var sum = 0.0;
        for (var g = 0; g < good.Length; g++)
        {
            rows += good[g] + bad[g];
            badSoFar += bad[g];
            if (bad[g] > 0) sum += (double)bad[g] / bads * badSoFar / rows;
        }

        return sum;
    }

    private static long Sum(ReadOnlySpan<int> counts)
    {
        long sum = 0;
        foreach (var count in counts) sum += count;
        return sum;
    }
}

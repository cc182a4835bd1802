namespace CreditWorkbench.Core.Metrics;

/// <summary>An AUC with its standard error.</summary>
public readonly record struct AucEstimate(double Auc, double StandardError);

/// <summary>Difference of two AUCs on the same rows.</summary>
/// <param name="Difference">First minus second.</param>
/// <param name="StandardError">Of the difference, correlation taken into account.</param>
/// <param name="PValue">Two-sided; 1 when the standard error is 0 and the difference too, 0 when only the error is.</param>
public readonly record struct AucDifference(double Difference, double StandardError, double PValue);

/// <summary>Standard error of the AUC without resampling, and the paired test of two AUCs.</summary>
/// <remarks>DeLong, DeLong and Clarke-Pearson (1988), with the midranks of Sun and Xu (2014): O(n log n).</remarks>
public static class DeLong
{
    /// <summary>AUC and standard error.</summary>
    /// <param name="risk">Shape [n]; higher is riskier.</param>
    /// <param name="bad">Outcome per row, same order; at least two of each outcome.</param>
    /// <exception cref="ArgumentException">Lengths differ, or fewer than two rows of an outcome.</exception>
    public static AucEstimate Of(ReadOnlySpan<double> risk, ReadOnlySpan<bool> bad)
    {
        var parts = Components(risk, bad);
        var variance = Covariance(parts.Bad, parts.Bad) / parts.Bad.Length + Covariance(parts.Good, parts.Good) / parts.Good.Length;
        return new AucEstimate(parts.Auc, Math.Sqrt(variance));
    }

    /// <summary>Compares two risks on the same rows.</summary>
    /// <param name="first">Shape [n].</param>
    /// <param name="second">Shape [n], same rows.</param>
    /// <param name="bad">Outcome per row, same order; at least two of each outcome.</param>
    /// <exception cref="ArgumentException">Lengths differ, or fewer than two rows of an outcome.</exception>
    public static AucDifference Compare(ReadOnlySpan<double> first, ReadOnlySpan<double> second, ReadOnlySpan<bool> bad)
    {
        var (a, b) = (Components(first, bad), Components(second, bad));
        var variance = Spread(a.Bad, b.Bad) + Spread(a.Good, b.Good);
        var (difference, error) = (a.Auc - b.Auc, Math.Sqrt(Math.Max(0.0, variance)));
        var p = error > 0 ? Distributions.NormalTwoSided(difference / error) : difference == 0 ? 1.0 : 0.0;
        return new AucDifference(difference, error, p);
    }

    private static double Spread(double[] a, double[] b) => (Covariance(a, a) + Covariance(b, b) - 2.0 * Covariance(a, b)) / a.Length;

    // Per bad row the share of good rows below it; per good row the share of bad rows above it (ties half).
    private static (double Auc, double[] Bad, double[] Good) Components(ReadOnlySpan<double> risk, ReadOnlySpan<bool> bad)
    {
        if (risk.Length != bad.Length) throw new ArgumentException($"{risk.Length} risks, {bad.Length} outcomes.", nameof(bad));
        var bads = 0;
        foreach (var outcome in bad) bads += outcome ? 1 : 0;
        if (bads < 2 || bad.Length - bads < 2) throw new ArgumentException("DeLong's variance needs two rows of each outcome.", nameof(bad));
        var (badRisk, goodRisk) = (new double[bads], new double[bad.Length - bads]);
        var (b, g) = (0, 0);
        for (var i = 0; i < bad.Length; i++)
        {
            if (bad[i]) badRisk[b++] = risk[i];
            else goodRisk[g++] = risk[i];
        }

        double[] all = [.. badRisk, .. goodRisk];
        var (overall, amongBad, amongGood) = (Spearman.Midranks(all), Spearman.Midranks(badRisk), Spearman.Midranks(goodRisk));
        var badPart = new double[bads];
        for (var i = 0; i < bads; i++) badPart[i] = (overall[i] - amongBad[i]) / goodRisk.Length;
        var goodPart = new double[goodRisk.Length];
        for (var i = 0; i < goodPart.Length; i++) goodPart[i] = 1.0 - (overall[bads + i] - amongGood[i]) / bads;
        return (Mean(badPart), badPart, goodPart);
    }

    private static double Mean(double[] values)
    {
        var sum = 0.0;
        foreach (var value in values) sum += value;
        return sum / values.Length;
    }

    private static double Covariance(double[] a, double[] b)
    {
        var (meanA, meanB, sum) = (Mean(a), Mean(b), 0.0);
        for (var i = 0; i < a.Length; i++) sum += (a[i] - meanA) * (b[i] - meanB);
        return sum / (a.Length - 1);
    }
}

using CreditWorkbench.Core.Metrics;

namespace CreditWorkbench.Core.Evaluation;

/// <summary>Whether two groups have rows enough to find an adverse impact.</summary>
public static class FairnessPower
{
    /// <summary>Power under which nothing is said.</summary>
    public const double Least = 0.8;

    private const double FourFifths = 0.8;
    private const double NormalQuantile = 1.959963984540054;

    /// <summary>Chance that a two-sided test at the 5 % level finds an approval ratio of four fifths.</summary>
    /// <param name="referenceRate">Approval rate of the reference group, in [0, 1].</param>
    /// <param name="count">Rows of the group, at least 1.</param>
    /// <param name="referenceCount">Rows of the reference group, at least 1.</param>
    /// <returns>In [0, 1]; 0 where nobody of the reference group is approved.</returns>
    /// <remarks>Normal approximation for two independent shares: Fleiss, Levin and Paik (2003), section 4.2, without continuity correction.</remarks>
    public static double Of(double referenceRate, int count, int referenceCount)
    {
        var rate = FourFifths * referenceRate;
        if (rate <= 0) return 0.0;
        var pooled = (rate * count + referenceRate * referenceCount) / (count + referenceCount);
        var whenEqual = Math.Sqrt(pooled * (1.0 - pooled) * (1.0 / count + 1.0 / referenceCount));
        var whenTrue = Math.Sqrt(rate * (1.0 - rate) / count + referenceRate * (1.0 - referenceRate) / referenceCount);
        return Distributions.NormalCdf((referenceRate - rate - NormalQuantile * whenEqual) / whenTrue);
    }
}

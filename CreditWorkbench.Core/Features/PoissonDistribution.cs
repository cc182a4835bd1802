using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Features;

/// <summary>The Poisson distribution.</summary>
internal static class PoissonDistribution
{
    // Above this mean exp(-mean) nears the smallest double; the normal limit is then good to a count.
    private const double LargestSummed = 500;

    /// <summary>The smallest count with P(N &lt;= count) >= u; NaN for a negative mean. O(mean).</summary>
    /// <param name="u">Inside (0, 1).</param>
    /// <param name="mean">Mean, at least 0.</param>
    public static double Quantile(double u, double mean)
    {
        if (mean < 0) return double.NaN;
        if (mean > LargestSummed) return Math.Max(0, Math.Ceiling(mean + Math.Sqrt(mean) * NormalDistribution.Quantile(Math.Clamp(u, double.Epsilon, 1 - 1e-16)) - 0.5));
        var probability = ReproducibleMath.Exp(-mean);
        var cumulated = probability;
        var count = 0;
        while (cumulated < u && probability > 0)
        {
            count++;
            probability *= mean / count;
            cumulated += probability;
        }

        return count;
    }
}

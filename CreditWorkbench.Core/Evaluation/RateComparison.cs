using CreditWorkbench.Core.Metrics;

namespace CreditWorkbench.Core.Evaluation;

/// <summary>A share in one group against the same share in a reference group.</summary>
/// <param name="Rate">Share in the group.</param>
/// <param name="ReferenceRate">Share in the reference group.</param>
/// <param name="Difference">Rate - ReferenceRate.</param>
/// <param name="Ratio">Rate / ReferenceRate: the adverse impact ratio where the share is the approval rate; null when the reference rate is 0.</param>
/// <param name="RatioLow">Lower limit of the 95 % interval of the ratio; null when a rate is 0.</param>
/// <param name="RatioHigh">Upper limit; null when a rate is 0.</param>
/// <param name="PValue">Fisher's exact test, two-sided.</param>
public sealed record RateComparison(double Rate, double ReferenceRate, double Difference, double? Ratio, double? RatioLow, double? RatioHigh, double PValue)
{
    /// <summary>Compares counts.</summary>
    /// <param name="favourable">Favourable rows of the group.</param>
    /// <param name="count">Rows of the group, at least 1.</param>
    /// <param name="referenceFavourable">Favourable rows of the reference group.</param>
    /// <param name="referenceCount">Rows of the reference group, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A group is empty.</exception>
    /// <remarks>Interval on the logarithm of the ratio: Katz et al. (1978).</remarks>
    public static RateComparison Of(int favourable, int count, int referenceFavourable, int referenceCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(referenceCount, 1);
        var (rate, reference) = ((double)favourable / count, (double)referenceFavourable / referenceCount);
        var p = Distributions.FisherExact(favourable, count - favourable, referenceFavourable, referenceCount - referenceFavourable);
        double? ratio = referenceFavourable > 0 ? rate / reference : null;
        if (favourable == 0 || referenceFavourable == 0) return new RateComparison(rate, reference, rate - reference, ratio, null, null, p);
        var error = Math.Sqrt((1.0 - rate) / favourable + (1.0 - reference) / referenceFavourable);
        return new RateComparison(rate, reference, rate - reference, ratio, ratio * Math.Exp(-1.959963984540054 * error), ratio * Math.Exp(1.959963984540054 * error), p);
    }
}

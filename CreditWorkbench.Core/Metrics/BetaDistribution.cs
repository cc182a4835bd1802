namespace CreditWorkbench.Core.Metrics;

/// <summary>The beta distribution and what follows from it for counts: binomial tails and intervals of a rate.</summary>
/// <remarks>Regularised incomplete beta function by Lentz' continued fraction (Press et al. 2007, section 6.4), relative error below 1e-11 in the ranges
/// used here; quantiles by bisection to the last bit.</remarks>
public static class BetaDistribution
{
    private const double NormalQuantile = 1.959963984540054;

    /// <summary>Mass below a value.</summary>
    /// <param name="x">In [0, 1].</param>
    /// <param name="a">Above 0.</param>
    /// <param name="b">Above 0.</param>
    public static double Cdf(double x, double a, double b)
    {
        if (x <= 0.0) return 0.0;
        if (x >= 1.0) return 1.0;
        var front = Math.Exp(Distributions.LogGamma(a + b) - Distributions.LogGamma(a) - Distributions.LogGamma(b) + a * Math.Log(x) + b * double.LogP1(-x));
        return x < (a + 1.0) / (a + b + 2.0) ? front * Fraction(x, a, b) / a : 1.0 - front * Fraction(1.0 - x, b, a) / b;
    }

    /// <summary>The value with a given mass below it.</summary>
    /// <param name="share">In (0, 1).</param>
    /// <param name="a">Above 0.</param>
    /// <param name="b">Above 0.</param>
    public static double Quantile(double share, double a, double b)
    {
        var (low, high) = (0.0, 1.0);
        while (true)
        {
            var middle = 0.5 * (low + high);
            if (middle <= low || middle >= high) return middle;
            if (Cdf(middle, a, b) < share) low = middle;
            else high = middle;
        }
    }

    /// <summary>Chance of so many hits or more.</summary>
    /// <param name="hits">In [0, <paramref name="trials"/>].</param>
    /// <param name="trials">At least 0.</param>
    /// <param name="chance">Of one hit, in [0, 1].</param>
    public static double BinomialUpper(int hits, int trials, double chance) => hits <= 0 ? 1.0 : Cdf(chance, hits, trials - hits + 1.0);

    /// <summary>Equal-tailed 95 % interval of a rate under Jeffreys' prior; the lower limit is 0 without hits, the upper 1 without misses.</summary>
    /// <param name="hits">In [0, <paramref name="trials"/>].</param>
    /// <param name="trials">At least 1.</param>
    /// <remarks>Brown, Cai and DasGupta (2001).</remarks>
    public static (double Low, double High) Jeffreys(int hits, int trials) => (
        hits == 0 ? 0.0 : Quantile(0.025, hits + 0.5, trials - hits + 0.5), hits == trials ? 1.0 : Quantile(0.975, hits + 0.5, trials - hits + 0.5));

    /// <summary>95 % interval of a rate. O(1).</summary>
    /// <param name="rate">Hits over trials, in [0, 1].</param>
    /// <param name="trials">At least 1.</param>
    /// <remarks>Wilson (1927).</remarks>
    public static (double Low, double High) Wilson(double rate, double trials)
    {
        const double Square = NormalQuantile * NormalQuantile;
        var middle = (rate + Square / (2.0 * trials)) / (1.0 + Square / trials);
        var half = NormalQuantile / (1.0 + Square / trials) * Math.Sqrt(rate * (1.0 - rate) / trials + Square / (4.0 * trials * trials));
        return (Math.Max(0.0, middle - half), Math.Min(1.0, middle + half));
    }

    private static double Fraction(double x, double a, double b)
    {
        const double Tiny = 1e-300;
        var (c, d) = (1.0, 1.0 / Away(1.0 - (a + b) * x / (a + 1.0)));
        var fraction = d;
        // Large counts need about the root of the larger shape many steps.
        for (var m = 1; m < 100_000; m++)
        {
            var even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
            d = 1.0 / Away(1.0 + even * d);
            c = Away(1.0 + even / c);
            fraction *= d * c;
            var odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
            d = 1.0 / Away(1.0 + odd * d);
            c = Away(1.0 + odd / c);
            fraction *= d * c;
            if (Math.Abs(d * c - 1.0) < 1e-16) break;
        }

        return fraction;

        static double Away(double value) => Math.Abs(value) < Tiny ? Tiny : value;
    }
}

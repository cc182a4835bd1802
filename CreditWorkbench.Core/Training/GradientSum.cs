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

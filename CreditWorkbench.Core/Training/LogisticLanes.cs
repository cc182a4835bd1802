using System.Numerics;

namespace CreditWorkbench.Core.Training;

/// <summary>Gradient and hessian of logistic loss for several rows at a time, in single precision and with the four operations of
/// IEEE 754 only: the same bits for any width of register.</summary>
internal static class LogisticLanes
{
    private const float InverseLn2 = 1.44269504f;

    // ln 2 in two parts; the first has 15 significant bits, so that its product with a whole number below 512 is exact.
    private const float Ln2High = 0.69314575f;
    private const float Ln2Low = 1.4286068e-06f;

    /// <summary>Packs rows.</summary>
    /// <param name="margins">Log-odds; the length is a multiple of 64.</param>
    /// <param name="outcomes">1 for bad, 0 for good.</param>
    /// <param name="weights">Row weights.</param>
    /// <param name="gradientScale">Fixed-point steps per unit of gradient.</param>
    /// <param name="hessianScale">Fixed-point steps per unit of hessian.</param>
    /// <param name="packed">Filled with <see cref="GradientSum"/> bits; each hessian holds at least one step.</param>
    /// <returns>Sums of the gradients' magnitudes and of the hessians, in steps: whole numbers, the same for any width of register.</returns>
    public static (long Gradients, long Hessians) Pack(
        ReadOnlySpan<float> margins, ReadOnlySpan<float> outcomes, ReadOnlySpan<float> weights, float gradientScale, float hessianScale, Span<long> packed)
    {
        var (gradients, hessians) = (Vector<long>.Zero, Vector<long>.Zero);
        for (var i = 0; i < margins.Length; i += Vector<float>.Count)
        {
            var (gradient, hessian) = Derive(Vector.LoadUnsafe(in margins[i]), Vector.LoadUnsafe(in outcomes[i]));
            var weight = Vector.LoadUnsafe(in weights[i]);
            var gradientSteps = Vector.ConvertToInt32(Vector.Floor(gradient * weight * gradientScale + new Vector<float>(0.5f)));
            var hessianSteps = Vector.ConvertToInt32(hessian * weight * hessianScale) + Vector<int>.One;
            Vector.Widen(gradientSteps, out var gradientLow, out var gradientHigh);
            Vector.Widen(hessianSteps, out var hessianLow, out var hessianHigh);
            (Vector.ShiftLeft(gradientLow, 32) + hessianLow).StoreUnsafe(ref packed[i]);
            (Vector.ShiftLeft(gradientHigh, 32) + hessianHigh).StoreUnsafe(ref packed[i + Vector<long>.Count]);
            gradients += Vector.Abs(gradientLow) + Vector.Abs(gradientHigh);
            hessians += hessianLow + hessianHigh;
        }

        return (Vector.Sum(gradients), Vector.Sum(hessians));
    }

    /// <summary>p - outcome and p (1 - p), with p = 1 / (1 + e), e = exp(-margin); 1 - p is e p, which loses no digits.</summary>
    private static (Vector<float> Gradient, Vector<float> Hessian) Derive(Vector<float> margins, Vector<float> outcomes)
    {
        var e = Exp(-margins);
        var p = Vector<float>.One / (Vector<float>.One + e);
        var rest = e * p;
        return (Vector.ConditionalSelect(Vector.GreaterThan(outcomes, Vector<float>.Zero), -rest, p), p * rest);
    }

    /// <summary>exp on [-80, 80], beyond which p is 0 or 1 to the last bit; Taylor series of degree 6 on half an ln 2 to either side.</summary>
    private static Vector<float> Exp(Vector<float> x)
    {
        x = Vector.Min(Vector.Max(x, new Vector<float>(-80f)), new Vector<float>(80f));
        var k = Vector.Floor(x * InverseLn2 + new Vector<float>(0.5f));
        var r = x - k * Ln2High - k * Ln2Low;
        var series = new Vector<float>(1f / 720) * r + new Vector<float>(1f / 120);
        series = series * r + new Vector<float>(1f / 24);
        series = series * r + new Vector<float>(1f / 6);
        series = series * r + new Vector<float>(1f / 2);
        series = series * r * r + r + Vector<float>.One;
        var power = Vector.ShiftLeft(Vector.ConvertToInt32(k) + new Vector<int>(127), 23);
        return series * Vector.AsVectorSingle(power);
    }
}

using System.Numerics;
using System.Runtime.CompilerServices;

namespace CreditWorkbench.Core.Training;

/// <summary>Second-order gain of logistic loss. Values are log-odds steps before the learning rate.</summary>
/// <param name="GradientUnit">Gradient of one fixed-point step.</param>
/// <param name="HessianUnit">Hessian of one fixed-point step.</param>
/// <param name="L2">Penalty on squared values.</param>
/// <param name="MinHessian">Least hessian of a child.</param>
/// <param name="L1">Penalty on absolute values.</param>
/// <remarks>Chen and Guestrin (2016), equations 4 to 7, with bounded values as in LightGBM's monotone method "basic"; the absolute
/// penalty moves the gradient towards 0 (soft thresholding).</remarks>
internal readonly record struct GradientCriterion(double GradientUnit, double HessianUnit, double L2, double MinHessian, double L1 = 0.0) : ISplitCriterion<GradientSum>
{
    /// <inheritdoc/>
    public static int RiskSign => 1;

    /// <inheritdoc/>
    public double Value(GradientSum sum) => -Shrunk(sum) / (sum.Hessian * HessianUnit + L2);

    /// <inheritdoc/>
    public double Score(GradientSum sum)
    {
        var gradient = Shrunk(sum);
        return gradient * gradient / (sum.Hessian * HessianUnit + L2);
    }

    /// <inheritdoc/>
    public double Score(GradientSum sum, double value) =>
        -(2.0 * (sum.Gradient * GradientUnit * value + L1 * Math.Abs(value)) + (sum.Hessian * HessianUnit + L2) * value * value);

    /// <inheritdoc/>
    public double Order(GradientSum sum) => -(double)sum.Gradient / sum.Hessian;

    /// <inheritdoc/>
    public double Weight(GradientSum sum) => sum.Hessian;

    /// <inheritdoc/>
    public bool Admits(GradientSum sum) => sum.Hessian > 0 && sum.Hessian * HessianUnit >= MinHessian;

    /// <inheritdoc/>
    /// <remarks>Running sums first, then as many cuts at a time as a register holds. Free cuts need one division for both children:
    /// a^2/c + b^2/d = (a^2 d + b^2 c) / (c d). Scores may differ from <see cref="Score(GradientSum)"/> in the last bits; a lower bin
    /// wins a tie.</remarks>
    [SkipLocalsInit]
    public int BestCut(ReadOnlySpan<GradientSum> bins, GradientSum onLeft, GradientSum total, NodeBounds bounds, int ordered, double scoreToBeat)
    {
        Span<GradientSum> lefts = stackalloc GradientSum[ColumnBins.MaxBins + 1 + Vector<long>.Count];
        var left = onLeft;
        for (var bin = 0; bin < bins.Length; bin++) lefts[bin] = left += bins[bin];

        // Beyond the last cut everything is on the left, which is never admitted.
        lefts.Slice(bins.Length, Vector<long>.Count).Fill(total);
        var sums = new CutLanes(this, total, bounds, ordered);
        var best = new Vector<double>(scoreToBeat);
        var (bestBin, bin0) = (new Vector<long>(-1), Vector<long>.Indices);
        for (var bin = 0; bin < bins.Length; bin += Vector<long>.Count, bin0 += new Vector<long>(Vector<long>.Count))
        {
            var score = sums.Score(Unsafe.ReadUnaligned<Vector<long>>(ref Unsafe.As<GradientSum, byte>(ref lefts[bin])));
            var better = Vector.GreaterThan(score, best);
            best = Vector.ConditionalSelect(better, score, best);
            bestBin = Vector.ConditionalSelect(better, bin0, bestBin);
        }

        var (result, bestScore) = (-1L, scoreToBeat);
        for (var lane = 0; lane < Vector<long>.Count; lane++)
        {
            if (bestBin[lane] < 0 || best[lane] < bestScore || (best[lane] == bestScore && result >= 0 && bestBin[lane] > result)) continue;
            (result, bestScore) = (bestBin[lane], best[lane]);
        }

        return (int)result;
    }

    private double Shrunk(GradientSum sum)
    {
        var gradient = sum.Gradient * GradientUnit;
        return L1 == 0.0 ? gradient : gradient - Math.Clamp(gradient, -L1, L1);
    }
}

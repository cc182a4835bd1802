using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CreditWorkbench.Core.Training;

/// <summary>Counts of training rows per class (bootstrap multiplicity included), up to <see cref="MaxClasses"/> classes.</summary>
[InlineArray(MaxClasses)]
internal struct ClassSum : IClassCounts<ClassSum>
{
    /// <summary>Most classes of an ordinal outcome.</summary>
    public const int MaxClasses = 8;

    private int _count;

    /// <summary>A row that counts so many times.</summary>
    public static ClassSum Of(int outcome, int times)
    {
        var sum = default(ClassSum);
        sum[outcome] = times;
        return sum;
    }

    /// <inheritdoc/>
    public readonly bool IsEmpty => Lanes == Vector256<int>.Zero;

    /// <inheritdoc/>
    public readonly int Count => Vector256.Sum(Lanes);

    /// <inheritdoc/>
    public readonly bool IsPure => BitOperations.PopCount(Vector256.Equals(Lanes, Vector256<int>.Zero).ExtractMostSignificantBits()) >= MaxClasses - 1;

    private readonly Vector256<int> Lanes => Unsafe.BitCast<ClassSum, Vector256<int>>(this);

    /// <inheritdoc/>
    public static ClassSum operator +(ClassSum left, ClassSum right) => Of(left.Lanes + right.Lanes);

    /// <inheritdoc/>
    public static ClassSum operator -(ClassSum left, ClassSum right) => Of(left.Lanes - right.Lanes);

    private static ClassSum Of(Vector256<int> lanes) => Unsafe.BitCast<Vector256<int>, ClassSum>(lanes);
}

/// <summary>Weighted Gini impurity of ordered classes; values are the position z = sum of anchor x class share, higher is better.</summary>
/// <param name="Weights">Class weights, shape [classes]; they steer the splits.</param>
/// <param name="Anchors">Position of each class; shape [classes].</param>
/// <param name="MinLeaf">Least rows of a child, bootstrap multiplicity included.</param>
/// <remarks>A class share under weights w is count x w / sum, so returning it to the training prior divides by w again: values use
/// plain counts. Categories are ordered by z, which is exact for two classes and a heuristic for more.</remarks>
internal readonly record struct OrdinalCriterion(double[] Weights, double[] Anchors, int MinLeaf) : ISplitCriterion<ClassSum>
{
    /// <inheritdoc/>
    public static int RiskSign => -1;

    /// <inheritdoc/>
    public double Value(ClassSum sum)
    {
        var position = 0.0;
        for (var k = 0; k < Anchors.Length; k++) position += Anchors[k] * sum[k];
        return position / sum.Count;
    }

    /// <inheritdoc/>
    public double Score(ClassSum sum)
    {
        var (squares, total) = (0.0, 0.0);
        for (var k = 0; k < Weights.Length; k++)
        {
            var weight = Weights[k] * sum[k];
            squares += weight * weight;
            total += weight;
        }

        return squares / total;
    }

    /// <inheritdoc/>
    public double Score(ClassSum sum, double value) => Score(sum);

    /// <inheritdoc/>
    public double Order(ClassSum sum) => -Value(sum);

    /// <inheritdoc/>
    public double Weight(ClassSum sum)
    {
        var total = 0.0;
        for (var k = 0; k < Weights.Length; k++) total += Weights[k] * sum[k];
        return total;
    }

    /// <inheritdoc/>
    public bool Admits(ClassSum sum) => sum.Count >= MinLeaf;

    /// <inheritdoc/>
    public int BestCut(ReadOnlySpan<ClassSum> bins, ClassSum onLeft, ClassSum total, NodeBounds bounds, int ordered, double scoreToBeat) =>
        CutScan.BestCut(this, bins, onLeft, total, bounds, ordered, scoreToBeat);
}

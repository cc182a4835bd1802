namespace CreditWorkbench.Core.Training;

/// <summary>Counts of bad and good training rows (bootstrap multiplicity included), packed into one integer.</summary>
internal readonly struct BinarySum(long packed) : IClassCounts<BinarySum>
{
    private readonly long _packed = packed;

    /// <summary>A row that counts so many times; class 1 is bad.</summary>
    public static BinarySum Of(int outcome, int times) => new((long)times << (outcome << 5));

    /// <summary>Both counts: bad in the upper half, good in the lower one.</summary>
    public long Packed => _packed;

    /// <inheritdoc/>
    public int Count => Bad + Good;

    /// <inheritdoc/>
    public bool IsPure => Bad == 0 || Good == 0;

    /// <summary>Count of bad rows.</summary>
    public int Bad => (int)(_packed >> 32);

    /// <summary>Count of good rows.</summary>
    public int Good => (int)_packed;

    /// <inheritdoc/>
    public bool IsEmpty => _packed == 0;

    /// <inheritdoc/>
    public static BinarySum operator +(BinarySum left, BinarySum right) => new(left._packed + right._packed);

    /// <inheritdoc/>
    public static BinarySum operator -(BinarySum left, BinarySum right) => new(left._packed - right._packed);
}

/// <summary>Weighted Gini impurity of two classes; values are the weighted share of bad.</summary>
/// <param name="BadWeight">Class weight of bad.</param>
/// <param name="GoodWeight">Class weight of good.</param>
/// <param name="MinLeaf">Least rows of a child, bootstrap multiplicity included.</param>
/// <remarks>Weight x Gini summed over children falls by exactly as much as the sum of (squared class weights / weight) rises.</remarks>
internal readonly record struct BinaryCriterion(double BadWeight, double GoodWeight, int MinLeaf) : ISplitCriterion<BinarySum>
{
    /// <inheritdoc/>
    public static int RiskSign => 1;

    /// <inheritdoc/>
    public double Value(BinarySum sum) => BadWeight * sum.Bad / Weight(sum);

    /// <inheritdoc/>
    public double Score(BinarySum sum)
    {
        var (bad, good) = (BadWeight * sum.Bad, GoodWeight * sum.Good);
        return (bad * bad + good * good) / (bad + good);
    }

    /// <inheritdoc/>
    public double Score(BinarySum sum, double value) => Score(sum);

    /// <inheritdoc/>
    public double Order(BinarySum sum) => Value(sum);

    /// <inheritdoc/>
    public double Weight(BinarySum sum) => BadWeight * sum.Bad + GoodWeight * sum.Good;

    /// <inheritdoc/>
    public bool Admits(BinarySum sum) => sum.Bad + sum.Good >= MinLeaf;

    /// <inheritdoc/>
    public int BestCut(ReadOnlySpan<BinarySum> bins, BinarySum onLeft, BinarySum total, NodeBounds bounds, int ordered, double scoreToBeat) =>
        CutScan.BestCut(this, bins, onLeft, total, bounds, ordered, scoreToBeat);
}

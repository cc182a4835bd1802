namespace CreditWorkbench.Core.Training;

/// <summary>Interval that a node's value, and every leaf below it, must keep to.</summary>
/// <param name="Low">Least value.</param>
/// <param name="High">Greatest value.</param>
internal readonly record struct NodeBounds(double Low, double High)
{
    /// <summary>No bounds.</summary>
    public static NodeBounds None { get; } = new(double.NegativeInfinity, double.PositiveInfinity);

    /// <summary>Whether there are none.</summary>
    public bool AreOpen => double.IsNegativeInfinity(Low) && double.IsPositiveInfinity(High);

    /// <summary>The nearest value inside.</summary>
    public double Clamp(double value) => Math.Max(Low, Math.Min(High, value));
}

/// <summary>The best split of a node so far.</summary>
/// <typeparam name="TSum">What histograms add up.</typeparam>
internal struct SplitChoice<TSum> where TSum : unmanaged, ISplitSum<TSum>
{
    /// <summary>Starts with no split: one has to beat the node's own score by a gain.</summary>
    public SplitChoice(double scoreToBeat) => (Score, Column) = (scoreToBeat, -1);

    /// <summary>Sum of the children's scores.</summary>
    public double Score;

    /// <summary>Column that is tested; -1 when no split was found.</summary>
    public int Column;

    /// <summary>Split point of a numeric test.</summary>
    public float Cut;

    /// <summary>Bins that go left, reserved ones included.</summary>
    public BinSet LeftBins;

    /// <summary>Sums of the left child.</summary>
    public TSum Left;

    /// <summary>Values of the children, inside the node's bounds.</summary>
    public double LeftValue, RightValue;

    /// <summary>+1 when every leaf on the left must stay at or below the children's middle and every leaf on the right at or
    /// above it, -1 for the reverse, 0 when neither is bound.</summary>
    public int Ordered;

    /// <summary>Bounds that the children inherit.</summary>
    public readonly (NodeBounds Left, NodeBounds Right) ChildBounds(NodeBounds bounds)
    {
        if (Ordered == 0) return (bounds, bounds);
        var middle = LeftValue + (RightValue - LeftValue) / 2.0;
        return Ordered > 0
            ? (bounds with { High = middle }, bounds with { Low = middle })
            : (bounds with { Low = middle }, bounds with { High = middle });
    }
}

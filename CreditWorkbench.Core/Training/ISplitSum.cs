namespace CreditWorkbench.Core.Training;

/// <summary>What a histogram adds up per bin: whole numbers, so that sums do not depend on their order.</summary>
/// <typeparam name="TSelf">The implementing struct.</typeparam>
internal interface ISplitSum<TSelf> where TSelf : unmanaged, ISplitSum<TSelf>
{
    /// <summary>Whether no row was added.</summary>
    bool IsEmpty { get; }

    /// <summary>This and another.</summary>
    static abstract TSelf operator +(TSelf left, TSelf right);

    /// <summary>This without a part of it.</summary>
    static abstract TSelf operator -(TSelf left, TSelf right);
}

/// <summary>What makes one split better than another, and what a node predicts.</summary>
internal interface ISplitCriterion<TSum> where TSum : unmanaged, ISplitSum<TSum>
{
    /// <summary>+1 where a larger node value is more risk, -1 where it is less.</summary>
    static abstract int RiskSign { get; }

    /// <summary>Value that a node with these sums predicts, before bounds.</summary>
    double Value(TSum sum);

    /// <summary>Quality of a node that predicts its own value; the gain of a split is the children's minus the parent's.</summary>
    double Score(TSum sum);

    /// <summary>Quality of a node that must predict a bounded value.</summary>
    double Score(TSum sum, double value);

    /// <summary>Sort key of categories and codes: risk per weight, rising.</summary>
    double Order(TSum sum);

    /// <summary>Training weight, for the side that unseen codes take.</summary>
    double Weight(TSum sum);

    /// <summary>Whether a child with these sums is large enough.</summary>
    bool Admits(TSum sum);

    /// <summary>The best of the split points after each of a run of bins.</summary>
    /// <param name="bins">Sums per bin; a cut after bin b sends bins 0 to b left.</param>
    /// <param name="onLeft">What goes left besides.</param>
    /// <param name="total">The node's sums.</param>
    /// <param name="bounds">Bounds of the node's values.</param>
    /// <param name="ordered">+1 when the left value must not exceed the right one, -1 for the reverse, 0 when either may.</param>
    /// <param name="scoreToBeat">A cut must score more.</param>
    /// <returns>The bin; -1 when no admissible cut scores more.</returns>
    int BestCut(ReadOnlySpan<TSum> bins, TSum onLeft, TSum total, NodeBounds bounds, int ordered, double scoreToBeat);
}

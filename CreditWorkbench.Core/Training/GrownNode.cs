namespace CreditWorkbench.Core.Training;

/// <summary>A node while its tree grows; one is made per node, none per row.</summary>
internal sealed class GrownNode
{
    /// <summary>Column tested; -1 at a leaf.</summary>
    public int Column = -1;

    /// <summary>Split point of a numeric test.</summary>
    public float Cut;

    /// <summary>Bins that go left.</summary>
    public BinSet LeftBins;

    /// <summary>Children of an inner node.</summary>
    public GrownNode? Left, Right;

    /// <summary>Value of a leaf; of inner nodes once the tree is written.</summary>
    public double Value;

    /// <summary>Training weight that passed.</summary>
    public double Cover;

    /// <summary>Turns this node into a test with two new leaves.</summary>
    public void Split<TSum>(in SplitChoice<TSum> choice) where TSum : unmanaged, ISplitSum<TSum> =>
        (Column, Cut, LeftBins, Left, Right) = (choice.Column, choice.Cut, choice.LeftBins, new GrownNode(), new GrownNode());

    /// <summary>The leaf of a binned row.</summary>
    public GrownNode LeafOf(ReadOnlySpan<byte> row)
    {
        var node = this;
        while (node.Column >= 0) node = node.LeftBins.Contains(row[node.Column]) ? node.Left! : node.Right!;
        return node;
    }
}

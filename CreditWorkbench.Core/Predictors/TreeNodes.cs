namespace CreditWorkbench.Core.Predictors;

/// <summary>The nodes of all trees of an ensemble, one array per fact, same index in each.</summary>
public sealed class TreeNodes
{
    /// <summary>First node of each tree, then the node count; shape [trees + 1].</summary>
    public required int[] TreeStart { get; init; }

    /// <summary>Feature tested at a node; -1 at a leaf.</summary>
    public required int[] Feature { get; init; }

    /// <summary>Split point of a numeric test; 0 at leaves and category tests.</summary>
    public required float[] Cut { get; init; }

    /// <summary>Node index of the left child; -1 at a leaf.</summary>
    public required int[] Left { get; init; }

    /// <summary>Node index of the right child; -1 at a leaf.</summary>
    public required int[] Right { get; init; }

    /// <summary>Bit 0: missing goes left; bit k: the k-th special code goes left.</summary>
    public required uint[] CodesLeft { get; init; }

    /// <summary>-1 for a numeric test, else the number of the node's category set.</summary>
    public required int[] CategorySet { get; init; }

    /// <summary>Start of each category set in <see cref="SetBits"/>, then its length; shape [sets + 1].</summary>
    public required int[] SetStart { get; init; }

    /// <summary>Bits of the category indices that go left, 64 to a word.</summary>
    public required ulong[] SetBits { get; init; }

    /// <summary>Value of a leaf; at inner nodes the weighted mean of the leaves below.</summary>
    public required double[] Value { get; init; }

    /// <summary>Training weight that passed a node; the path-dependent expectation uses its ratios.</summary>
    public required double[] Cover { get; init; }

    /// <summary>Number of nodes.</summary>
    public int Count => Feature.Length;

    /// <summary>Whether a set holds the category with this index.</summary>
    public bool SetContains(int set, float category)
    {
        var index = (int)category;
        var word = SetStart[set] + (index >> 6);
        return index >= 0 && word < SetStart[set + 1] && (SetBits[word] >> (index & 63) & 1) != 0;
    }

    /// <summary>Refuses arrays that a walk could not follow to a leaf.</summary>
    /// <exception cref="ArgumentException">Lengths differ, a child does not follow its parent inside its tree, or a feature or set
    /// does not exist.</exception>
    public void Check(int featureCount)
    {
        var n = Count;
        if (TreeStart.Length < 1 || TreeStart[0] != 0 || TreeStart[^1] != n || SetStart.Length < 1 || SetStart[^1] != SetBits.Length
            || new[] { Cut.Length, Left.Length, Right.Length, CodesLeft.Length, CategorySet.Length, Value.Length, Cover.Length }.Any(length => length != n))
            throw new ArgumentException("The arrays of a tree ensemble have the same number of nodes.");
        for (var tree = 0; tree + 1 < TreeStart.Length; tree++)
        {
            if (TreeStart[tree] >= TreeStart[tree + 1]) throw new ArgumentException($"Tree {tree} has no node.");
            for (var node = TreeStart[tree]; node < TreeStart[tree + 1]; node++) CheckNode(node, TreeStart[tree + 1], featureCount);
        }
    }

    private void CheckNode(int node, int end, int featureCount)
    {
        if (Feature[node] < 0) return;
        var childrenFollow = Left[node] > node && Left[node] < end && Right[node] > node && Right[node] < end && Left[node] != Right[node];
        if (!childrenFollow || Feature[node] >= featureCount || CategorySet[node] >= SetStart.Length - 1)
            throw new ArgumentException($"Node {node} does not lead to a leaf.");
    }
}

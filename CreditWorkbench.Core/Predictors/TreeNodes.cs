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

    /// <summary>The same trees with other features and other directions of missing and coded values.</summary>
    /// <param name="feature">As <see cref="Feature"/>; leaves stay leaves.</param>
    /// <param name="codesLeft">As <see cref="CodesLeft"/>.</param>
    public TreeNodes With(int[] feature, uint[] codesLeft) => new()
    {
        TreeStart = TreeStart,
        Feature = feature,
        Cut = Cut,
        Left = Left,
        Right = Right,
        CodesLeft = codesLeft,
        CategorySet = CategorySet,
        SetStart = SetStart,
        SetBits = SetBits,
        Value = Value,
        Cover = Cover,
    };

    /// <summary>The same trees with other values and covers.</summary>
    /// <param name="value">As <see cref="Value"/>.</param>
    /// <param name="cover">As <see cref="Cover"/>.</param>
    public TreeNodes With(double[] value, double[] cover) => new()
    {
        TreeStart = TreeStart,
        Feature = Feature,
        Cut = Cut,
        Left = Left,
        Right = Right,
        CodesLeft = CodesLeft,
        CategorySet = CategorySet,
        SetStart = SetStart,
        SetBits = SetBits,
        Value = value,
        Cover = cover,
    };

    /// <summary>Whether a set holds the category with this index.</summary>
    public bool SetContains(int set, float category)
    {
        var index = (int)category;
        var word = SetStart[set] + (index >> 6);
        return index >= 0 && word < SetStart[set + 1] && (SetBits[word] >> (index & 63) & 1) != 0;
    }

    /// <summary>Refuses arrays that a walk could not follow to a leaf.</summary>
    /// <exception cref="ArgumentException">See <see cref="Fault"/>.</exception>
    public void Check(int featureCount)
    {
        if (Fault(featureCount) is { } fault) throw new ArgumentException(fault);
    }

    /// <summary>What is wrong with the arrays: lengths that differ, a tree without nodes, a child that does not follow its parent
    /// inside its tree or has another parent, a feature or set that does not exist, a number that is not finite. Null when a walk
    /// always ends in a leaf.</summary>
    /// <param name="featureCount">Number of features of a vector.</param>
    public string? Fault(int featureCount)
    {
        var n = Count;
        if (TreeStart.Length < 1 || TreeStart[0] != 0 || TreeStart[^1] != n || SetStart.Length < 1 || SetStart[0] != 0 || SetStart[^1] != SetBits.Length
            || Cut.Length != n || Left.Length != n || Right.Length != n || CodesLeft.Length != n || CategorySet.Length != n || Value.Length != n || Cover.Length != n)
            return "The arrays of a tree ensemble have the same number of nodes.";
        for (var set = 0; set + 1 < SetStart.Length; set++)
        {
            if (SetStart[set] > SetStart[set + 1]) return $"Category set {set} ends before it starts.";
        }

        for (var tree = 0; tree + 1 < TreeStart.Length; tree++)
        {
            // Starts rise from 0 to the node count, so no tree reaches outside the arrays.
            if (TreeStart[tree] >= TreeStart[tree + 1] || TreeStart[tree + 1] > n) return $"Tree {tree} has no node.";
            for (var node = TreeStart[tree]; node < TreeStart[tree + 1]; node++)
            {
                if (NodeFault(node, TreeStart[tree + 1], featureCount) is { } fault) return fault;
            }
        }

        return ParentFault();
    }

    /// <summary>Every node but a root has one parent, so that covers and values of subtrees mean what they say.</summary>
    private string? ParentFault()
    {
        var parents = new byte[Count];
        for (var node = 0; node < Count; node++)
        {
            if (Feature[node] < 0) continue;
            if (++parents[Left[node]] > 1 || ++parents[Right[node]] > 1) return $"Node {node} shares a child with another.";
        }

        var roots = parents.Length - parents.Sum(count => count);
        return roots == TreeStart.Length - 1 ? null : "A node is not reached from its tree's root.";
    }

    private string? NodeFault(int node, int end, int featureCount)
    {
        if (!double.IsFinite(Value[node]) || !(Cover[node] >= 0.0) || !double.IsFinite(Cover[node])) return $"Node {node} has no finite value and cover.";
        if (Feature[node] < 0) return null;
        var childrenFollow = Left[node] > node && Left[node] < end && Right[node] > node && Right[node] < end && Left[node] != Right[node];
        var testExists = Feature[node] < featureCount && CategorySet[node] >= -1 && CategorySet[node] < SetStart.Length - 1 && !float.IsNaN(Cut[node]);
        return childrenFollow && testExists ? null : $"Node {node} does not lead to a leaf.";
    }
}

namespace CreditWorkbench.Core.Predictors;

/// <summary>Puts trees into the order and the size that <see cref="RowTrees"/> walks, one after the other.</summary>
internal sealed class RowTreesBuilder(TreeNodes trees)
{
    private readonly Dictionary<RowTrees.KeySource, int> _keyOf = [];
    private readonly List<int> _order = [];

    /// <summary>Nodes of all trees, each tree level by level, so that its first steps share cache lines.</summary>
    public RowTrees.Node[] Nodes { get; } = new RowTrees.Node[trees.Count];

    /// <summary>Which node of the ensemble each of them is: leaf values are read there.</summary>
    public int[] NodeAt { get; } = new int[trees.Count];

    /// <summary>Where the keys come from, and at 0 the key of leaves, which comes from nowhere.</summary>
    public RowTrees.KeySource[] Keys => [new(-1, 0, -1), .. _keyOf.OrderBy(pair => pair.Value).Select(pair => pair.Key)];

    /// <summary>Adds a tree.</summary>
    /// <param name="tree">Its number.</param>
    /// <param name="depth">Steps from its root to its deepest leaf.</param>
    /// <returns>False where the limits of <see cref="RowTrees.TryBuild"/> are exceeded.</returns>
    public bool TryAdd(int tree, out int depth)
    {
        depth = 0;
        _order.Clear();
        _order.Add(trees.TreeStart[tree]);
        for (var (place, levelEnd) = (0, 1); place < _order.Count; place++)
        {
            if (place == levelEnd) (depth, levelEnd) = (depth + 1, _order.Count);
            if (!TryAddNode(trees.TreeStart[tree], place)) return false;
        }

        return true;
    }

    private bool TryAddNode(int start, int place)
    {
        var node = _order[place];
        NodeAt[start + place] = node;
        if (trees.Feature[node] < 0) return true;
        var (key, toRight) = (KeyOf(node), _order.Count - place);
        if (key >= RowTrees.MaxKeys || toRight > ushort.MaxValue) return false;
        Nodes[start + place] = new RowTrees.Node(trees.Cut[node], (ushort)key, (ushort)toRight);
        _order.Add(trees.Right[node]);
        _order.Add(trees.Left[node]);
        return true;
    }

    private int KeyOf(int node)
    {
        var source = new RowTrees.KeySource(trees.Feature[node], trees.CodesLeft[node], trees.CategorySet[node]);
        if (!_keyOf.TryGetValue(source, out var key)) _keyOf.Add(source, key = _keyOf.Count + 1);
        return key;
    }
}

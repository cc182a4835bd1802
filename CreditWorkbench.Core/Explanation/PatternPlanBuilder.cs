using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.Explanation;

/// <summary>Cuts the trees of an ensemble into maximal subtrees of height at most 2.</summary>
internal sealed class PatternPlanBuilder
{
    private const int SubtreeHeight = 2;

    private readonly TreeNodes _nodes;
    private readonly Players? _players;
    private readonly byte[] _height;
    private readonly List<PatternStep> _steps = [];
    private readonly List<int> _treeStep = [0], _treeSubtree = [0], _treeLeaf = [0];
    private readonly List<Subtree> _subtrees = [];
    private readonly List<int> _bitNode = [], _lanePlayer = [];
    private readonly List<byte> _leafOf = [];
    private readonly List<double> _leafValue = [];
    private readonly int[] _path = new int[Subtree.Width];
    private int _rows;

    private PatternPlanBuilder(TreeNodes nodes, byte[] height, Players? players) => (_nodes, _height, _players) = (nodes, height, players);

    /// <summary>Builds the plan.</summary>
    /// <param name="ensemble">What is explained.</param>
    /// <param name="players">Columns joined into players, which then take the place of features; null: every column for itself.</param>
    /// <returns>Null when a tree is deeper than <see cref="PatternPlan.MaxDepth"/>, a byte does not hold a feature's codes, or the
    /// tables would have more rows than an array.</returns>
    public static PatternPlan? TryBuild(TreeEnsemble ensemble, Players? players = null)
    {
        var (nodes, trees) = (ensemble.Nodes, ensemble.TreeCount);
        var height = Heights(nodes);
        for (var tree = 0; tree < trees; tree++)
        {
            if (height[nodes.TreeStart[tree]] > PatternPlan.MaxDepth) return null;
        }

        if (nodes.Count > Array.MaxLength / (1 << Subtree.Width) || CodeBookBuilder.TryBuild(ensemble) is not { } codes) return null;
        var builder = new PatternPlanBuilder(nodes, height, players);
        for (var tree = 0; tree < trees; tree++) builder.AddTree(nodes.TreeStart[tree]);
        return builder._rows <= Array.MaxLength / (2 * Subtree.Width) ? builder.ToPlan(ensemble, codes) : null;
    }

    private PatternPlan ToPlan(TreeEnsemble ensemble, CodeBook codes) => new(ensemble, codes, _players)
    {
        Steps = [.. _steps],
        TreeStep = [.. _treeStep],
        Subtrees = [.. _subtrees],
        TreeSubtree = [.. _treeSubtree],
        BitNode = [.. _bitNode],
        LanePlayer = [.. _lanePlayer],
        LeafOf = [.. _leafOf],
        LeafValue = [.. _leafValue],
        TreeLeaf = [.. _treeLeaf],
        Rows = _rows,
    };

    private static byte[] Heights(TreeNodes nodes)
    {
        var height = new byte[nodes.Count];
        for (var node = nodes.Count - 1; node >= 0; node--)
        {
            if (nodes.Feature[node] >= 0) height[node] = (byte)Math.Min(byte.MaxValue, 1 + Math.Max(height[nodes.Left[node]], height[nodes.Right[node]]));
        }

        return height;
    }

    private void AddTree(int root)
    {
        if (_nodes.Feature[root] < 0) _leafValue.Add(_nodes.Value[root]);
        else Walk(root, 0, 0);
        _treeStep.Add(_steps.Count);
        _treeSubtree.Add(_subtrees.Count);
        _treeLeaf.Add(_leafValue.Count);
    }

    private void Walk(int node, int depth, int want)
    {
        if (_height[node] <= SubtreeHeight)
        {
            AddSubtree(node, depth, want);
            return;
        }

        _steps.Add(new PatternStep(node, (byte)depth, -1));
        _path[depth] = node;
        Walk(_nodes.Left[node], depth + 1, want | 1 << depth);
        Walk(_nodes.Right[node], depth + 1, want);
    }

    private void AddSubtree(int root, int depth, int want)
    {
        var own = Own(root);
        var bits = depth + own.Count;
        var features = new List<int>();
        for (var bit = 0; bit < Subtree.Width; bit++)
        {
            var node = bit < depth ? _path[bit] : bit < bits ? own[bit - depth] : -1;
            _bitNode.Add(node);
            if (node >= 0 && !features.Contains(FeatureOf(node))) features.Add(FeatureOf(node));
        }

        for (var lane = 0; lane < Subtree.Width; lane++) _lanePlayer.Add(lane < features.Count ? features[lane] : -1);
        AddLeaves(root, own);
        _steps.Add(new PatternStep(root, (byte)depth, _subtrees.Count));
        _subtrees.Add(new Subtree(root, (byte)depth, (byte)bits, (byte)features.Count, (byte)want, _rows));
        _rows += 1 << bits;
    }

    private int FeatureOf(int node) => _players?.Of(_nodes.Feature[node]) ?? _nodes.Feature[node];

    // Inner nodes of a subtree in preorder.
    private List<int> Own(int root)
    {
        var own = new List<int>();
        if (_nodes.Feature[root] < 0) return own;
        own.Add(root);
        own.AddRange(Own(_nodes.Left[root]));
        own.AddRange(Own(_nodes.Right[root]));
        return own;
    }

    private void AddLeaves(int root, List<int> own)
    {
        var leaves = new List<int>();
        Leaves(root, leaves);
        var firstLeaf = _leafValue.Count - _treeLeaf[^1];
        foreach (var leaf in leaves) _leafValue.Add(_nodes.Value[leaf]);
        for (var outcome = 0; outcome < Subtree.Width; outcome++)
        {
            var node = root;
            while (_nodes.Feature[node] >= 0) node = (outcome >> own.IndexOf(node) & 1) != 0 ? _nodes.Left[node] : _nodes.Right[node];
            _leafOf.Add((byte)(firstLeaf + leaves.IndexOf(node)));
        }
    }

    private void Leaves(int node, List<int> leaves)
    {
        if (_nodes.Feature[node] < 0)
        {
            leaves.Add(node);
            return;
        }

        Leaves(_nodes.Left[node], leaves);
        Leaves(_nodes.Right[node], leaves);
    }
}

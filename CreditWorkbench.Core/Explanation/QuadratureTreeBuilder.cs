using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.Explanation;

/// <summary>Lays out the walk through one tree.</summary>
internal sealed class QuadratureTreeBuilder
{
    private readonly TreeNodes _nodes;
    private readonly FeaturePairs? _pairs;
    private readonly List<QuadratureStep> _steps = [];
    private readonly List<float> _constants = [];
    private readonly List<QuadraturePartner> _partners = [];
    private readonly List<int> _testNode = [];
    private readonly List<bool> _testIsRight = [];
    private readonly List<Passed> _path = [];
    private readonly double _mean;
    private double[] _rule = [];

    private QuadratureTreeBuilder(TreeNodes nodes, int root, FeaturePairs? pairs)
    {
        (_nodes, _pairs) = (nodes, pairs);
        _mean = Mean(root);
    }

    /// <summary>Lays out a tree.</summary>
    /// <param name="nodes">All nodes.</param>
    /// <param name="root">The tree's root.</param>
    /// <param name="pairs">Numbers of pairs, extended by those of this tree; null where pairs are not wanted.</param>
    /// <returns>Null when a path tests more than 16 distinct features.</returns>
    public static QuadratureTree? TryBuild(TreeNodes nodes, int root, FeaturePairs? pairs)
    {
        var builder = new QuadratureTreeBuilder(nodes, root, pairs);
        var (depth, distinct) = PathShape.Of(nodes, root, []);
        if (distinct > 2 * QuadratureTree.MaxNodes) return null;
        builder._rule = GaussLegendre.Rule((distinct + 1) / 2).Nodes;
        if (nodes.Feature[root] >= 0) builder.Visit(root, 0);
        return new QuadratureTree
        {
            Steps = [.. builder._steps],
            Constants = [.. builder._constants],
            Partners = [.. builder._partners],
            TestNode = [.. builder._testNode],
            TestIsRight = [.. builder._testIsRight],
            Nodes = (distinct + 1) / 2,
            Depth = depth,
            Mean = builder._mean,
        };
    }

    private double Mean(int node)
    {
        if (_nodes.Feature[node] < 0) return _nodes.Value[node];
        var share = ShareOf(node, _nodes.Left[node]);
        return share * Mean(_nodes.Left[node]) + (1 - share) * Mean(_nodes.Right[node]);
    }

    private void Visit(int node, int result)
    {
        var depth = _path.Count;
        var isLeftFirst = _nodes.Feature[_nodes.Left[node]] >= 0 || _nodes.Feature[_nodes.Right[node]] < 0;
        var (first, second) = isLeftFirst ? (_nodes.Left[node], _nodes.Right[node]) : (_nodes.Right[node], _nodes.Left[node]);
        var (isPair, secondIsLeaf) = (_nodes.Feature[first] < 0, _nodes.Feature[second] < 0);
        var share = ShareOf(node, first);
        var prior = PriorOf(_nodes.Feature[node], depth);
        var step = new QuadratureStep
        {
            Action = prior < 0 ? QuadratureAction.Enter : QuadratureAction.EnterAgain,
            Depth = depth,
            Test = _testNode.Count,
            Feature = _nodes.Feature[node],
            Prior = prior,
            Result = result,
            SecondIsLeaf = secondIsLeaf,
            Share = (float)share,
            First = isPair ? (float)(_nodes.Value[first] - _mean) : 0,
            Second = secondIsLeaf ? (float)(_nodes.Value[second] - _mean) : 0,
            Constants = _constants.Count,
            FirstPartner = _partners.Count,
            Partners = AddPartners(_nodes.Feature[node]),
        };
        _testNode.Add(node);
        _testIsRight.Add(!isLeftFirst);
        AddConstants(prior < 0 ? 1 : _path[prior].Ratio, share, prior >= 0);
        if (isPair)
        {
            _steps.Add(step with { Action = prior < 0 ? QuadratureAction.Pair : QuadratureAction.PairAgain });
            return;
        }

        _steps.Add(step);
        VisitChild(first, step, share, 2 * depth + 2);
        if (!secondIsLeaf)
        {
            _steps.Add(step with { Action = QuadratureAction.Turn });
            VisitChild(second, step, 1 - share, 2 * depth + 3);
        }

        _steps.Add(step with { Action = prior < 0 ? QuadratureAction.Leave : QuadratureAction.LeaveAgain });
    }

    private void VisitChild(int child, in QuadratureStep step, double share, int result)
    {
        _path.Add(new Passed(step.Feature, share * (step.Prior < 0 ? 1 : _path[step.Prior].Ratio)));
        Visit(child, result);
        _path.RemoveAt(_path.Count - 1);
    }

    private int PriorOf(int feature, int depth)
    {
        var prior = depth - 1;
        while (prior >= 0 && _path[prior].Feature != feature) prior--;
        return prior;
    }

    private int AddPartners(int feature)
    {
        if (_pairs is null) return 0;
        var before = _partners.Count;
        for (var depth = 0; depth < _path.Count; depth++)
        {
            var other = _path[depth].Feature;
            if (other != feature && PriorOf(other, _path.Count) == depth) _partners.Add(new QuadraturePartner(depth, _pairs.NumberOf(feature, other)));
        }

        return _partners.Count - before;
    }

    private void AddConstants(double prior, double share, bool again)
    {
        if (again)
        {
            foreach (var t in _rule) _constants.Add((float)((prior * share * (1 - t) + t) / (prior * (1 - t) + t)));
            foreach (var t in _rule) _constants.Add((float)(prior * share * (1 - t) / (prior * (1 - t) + t)));
            foreach (var t in _rule) _constants.Add((float)(prior / Square(prior * (1 - t) + t)));
        }

        if (_pairs is null) return;
        foreach (var ratio in (ReadOnlySpan<double>)[prior * share, prior * (1 - share)])
        {
            foreach (var t in _rule) _constants.Add((float)((1 - ratio) / (ratio * (1 - t) + t)));
        }
    }

    /// <summary>Share of a node's training weight that a child holds; a half where the node has none.</summary>
    private double ShareOf(int node, int child)
    {
        var total = _nodes.Cover[_nodes.Left[node]] + _nodes.Cover[_nodes.Right[node]];
        return total > 0 ? _nodes.Cover[child] / total : 0.5;
    }

    private static double Square(double x) => x * x;

    private readonly record struct Passed(int Feature, double Ratio);
}

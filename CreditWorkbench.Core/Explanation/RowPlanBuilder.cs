using System.Numerics;

namespace CreditWorkbench.Core.Explanation;

/// <summary>Puts the subtrees of a plan into blocks and batches.</summary>
internal sealed class RowPlanBuilder
{
    private readonly PatternPlan _plan;
    private readonly List<int> _nodes = [];
    private readonly List<int> _blockSubtree = [0], _blockSet = [0], _tests = [], _columns = [];
    private readonly List<byte> _limits = [];
    private readonly List<(int Place, int Node)> _setTests = [];
    private readonly List<ulong> _usual = [];
    private readonly ulong[] _mask;
    private readonly byte[] _indexBit, _usualPattern;

    private RowPlanBuilder(PatternPlan plan)
    {
        (_plan, _mask) = (plan, new ulong[plan.Subtrees.Length]);
        (_indexBit, _usualPattern) = (new byte[plan.BitNode.Length], new byte[plan.Subtrees.Length]);
    }

    /// <summary>Lays out a plan.</summary>
    public static RowPlan Build(PatternPlan plan)
    {
        var builder = new RowPlanBuilder(plan);
        for (var subtree = 0; subtree < plan.Subtrees.Length; subtree++) builder.Add(subtree);
        if (plan.Subtrees.Length > 0) builder.EndBlock(plan.Subtrees.Length);
        return builder.ToRowPlan(RowPlan.Regions(plan.Subtrees));
    }

    private RowPlan ToRowPlan((int[] FirstRow, int[] Gap) regions) => new()
    {
        Plan = _plan,
        BlockSubtree = [.. _blockSubtree],
        BatchBlock = Batches(),
        TestColumn = [.. _columns],
        TestByte = _columns.TrueForAll(column => column <= byte.MaxValue) ? [.. _columns.Select(column => (byte)column)] : [],
        TestLimit = [.. _limits],
        Tests = [.. _tests],
        SetTests = [.. _setTests],
        BlockSet = [.. _blockSet],
        Mask = _mask,
        Usual = [.. _usual],
        IndexBit = _indexBit,
        UsualPattern = _usualPattern,
        FirstRow = regions.FirstRow,
        Gap = regions.Gap,
    };

    private void Add(int subtree)
    {
        var nodes = NodesOf(subtree);
        if (!Fits(nodes)) EndBlock(subtree);
        foreach (var node in nodes)
        {
            if (!_nodes.Contains(node)) _nodes.Add(node);
        }
    }

    private ReadOnlySpan<int> NodesOf(int subtree) => _plan.BitNode.AsSpan(subtree * Subtree.Width, _plan.Subtrees[subtree].Bits);

    private bool Fits(ReadOnlySpan<int> nodes)
    {
        var tests = _nodes.Count;
        foreach (var node in nodes) tests += _nodes.Contains(node) ? 0 : 1;
        return tests <= RowPlan.BlockTests;
    }

    // The least certain test comes first: it is the lowest bit of every index that has it.
    private void EndBlock(int nextSubtree)
    {
        int[] nodes = [.. _nodes.OrderBy(node => Math.Abs(LeftShare(node) - 0.5))];
        for (var place = 0; place < RowPlan.BlockTests; place++)
        {
            var (column, limit) = place < nodes.Length ? (_plan.Codes.NodeColumn[nodes[place]], _plan.Codes.NodeLimit[nodes[place]]) : (0, (byte)0);
            _columns.Add(column);
            _limits.Add(limit);
            if (place < nodes.Length && _plan.Codes.NodeSet[nodes[place]] >= 0) _setTests.Add((place, nodes[place]));
        }

        for (var subtree = _blockSubtree[^1]; subtree < nextSubtree; subtree++) Index(subtree, nodes);
        _usual.Add(nodes.Select((node, place) => IsUsuallyLeft(node) ? 1UL << place : 0).Aggregate(0UL, (all, bit) => all | bit));
        _tests.Add(nodes.Length);
        _nodes.Clear();
        _blockSubtree.Add(nextSubtree);
        _blockSet.Add(_setTests.Count);
    }

    private void Index(int subtree, int[] placed)
    {
        var nodes = NodesOf(subtree);
        foreach (var node in nodes) _mask[subtree] |= 1UL << Array.IndexOf(placed, node);
        for (var bit = 0; bit < nodes.Length; bit++)
        {
            var below = (1UL << Array.IndexOf(placed, nodes[bit])) - 1;
            _indexBit[subtree * Subtree.Width + bit] = (byte)BitOperations.PopCount(_mask[subtree] & below);
            if (IsUsuallyLeft(nodes[bit])) _usualPattern[subtree] |= (byte)(1 << bit);
        }
    }

    private bool IsUsuallyLeft(int node) => LeftShare(node) > 0.5;

    private double LeftShare(int node) => PatternPlan.ShareOf(_plan.Ensemble.Nodes, node, _plan.Ensemble.Nodes.Left[node]);

    private int[] Batches()
    {
        var (first, blocks) = (new List<int> { 0 }, _blockSubtree.Count - 1);
        for (var block = 0; block < blocks; block++)
        {
            if (_blockSubtree[block + 1] - _blockSubtree[first[^1]] > RowPlan.BatchSubtrees) first.Add(block);
        }

        if (blocks > 0) first.Add(blocks);
        return [.. first];
    }
}

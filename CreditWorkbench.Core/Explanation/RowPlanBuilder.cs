namespace CreditWorkbench.Core.Explanation;

/// <summary>Puts the subtrees of a plan into blocks and batches.</summary>
internal sealed class RowPlanBuilder
{
    private readonly PatternPlan _plan;
    private readonly List<int> _nodes = [];
    private readonly List<int> _blockSubtree = [0], _blockSet = [0], _tests = [], _columns = [];
    private readonly List<byte> _limits = [];
    private readonly List<(int Place, int Node)> _setTests = [];
    private readonly ulong[] _mask;

    private RowPlanBuilder(PatternPlan plan) => (_plan, _mask) = (plan, new ulong[plan.Subtrees.Length]);

    /// <summary>Lays out a plan.</summary>
    public static RowPlan Build(PatternPlan plan)
    {
        var builder = new RowPlanBuilder(plan);
        for (var subtree = 0; subtree < plan.Subtrees.Length; subtree++) builder.Add(subtree);
        if (plan.Subtrees.Length > 0) builder.EndBlock(plan.Subtrees.Length);
        return builder.ToRowPlan();
    }

    private RowPlan ToRowPlan() => new()
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
        FirstRow = [.. _plan.Subtrees.Select(subtree => subtree.FirstRow)],
    };

    // A path's first tests are met before its later ones, also where a subtree before it shares them: places rise with the bits.
    private void Add(int subtree)
    {
        var nodes = _plan.BitNode.AsSpan(subtree * Subtree.Width, _plan.Subtrees[subtree].Bits);
        if (!Fits(nodes)) EndBlock(subtree);
        foreach (var node in nodes)
        {
            if (!_nodes.Contains(node)) _nodes.Add(node);
            _mask[subtree] |= 1UL << _nodes.IndexOf(node);
        }
    }

    private bool Fits(ReadOnlySpan<int> nodes)
    {
        var tests = _nodes.Count;
        foreach (var node in nodes) tests += _nodes.Contains(node) ? 0 : 1;
        return tests <= RowPlan.BlockTests;
    }

    private void EndBlock(int nextSubtree)
    {
        for (var place = 0; place < RowPlan.BlockTests; place++)
        {
            var (column, limit) = place < _nodes.Count ? (_plan.Codes.NodeColumn[_nodes[place]], _plan.Codes.NodeLimit[_nodes[place]]) : (0, (byte)0);
            _columns.Add(column);
            _limits.Add(limit);
            if (place < _nodes.Count && _plan.Codes.NodeSet[_nodes[place]] >= 0) _setTests.Add((place, _nodes[place]));
        }

        _tests.Add(_nodes.Count);
        _nodes.Clear();
        _blockSubtree.Add(nextSubtree);
        _blockSet.Add(_setTests.Count);
    }

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

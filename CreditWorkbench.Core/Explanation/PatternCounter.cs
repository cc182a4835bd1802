using System.Numerics;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.Explanation;

/// <summary>Walks the trees of an ensemble with all background rows at once and counts, per leaf, how many rows fail the same slots.</summary>
/// <remarks>At every node the rows are grouped by the slots that they failed so far, groups in the order of their patterns. A test splits each
/// group that has not failed its slot before: who passes keeps the pattern, who fails gets the slot's bit. There are far fewer groups
/// than rows, and a group is a few words, so nothing is sorted and hardly anything is done row by row.</remarks>
internal sealed class PatternCounter
{
    private const int LowSlots = 32;

    private readonly EnsemblePaths _paths;
    private readonly TreeNodes _nodes;
    private readonly RowSplits _splits;
    private readonly int _stride;
    private readonly ulong[] _passes;
    private readonly Stack<(int Node, int From)> _pending = new();
    private ulong[] _arena; // groups of pending nodes: pattern, then the words of its rows
    private ulong[] _parent = [];
    private int _used;

    public PatternCounter(EnsemblePaths paths, FeatureMatrix background)
    {
        (_paths, _nodes, _splits) = (paths, paths.Ensemble.Nodes, new RowSplits(paths.Ensemble, background));
        _stride = 1 + _splits.Words;
        _passes = new ulong[_splits.Words];
        _arena = new ulong[64 * _stride];
    }

    /// <summary>First pattern of each leaf, then the pattern count.</summary>
    public List<int> Start { get; } = [0];

    /// <summary>Lower half of each pattern: hardly any path has more than 32 slots, and there are millions of patterns.</summary>
    public List<uint> Low { get; } = [];

    /// <summary>Upper half of each pattern.</summary>
    public List<uint> High { get; } = [];

    /// <summary>Number of rows with each pattern.</summary>
    public List<int> RowsOf { get; } = [];

    /// <summary>Counts, leaves in the order of <see cref="EnsemblePaths.LeafNode"/>.</summary>
    public void Count()
    {
        if (_splits.Rows == 0)
        {
            foreach (var _ in _paths.LeafNode) Start.Add(0);
            return;
        }

        for (var tree = 0; tree < _paths.Ensemble.TreeCount; tree++)
        {
            _pending.Push((_nodes.TreeStart[tree], _used));
            _splits.All(Append(0));
            while (_pending.TryPop(out var next)) Visit(next.Node, next.From);
        }
    }

    // The groups of the node that is visited lie at the end of the arena, because its children come next.
    private void Visit(int node, int from)
    {
        if (_nodes.Feature[node] < 0) AddLeaf(from);
        else Split(node, from);
    }

    private void AddLeaf(int from)
    {
        for (var group = from; group < _used; group += _stride)
        {
            var rows = 0;
            foreach (var word in _arena.AsSpan(group + 1, _splits.Words)) rows += BitOperations.PopCount(word);
            Low.Add((uint)_arena[group]);
            High.Add((uint)(_arena[group] >> LowSlots));
            RowsOf.Add(rows);
        }

        Start.Add(Low.Count);
        _used = from;
    }

    private void Split(int node, int from)
    {
        var length = _used - from;
        if (_parent.Length < length) _parent = new ulong[2 * length];
        _arena.AsSpan(from, length).CopyTo(_parent);
        _used = from;
        _splits.Left(node, _passes);
        var bit = 1UL << _paths.NodeSlot[node];
        _pending.Push((_nodes.Right[node], _used));
        Invert();
        Groups(length, bit);
        _pending.Push((_nodes.Left[node], _used));
        Invert();
        Groups(length, bit);
    }

    private void Invert()
    {
        for (var word = 0; word < _passes.Length; word++) _passes[word] = ~_passes[word];
    }

    // Three rising sequences become one: groups that pass, groups that fail now, and groups that failed the slot before; the last two may meet.
    private void Groups(int length, ulong bit)
    {
        var (pass, fail, former) = (0, 0, 0);
        while (true)
        {
            pass = Next(pass, length, bit, failing: false);
            fail = Next(fail, length, bit, failing: true);
            while (former < length && (_parent[former] & bit) == 0) former += _stride;
            var (passing, failing, failed) = (Key(pass, length, 0), Key(fail, length, bit), Key(former, length, 0));
            if (pass >= length && fail >= length && former >= length) return;
            if (pass < length && passing < Math.Min(failing, failed)) Take(ref pass, Append(passing), failing: false);
            else if (fail < length && (former >= length || failing < failed)) Take(ref fail, Append(failing), failing: true);
            else if (fail < length && failing == failed) Join(ref fail, ref former, Append(failed));
            else CopyFormer(ref former, Append(failed));
        }
    }

    private ulong Key(int group, int length, ulong bit) => group < length ? _parent[group] | bit : ulong.MaxValue;

    // The next group that has not failed the slot before and has a row on the side that is asked for.
    private int Next(int group, int length, ulong bit, bool failing)
    {
        for (; group < length; group += _stride)
        {
            if ((_parent[group] & bit) != 0) continue;
            var any = 0UL;
            for (var word = 0; word < _passes.Length; word++) any |= _parent[group + 1 + word] & (failing ? ~_passes[word] : _passes[word]);
            if (any != 0) return group;
        }

        return group;
    }

    private void Take(ref int group, Span<ulong> rows, bool failing)
    {
        for (var word = 0; word < rows.Length; word++) rows[word] = _parent[group + 1 + word] & (failing ? ~_passes[word] : _passes[word]);
        group += _stride;
    }

    private void Join(ref int failing, ref int former, Span<ulong> rows)
    {
        Take(ref failing, rows, failing: true);
        for (var word = 0; word < rows.Length; word++) rows[word] |= _parent[former + 1 + word];
        former += _stride;
    }

    private void CopyFormer(ref int former, Span<ulong> rows)
    {
        _parent.AsSpan(former + 1, rows.Length).CopyTo(rows);
        former += _stride;
    }

    // Room for one group at the end of the arena.
    private Span<ulong> Append(ulong pattern)
    {
        if (_used + _stride > _arena.Length) Array.Resize(ref _arena, 2 * _arena.Length);
        _arena[_used] = pattern;
        _used += _stride;
        return _arena.AsSpan(_used - _splits.Words, _splits.Words);
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CreditWorkbench.Core.Training;

/// <summary>Grows trees of a forest, one at a time; each thread has a grower of its own.</summary>
/// <remarks>Every node draws its own columns, so histograms are built for these alone and never by subtraction. The pass that parts a
/// node's rows adds them to the histograms of both children, so that each row's bins are fetched once per level; children that
/// cannot be split need no pass at all, because their sums are those of the split.</remarks>
internal sealed class ForestGrower<TSum, TCriterion>
    where TSum : unmanaged, IClassCounts<TSum>
    where TCriterion : struct, ISplitCriterion<TSum>
{
    private readonly BinnedMatrix _matrix;
    private readonly ColumnRule[] _rules;
    private readonly ForestSettings _settings;
    private readonly TCriterion _criterion;
    private readonly ForestRows<TSum> _rows;
    private readonly int[] _order, _rest;
    private readonly int _perNode;
    private readonly (int[] Columns, TSum[] Cells)[] _pairs;
    private readonly TSum[] _single = new TSum[ForestRows<TSum>.Width];
    private readonly byte[] _times;

    /// <summary>Prepares buffers for trees on one matrix.</summary>
    public ForestGrower(BinnedMatrix matrix, ColumnRule[] rules, ForestSettings settings, TCriterion criterion)
    {
        (_matrix, _rules, _settings, _criterion) = (matrix, rules, settings, criterion);
        (_rows, _times) = (new ForestRows<TSum>(matrix), new byte[matrix.Rows]);
        (_order, _rest) = (new int[rules.Length], new int[rules.Length]);
        _perNode = settings.ColumnsPerNode > 0 ? Math.Min(settings.ColumnsPerNode, rules.Length) : Math.Max(1, (int)Math.Sqrt(rules.Length));
        _pairs = new (int[], TSum[])[settings.Depth];
    }

    /// <summary>Grows one tree.</summary>
    /// <param name="tree">Its index.</param>
    /// <param name="bags">Rows that each tree sees.</param>
    /// <param name="classes">Class of each row.</param>
    /// <param name="random">The tree's stream.</param>
    public GrownNode Grow(int tree, ForestBags bags, byte[] classes, RandomStream random)
    {
        for (var i = 0; i < _order.Length; i++) _order[i] = i;
        bags.Draw(tree, _times);
        var count = _rows.Fill(_times, classes, out var total);
        var root = new GrownNode();
        if (!MaySplit(total, 0))
        {
            EndAsLeaf(root, total, NodeBounds.None);
            return root;
        }

        var (columns, cells) = PairOf(0);
        Draw(columns.AsSpan(0, _perNode), random);
        var own = cells.AsSpan(0, _perNode * ForestRows<TSum>.Width);
        own.Clear();
        _rows.Add(0, count, columns.AsSpan(0, _perNode), own);
        Grow(root, new Extent(0, count, 0, 0), total, NodeBounds.None, random);
        return root;
    }

    /// <summary>Splits a node whose histogram is ready, as far as its rows allow.</summary>
    private void Grow(GrownNode node, Extent extent, TSum total, NodeBounds bounds, RandomStream random)
    {
        var choice = extent.Count >= _settings.MinSplit ? BestSplit(extent, total, bounds, random) : new SplitChoice<TSum>(0);
        if (choice.Column < 0)
        {
            EndAsLeaf(node, total, bounds);
            return;
        }

        node.Split(choice);
        var (leftBounds, rightBounds) = choice.ChildBounds(bounds);
        var (leftTotal, rightTotal, depth) = (choice.Left, total - choice.Left, extent.Depth + 1);
        var (openLeft, openRight) = (MaySplit(leftTotal, depth), MaySplit(rightTotal, depth));
        var middle = openLeft || openRight ? Part(choice, extent, openLeft, openRight, random) : 0;
        if (openLeft) Grow(node.Left!, new Extent(extent.Begin, middle, depth, 0), leftTotal, leftBounds, random);
        else EndAsLeaf(node.Left!, leftTotal, leftBounds);
        if (openRight) Grow(node.Right!, new Extent(middle, extent.End, depth, 1), rightTotal, rightBounds, random);
        else EndAsLeaf(node.Right!, rightTotal, rightBounds);
    }

    /// <summary>Parts a node's rows and fills the histograms of the children that may be split.</summary>
    private int Part(in SplitChoice<TSum> choice, Extent extent, bool openLeft, bool openRight, RandomStream random)
    {
        var (columns, cells) = PairOf(extent.Depth + 1);
        if (openLeft && openRight)
        {
            Draw(columns.AsSpan(0, _perNode), random);
            Draw(columns.AsSpan(_perNode), random);
            Array.Clear(cells);
            return _rows.SplitAndAdd(choice.Column, choice.LeftBins, extent.Begin, extent.End, columns, cells);
        }

        var middle = _rows.Split(choice.Column, choice.LeftBins, extent.Begin, extent.End);
        var side = openLeft ? 0 : 1;
        var own = cells.AsSpan(side * _perNode * ForestRows<TSum>.Width, _perNode * ForestRows<TSum>.Width);
        Draw(columns.AsSpan(side * _perNode, _perNode), random);
        own.Clear();
        _rows.Add(openLeft ? extent.Begin : middle, openLeft ? middle : extent.End, columns.AsSpan(side * _perNode, _perNode), own);
        return middle;
    }

    /// <summary>Looks at the node's columns, then at further ones until one can be split.</summary>
    private SplitChoice<TSum> BestSplit(Extent extent, TSum total, NodeBounds bounds, RandomStream random)
    {
        var own = _criterion.Score(total);
        var best = new SplitChoice<TSum>(own + 1e-9 * Math.Abs(own));
        var (pair, cells) = PairOf(extent.Depth);
        var columns = pair.AsSpan(extent.Side * _perNode, _perNode);
        for (var i = 0; i < columns.Length; i++)
            Consider(columns[i], cells.AsSpan((extent.Side * _perNode + i) * ForestRows<TSum>.Width), total, bounds, ref best);
        if (best.Column >= 0) return best;

        var rest = 0;
        for (var column = 0; column < _order.Length; column++)
        {
            if (!columns.Contains(column)) _rest[rest++] = column;
        }

        while (rest > 0 && best.Column < 0)
        {
            var pick = random.NextInt(rest);
            var column = _rest[pick];
            _rest[pick] = _rest[--rest];
            Array.Clear(_single);
            _rows.Add(extent.Begin, extent.End, [column], _single);
            Consider(column, _single, total, bounds, ref best);
        }

        return best;
    }

    private void Consider(int column, Span<TSum> cells, TSum total, NodeBounds bounds, ref SplitChoice<TSum> best)
    {
        var bins = _matrix.Mapper.Columns[column];
        cells = cells[..bins.Total];
        if (typeof(TSum) == typeof(BinarySum) && typeof(TCriterion) == typeof(BinaryCriterion) && !bins.IsCategory && _rules[column] == default)
        {
            var binary = new BinaryCutSearch(column, bins, MemoryMarshal.Cast<TSum, BinarySum>(cells), Unsafe.BitCast<TSum, BinarySum>(total), Unsafe.BitCast<TCriterion, BinaryCriterion>(_criterion), bounds);
            if (binary.TryImprove(ref Unsafe.As<SplitChoice<TSum>, SplitChoice<BinarySum>>(ref best))) return;
        }

        new SplitSearch<TSum, TCriterion>(column, bins, _rules[column], cells, total, _criterion, bounds).Improve(ref best);
    }

    private bool MaySplit(TSum total, int depth) => depth < _settings.Depth && total.Count >= _settings.MinSplit && !total.IsPure;

    private void EndAsLeaf(GrownNode node, TSum total, NodeBounds bounds) =>
        (node.Value, node.Cover) = (bounds.Clamp(_criterion.Value(total)), total.Count);

    /// <summary>The first columns of a random order.</summary>
    private void Draw(Span<int> columns, RandomStream random)
    {
        for (var i = 0; i < columns.Length; i++)
        {
            var pick = i + random.NextInt(_order.Length - i);
            (_order[i], _order[pick]) = (_order[pick], _order[i]);
            columns[i] = _order[i];
        }
    }

    /// <summary>Columns and histograms of two siblings; depth first, so one pair per depth is in use at a time.</summary>
    private (int[] Columns, TSum[] Cells) PairOf(int depth)
    {
        ref var pair = ref _pairs[depth];
        if (pair.Columns is null) pair = (new int[2 * _perNode], new TSum[2 * _perNode * ForestRows<TSum>.Width]);
        return pair;
    }

    /// <summary>Where a node's rows and histogram lie.</summary>
    /// <param name="Begin">First slot of its rows.</param>
    /// <param name="End">Slot after the last.</param>
    /// <param name="Depth">Tests above it.</param>
    /// <param name="Side">0 for a left child and the root, 1 for a right child.</param>
    private readonly record struct Extent(int Begin, int End, int Depth, int Side)
    {
        /// <summary>Distinct rows.</summary>
        public int Count => End - Begin;
    }
}

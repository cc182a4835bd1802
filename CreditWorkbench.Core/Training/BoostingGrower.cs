namespace CreditWorkbench.Core.Training;

/// <summary>Grows one boosted tree at a time: histograms of the smaller child, subtraction for the larger, bounds passed down.</summary>
/// <remarks>Large nodes are worked on by all threads, small ones are handed out whole. Neither changes a bit of the result: sums
/// are whole numbers and every node is decided on its own sums alone.</remarks>
internal sealed class BoostingGrower(BinnedMatrix matrix, ColumnRule[] rules, BoostingSettings settings, int threads, CancellationToken cancellation)
{
    /// <summary>Nodes with fewer rows are not shared among threads.</summary>
    private const int SharedRows = 20_000;

    private readonly HistogramPool<GradientSum> _pool = new(matrix.Mapper.Offsets[^1]);
    private readonly RowPartition _partition = new(matrix.Rows);
    private GradientSum[] _sums = [];
    private double[]? _weights;
    private double[] _margins = [];
    private int[] _columns = [];
    private int[] _offsets = [];
    private GradientCriterion _criterion;

    /// <summary>Grows a tree and adds its values, times the learning rate, to the margins of its rows.</summary>
    /// <param name="rows">Rows that the tree sees, rising.</param>
    /// <param name="columns">Columns that it may test, rising.</param>
    /// <param name="sums">Packed gradient and hessian per row.</param>
    /// <param name="criterion">Gain at this round's fixed-point units.</param>
    /// <param name="weights">Row weights, or null for ones: the cover.</param>
    /// <param name="margins">Margin per row; rows seen are moved on.</param>
    public GrownNode Grow(ReadOnlySpan<int> rows, int[] columns, GradientSum[] sums, GradientCriterion criterion, double[]? weights, double[] margins)
    {
        rows.CopyTo(_partition.Rows);
        (_columns, _sums, _criterion, _weights, _margins) = (columns, sums, criterion, weights, margins);
        _offsets = Array.ConvertAll(columns, column => matrix.Mapper.Offsets[column]);
        var root = new Item(new GrownNode(), 0, rows.Length, _pool.Rent(), default, NodeBounds.None, 0);
        Accumulate(root.Begin, root.End, root.Histogram!);
        root = root with { Sum = Total(root.Histogram!) };
        GrowShared(root);
        return root.Node;
    }

    /// <summary>Splits large nodes one after the other with all threads, then hands the small ones out.</summary>
    private void GrowShared(Item root)
    {
        var open = new Stack<Item>([root]);
        var small = new List<Item>();
        while (open.TryPop(out var item))
        {
            cancellation.ThrowIfCancellationRequested();
            if (threads > 1 && item.Rows < SharedRows) small.Add(item);
            else if (Expand(item, out var left, out var right))
            {
                open.Push(right);
                open.Push(left);
            }
        }

        small.Sort((a, b) => a.Rows != b.Rows ? b.Rows.CompareTo(a.Rows) : a.Begin.CompareTo(b.Begin));
        Work.Over(small.Count, threads, i => GrowAlone(small[i]), cancellation);
    }

    private void GrowAlone(Item item)
    {
        if (!Expand(item, out var left, out var right)) return;
        GrowAlone(left);
        GrowAlone(right);
    }

    private bool Expand(in Item item, out Item left, out Item right)
    {
        (left, right) = (default, default);
        var choice = item.Histogram is null ? new SplitChoice<GradientSum>(0) : BestSplit(item);
        if (choice.Column < 0)
        {
            Finish(item);
            return false;
        }

        item.Node.Split(choice);
        var middle = _partition.Split(matrix, choice.Column, choice.LeftBins, item.Begin, item.End);
        var (leftBounds, rightBounds) = choice.ChildBounds(item.Bounds);
        left = new Item(item.Node.Left!, item.Begin, middle, null, choice.Left, leftBounds, item.Depth + 1);
        right = new Item(item.Node.Right!, middle, item.End, null, item.Sum - choice.Left, rightBounds, item.Depth + 1);
        ShareHistogram(item, ref left, ref right);
        return true;
    }

    /// <summary>Builds the smaller child's histogram and turns the parent's into the larger child's; leaves need none.</summary>
    private void ShareHistogram(in Item parent, ref Item left, ref Item right)
    {
        if (left.Depth == settings.Depth)
        {
            _pool.Return(parent.Histogram!);
            return;
        }

        var built = _pool.Rent();
        var leftIsSmaller = left.Rows <= right.Rows;
        var smaller = leftIsSmaller ? left : right;
        Accumulate(smaller.Begin, smaller.End, built);
        Histogram.Subtract(parent.Histogram!, built);
        left = left with { Histogram = leftIsSmaller ? built : parent.Histogram };
        right = right with { Histogram = leftIsSmaller ? parent.Histogram : built };
    }

    private void Accumulate(int begin, int end, GradientSum[] histogram)
    {
        if (threads == 1 || end - begin < SharedRows)
        {
            Histogram.Add(matrix, _partition.Rows.AsSpan(begin, end - begin), _sums, _columns, _offsets, histogram);
            return;
        }

        var parts = new GradientSum[threads][];
        Work.Over(threads, threads, part =>
        {
            var (first, last) = (begin + (int)((long)(end - begin) * part / threads), begin + (int)((long)(end - begin) * (part + 1) / threads));
            parts[part] = part == 0 ? histogram : _pool.Rent();
            Histogram.Add(matrix, _partition.Rows.AsSpan(first, last - first), _sums, _columns, _offsets, parts[part]);
        }, cancellation);
        for (var part = 1; part < threads; part++)
        {
            Histogram.Merge(histogram, parts[part]);
            _pool.Return(parts[part]);
        }
    }

    private GradientSum Total(GradientSum[] histogram)
    {
        var total = default(GradientSum);
        var bins = matrix.Mapper.Columns[_columns[0]].Total;
        for (var bin = 0; bin < bins; bin++) total += histogram[_offsets[0] + bin];
        return total;
    }

    private SplitChoice<GradientSum> BestSplit(Item item)
    {
        var own = _criterion.Score(item.Sum, item.Bounds.Clamp(_criterion.Value(item.Sum)));
        var best = new SplitChoice<GradientSum>(own + Math.Max(settings.MinGain, 1e-9 * Math.Abs(own)));
        if (!_criterion.Admits(item.Sum)) return best;
        if (threads == 1 || item.Rows < SharedRows)
        {
            for (var i = 0; i < _columns.Length; i++) Consider(item, i, ref best);
            return best;
        }

        var perColumn = new SplitChoice<GradientSum>[_columns.Length];
        var start = best;
        Work.Over(_columns.Length, threads, i =>
        {
            perColumn[i] = start;
            Consider(item, i, ref perColumn[i]);
        }, cancellation);
        foreach (ref readonly var choice in perColumn.AsSpan())
        {
            if (choice.Score > best.Score) best = choice;
        }

        return best;
    }

    private void Consider(in Item item, int i, ref SplitChoice<GradientSum> best)
    {
        var bins = matrix.Mapper.Columns[_columns[i]];
        var criterion = bins.IsCategory ? _criterion with { L2 = settings.L2 + settings.CategoryL2 } : _criterion;
        new SplitSearch<GradientSum, GradientCriterion>(
            _columns[i], bins, rules[_columns[i]], item.Histogram.AsSpan(_offsets[i], bins.Total), item.Sum, criterion, item.Bounds).Improve(ref best);
    }

    private void Finish(in Item item)
    {
        if (item.Histogram is not null) _pool.Return(item.Histogram);
        var value = settings.LearningRate * item.Bounds.Clamp(_criterion.Value(item.Sum));
        var cover = 0.0;
        foreach (var row in _partition.Rows.AsSpan(item.Begin, item.Rows))
        {
            _margins[row] += value;
            cover += _weights is null ? 1.0 : _weights[row];
        }

        (item.Node.Value, item.Node.Cover) = (value, cover);
    }

    /// <summary>A node that waits for its split.</summary>
    private readonly record struct Item(GrownNode Node, int Begin, int End, GradientSum[]? Histogram, GradientSum Sum, NodeBounds Bounds, int Depth)
    {
        public int Rows => End - Begin;
    }
}

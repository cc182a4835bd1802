namespace CreditWorkbench.Core.Training;

/// <summary>Builds the histograms of a boosted tree's nodes and finds their splits: the smaller child's rows are added up, the larger
/// child's sums are what is left of the parent's.</summary>
internal sealed class SplitSeeker
{
    private readonly BinMapper _mapper;
    private readonly ColumnRule[] _rules;
    private readonly ColumnMeetings? _meetings;
    private readonly BoostingSettings _settings;
    private readonly Crew _crew;
    private readonly HistogramPool<GradientSum> _pool;
    private readonly SplitChoice<GradientSum>[] _lefts, _rights;
    private int[] _columns = [];

    /// <summary>Prepares for the trees of a run.</summary>
    public SplitSeeker(BinMapper mapper, ColumnRule[] rules, ColumnMeetings? meetings, BoostingSettings settings, Crew crew)
    {
        (_mapper, _rules, _meetings, _settings, _crew) = (mapper, rules, meetings, settings, crew);
        _pool = new HistogramPool<GradientSum>(GradientHistogram.LengthFor(rules.Length));
        (_lefts, _rights) = (new SplitChoice<GradientSum>[rules.Length], new SplitChoice<GradientSum>[rules.Length]);
    }

    /// <summary>Gain at this round's fixed-point units.</summary>
    public GradientCriterion Criterion { get; private set; }

    /// <summary>Turns to the next tree.</summary>
    public void Begin(int[] columns, GradientCriterion criterion) => (_columns, Criterion) = (columns, criterion);

    /// <summary>The root with its best split.</summary>
    /// <param name="count">Its rows.</param>
    /// <param name="space">Rows of the tree; the root's come first.</param>
    public OpenNode Root(int count, RowSpace space)
    {
        var histogram = _pool.Rent();
        var parts = Add(space, 0, count, histogram, true);
        for (var i = 0; i < _columns.Length; i++) Merge(i, histogram, parts);
        GiveBack(parts);
        var total = default(GradientSum);
        foreach (var sum in Slots(0, histogram)) total += sum;
        var root = new OpenNode { Node = new GrownNode(), Begin = 0, End = count, Depth = 0, Sum = total, Bounds = NodeBounds.None, Histogram = histogram };
        var start = Start(root);
        _crew.Over(_columns.Length, i =>
        {
            _lefts[i] = start;
            Consider(root, i, ref _lefts[i]);
        });
        Settle(root, _lefts, start);
        return root;
    }

    /// <summary>Builds the children's histograms from the parent's, which is used up, and finds their best splits.</summary>
    /// <param name="parent">The node that was split.</param>
    /// <param name="left">Its left child.</param>
    /// <param name="right">Its right child.</param>
    /// <param name="space">Where the rows are.</param>
    /// <param name="shared">Whether all threads work on it; otherwise the calling one alone.</param>
    public void Seek(OpenNode parent, OpenNode left, OpenNode right, RowSpace space, bool shared)
    {
        var (smaller, larger) = left.Rows <= right.Rows ? (left, right) : (right, left);
        (smaller.Histogram, larger.Histogram) = (_pool.Rent(), parent.Histogram!);
        parent.Histogram = null;
        var parts = Add(space, smaller.Begin, smaller.End, smaller.Histogram, shared);
        var (leftStart, rightStart) = (Start(left), Start(right));
        if (shared)
        {
            _crew.Over(_columns.Length, i =>
            {
                Merge(i, smaller.Histogram, parts);
                GradientHistogram.Subtract(Slots(i, larger.Histogram), Slots(i, smaller.Histogram));
                (_lefts[i], _rights[i]) = (leftStart, rightStart);
                Consider(left, i, ref _lefts[i]);
                Consider(right, i, ref _rights[i]);
            });
            Settle(left, _lefts, leftStart);
            Settle(right, _rights, rightStart);
        }
        else
        {
            for (var i = 0; i < _columns.Length; i++)
            {
                GradientHistogram.Subtract(Slots(i, larger.Histogram), Slots(i, smaller.Histogram));
                Consider(left, i, ref leftStart);
                Consider(right, i, ref rightStart);
            }

            (left.Choice, right.Choice) = (leftStart, rightStart);
        }

        GiveBack(parts);
        if (left.Choice.Column < 0) Release(left);
        if (right.Choice.Column < 0) Release(right);
    }

    /// <summary>Takes a node's histogram back.</summary>
    public void Release(OpenNode node)
    {
        if (node.Histogram is not null) _pool.Return(node.Histogram);
        node.Histogram = null;
    }

    /// <summary>Adds rows up; with all threads, each but the first fills a histogram of its own.</summary>
    /// <returns>The histograms that are still to be merged.</returns>
    private GradientSum[][] Add(RowSpace space, int begin, int end, GradientSum[] histogram, bool shared)
    {
        if (!shared || _crew.Count == 1)
        {
            GradientHistogram.Add(space.Matrix, space.Partition.Rows.AsSpan(begin, end - begin), space.Sums, _columns, histogram);
            return [];
        }

        var parts = new GradientSum[_crew.Count - 1][];
        _crew.Together(member =>
        {
            var (first, last) = (begin + (int)((long)(end - begin) * member / _crew.Count), begin + (int)((long)(end - begin) * (member + 1) / _crew.Count));
            var target = member == 0 ? histogram : parts[member - 1] = _pool.Rent();
            GradientHistogram.Add(space.Matrix, space.Partition.Rows.AsSpan(first, last - first), space.Sums, _columns, target);
        });
        return parts;
    }

    private void Merge(int i, GradientSum[] histogram, GradientSum[][] parts)
    {
        foreach (var part in parts) GradientHistogram.Merge(Slots(i, histogram), Slots(i, part));
    }

    private void GiveBack(GradientSum[][] parts)
    {
        foreach (var part in parts) _pool.Return(part);
    }

    /// <summary>The slots in use of the i-th column of the tree.</summary>
    private Span<GradientSum> Slots(int i, GradientSum[] histogram) =>
        histogram.AsSpan(i * GradientHistogram.Slots, _mapper.Columns[_columns[i]].Total);

    private SplitChoice<GradientSum> Start(OpenNode node)
    {
        node.OwnScore = Criterion.Score(node.Sum, node.Bounds.Clamp(Criterion.Value(node.Sum)));
        return new SplitChoice<GradientSum>(node.OwnScore + Math.Max(_settings.MinGain, 1e-9 * Math.Abs(node.OwnScore)));
    }

    private void Consider(OpenNode node, int i, ref SplitChoice<GradientSum> best)
    {
        var column = _columns[i];
        if (!Criterion.Admits(node.Sum) || _meetings?.Allow(node.Path, column) == false) return;
        var bins = _mapper.Columns[column];
        var criterion = bins.IsCategory ? Criterion with { L2 = _settings.L2 + _settings.CategoryL2 } : Criterion;
        new SplitSearch<GradientSum, GradientCriterion>(column, bins, _rules[column], Slots(i, node.Histogram!), node.Sum, criterion, node.Bounds).Improve(ref best);
    }

    /// <summary>The best of the columns' best; of equal ones the first.</summary>
    private void Settle(OpenNode node, SplitChoice<GradientSum>[] perColumn, SplitChoice<GradientSum> best)
    {
        foreach (ref readonly var choice in perColumn.AsSpan(0, _columns.Length))
        {
            if (choice.Score > best.Score) best = choice;
        }

        node.Choice = best;
    }
}

namespace CreditWorkbench.Core.Training;

/// <summary>Grows trees of a forest, one at a time; each thread has a grower of its own.</summary>
/// <remarks>Every node draws its own columns, so histograms are built for these alone and never by subtraction.</remarks>
internal sealed class ForestGrower<TSum, TCriterion>(BinnedMatrix matrix, ColumnRule[] rules, ForestSettings settings, TCriterion criterion)
    where TSum : unmanaged, ISplitSum<TSum>
    where TCriterion : struct, ISplitCriterion<TSum>
{
    private readonly RowPartition _partition = new(matrix.Rows);
    private readonly TSum[] _sums = new TSum[matrix.Rows];
    private readonly int[] _order = new int[rules.Length];
    private readonly int[] _drawn = new int[settings.ColumnsPerNode > 0 ? Math.Min(settings.ColumnsPerNode, rules.Length) : Math.Max(1, (int)Math.Sqrt(rules.Length))];
    private TSum[] _histogram = [];
    private int[] _times = [];

    /// <summary>Grows one tree.</summary>
    /// <param name="times">How often each row counts; rows at 0 are out of bag.</param>
    /// <param name="sumOf">What a row adds: row and times to sums.</param>
    /// <param name="random">The tree's stream.</param>
    public GrownNode Grow(int[] times, Func<int, int, TSum> sumOf, RandomStream random)
    {
        _times = times;
        if (_histogram.Length == 0) _histogram = new TSum[_drawn.Length * (ColumnBins.MaxBins + 1)];
        for (var i = 0; i < _order.Length; i++) _order[i] = i;
        var (count, total) = (0, default(TSum));
        for (var row = 0; row < times.Length; row++)
        {
            if (times[row] == 0) continue;
            _partition.Rows[count++] = row;
            _sums[row] = sumOf(row, times[row]);
            total += _sums[row];
        }

        var root = new GrownNode();
        Grow(root, 0, count, total, NodeBounds.None, 0, random);
        return root;
    }

    private void Grow(GrownNode node, int begin, int end, TSum total, NodeBounds bounds, int depth, RandomStream random)
    {
        var choice = depth < settings.Depth && end - begin >= settings.MinSplit ? BestSplit(begin, end, total, bounds, random) : new SplitChoice<TSum>(0);
        if (choice.Column < 0)
        {
            node.Value = bounds.Clamp(criterion.Value(total));
            foreach (var row in _partition.Rows.AsSpan(begin, end - begin)) node.Cover += _times[row];
            return;
        }

        node.Split(choice);
        var middle = _partition.Split(matrix, choice.Column, choice.LeftBins, begin, end);
        var (leftBounds, rightBounds) = choice.ChildBounds(bounds);
        Grow(node.Left!, begin, middle, choice.Left, leftBounds, depth + 1, random);
        Grow(node.Right!, middle, end, total - choice.Left, rightBounds, depth + 1, random);
    }

    /// <summary>Looks at the first columns of a random order, then on until one can be split.</summary>
    private SplitChoice<TSum> BestSplit(int begin, int end, TSum total, NodeBounds bounds, RandomStream random)
    {
        var own = criterion.Score(total);
        var best = new SplitChoice<TSum>(own + 1e-9 * Math.Abs(own));
        var looked = 0;
        while (looked < _order.Length && best.Column < 0)
        {
            var batch = looked == 0 ? _drawn.Length : 1;
            for (var i = 0; i < batch; i++, looked++)
            {
                var pick = looked + random.NextInt(_order.Length - looked);
                (_order[looked], _order[pick]) = (_order[pick], _order[looked]);
                _drawn[i] = _order[looked];
            }

            Consider(_drawn.AsSpan(0, batch), begin, end, total, bounds, ref best);
        }

        return best;
    }

    private void Consider(Span<int> columns, int begin, int end, TSum total, NodeBounds bounds, ref SplitChoice<TSum> best)
    {
        const int width = ColumnBins.MaxBins + 1;
        Array.Clear(_histogram, 0, columns.Length * width);
        foreach (var row in _partition.Rows.AsSpan(begin, end - begin))
        {
            var line = matrix.Bins.AsSpan(row * matrix.Stride, matrix.Stride);
            var sum = _sums[row];
            for (var i = 0; i < columns.Length; i++) _histogram[i * width + line[columns[i]]] += sum;
        }

        for (var i = 0; i < columns.Length; i++)
        {
            var bins = matrix.Mapper.Columns[columns[i]];
            new SplitSearch<TSum, TCriterion>(columns[i], bins, rules[columns[i]], _histogram.AsSpan(i * width, bins.Total), total, criterion, bounds).Improve(ref best);
        }
    }
}

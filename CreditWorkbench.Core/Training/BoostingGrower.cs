using System.Collections.Concurrent;
using System.Runtime.Intrinsics.X86;

namespace CreditWorkbench.Core.Training;

/// <summary>Grows one boosted tree at a time, level by level or leaf by leaf.</summary>
/// <remarks>Large nodes are worked on by all threads, small ones are handed out whole with all that grows below them. Neither changes
/// a bit of the result: sums are whole numbers and every node is decided on its own sums alone. Bounds come from the tests above a
/// node only, so they do not depend on the order in which leaves are split.</remarks>
internal sealed class BoostingGrower(
    BinnedMatrix matrix, ColumnRule[] rules, ColumnMeetings? meetings, BoostingSettings settings, Crew crew, CancellationToken cancellation)
{
    /// <summary>Depth-wise, nodes with fewer rows, or with less than this part of the tree's rows, are handed out whole.</summary>
    private const int SharedRows = 8_192;
    private const int SharedPart = 4;

    /// <summary>Subtrees with more bytes of bins, and at least two more levels to grow, move to a space of their own.</summary>
    private const int GatheredBytes = 1 << 18;

    private const int Ahead = 32;

    /// <summary>Leaf-wise, nodes with fewer cells are split by one thread.</summary>
    private const int SharedCells = 32_768;

    private readonly SplitSeeker _seeker = new(matrix.Mapper, rules, meetings, settings, crew);
    private readonly RowSpace _all = new(matrix);
    private readonly ConcurrentBag<RowSpace> _idle = [];
    private double[]? _weights;
    private float[] _margins = [];

    /// <summary>Row numbers; what lies behind the rows of a tree is left alone.</summary>
    public int[] Rows => _all.Partition.Rows;

    /// <summary>Grows a tree and adds its values, times the learning rate, to the margins of its rows.</summary>
    /// <param name="count">Number of rows that the tree sees, rising at the front of <see cref="Rows"/>; they come out in another order.</param>
    /// <param name="columns">Columns that it may test, rising.</param>
    /// <param name="sums">Packed gradient and hessian per row.</param>
    /// <param name="criterion">Gain at this round's fixed-point units.</param>
    /// <param name="weights">Row weights, or null for ones: the cover.</param>
    /// <param name="margins">Margin per row; rows seen are moved on.</param>
    public GrownNode Grow(int count, int[] columns, GradientSum[] sums, GradientCriterion criterion, double[]? weights, float[] margins)
    {
        (_weights, _margins) = (weights, margins);
        _all.Sums = sums;
        _seeker.Begin(columns, criterion);
        var root = _seeker.Root(count, _all);
        if (settings.MaxLeaves == 0) GrowByDepth(root);
        else GrowByGain(root);
        return root.Node;
    }

    private void GrowByDepth(OpenNode root)
    {
        var sharedRows = Math.Max(SharedRows, root.Rows / SharedPart);
        var open = new Stack<OpenNode>([root]);
        var handedOut = new List<OpenNode>();
        while (open.TryPop(out var node))
        {
            cancellation.ThrowIfCancellationRequested();
            var isSmall = node.Choice.Column < 0 || node.Rows < sharedRows || node.Depth + 1 == settings.Depth;
            if (isSmall)
            {
                handedOut.Add(node);
                continue;
            }

            var (left, right) = Expand(node, _all, true);
            open.Push(right);
            open.Push(left);
        }

        handedOut.Sort((a, b) => a.Rows != b.Rows ? b.Rows.CompareTo(a.Rows) : a.Begin.CompareTo(b.Begin));
        crew.Over(handedOut.Count, i => GrowSubtree(handedOut[i], root.Rows / SharedPart));
    }

    /// <summary>Grows what hangs below a node on one thread, near its rows' copies where that pays.</summary>
    private void GrowSubtree(OpenNode node, int mostRows)
    {
        if (node.Choice.Column < 0 || node.Depth + 2 >= settings.Depth || node.Rows > mostRows || (long)node.Rows * matrix.Stride < GatheredBytes)
        {
            GrowAlone(node, _all);
            return;
        }

        var space = _idle.TryTake(out var used) ? used : _all.Smaller(mostRows);
        space.Gather(_all, node.Begin, node.End);
        GrowAlone(node.AtFront(), space);
        _idle.Add(space);
    }

    private void GrowAlone(OpenNode node, RowSpace space)
    {
        cancellation.ThrowIfCancellationRequested();
        if (node.Choice.Column < 0)
        {
            Finish(node, space);
            return;
        }

        if (node.Depth + 1 == settings.Depth)
        {
            FinishPair(node, space);
            return;
        }

        var (left, right) = Expand(node, space, false);
        GrowAlone(left, space);
        GrowAlone(right, space);
    }

    /// <summary>Splits the leaf that gains most; of equal gains the one that was opened first.</summary>
    private void GrowByGain(OpenNode root)
    {
        var leaves = new List<OpenNode>();
        var open = new PriorityQueue<OpenNode, (double, int)>();
        var opened = 0;
        Open(root);
        while (open.TryDequeue(out var node, out _))
        {
            cancellation.ThrowIfCancellationRequested();
            if (leaves.Count + open.Count + 2 > settings.MaxLeaves)
            {
                leaves.Add(node);
                continue;
            }

            var isLast = leaves.Count + open.Count + 2 == settings.MaxLeaves;
            var (left, right) = Expand(node, _all, (long)node.Rows * rules.Length >= SharedCells, isLast);
            Open(left);
            Open(right);
        }

        crew.Over(leaves.Count, i => Finish(leaves[i], _all));

        void Open(OpenNode node)
        {
            if (node.Choice.Column < 0) leaves.Add(node);
            else open.Enqueue(node, (-node.Gain, opened++));
        }
    }

    /// <summary>Makes a node's split and finds its children's.</summary>
    private (OpenNode Left, OpenNode Right) Expand(OpenNode node, RowSpace space, bool shared, bool childrenAreLeaves = false)
    {
        var choice = node.Choice;
        node.Node.Split(choice);
        var middle = shared
            ? space.Partition.Split(space.Matrix, choice.Column, choice.LeftBins, node.Begin, node.End, crew)
            : space.Partition.Split(space.Matrix, choice.Column, choice.LeftBins, node.Begin, node.End);
        var (leftBounds, rightBounds) = choice.ChildBounds(node.Bounds);
        var path = meetings?.After(node.Path, choice.Column);
        var left = new OpenNode { Node = node.Node.Left!, Begin = node.Begin, End = middle, Depth = node.Depth + 1, Sum = choice.Left, Bounds = leftBounds, Path = path };
        var right = new OpenNode { Node = node.Node.Right!, Begin = middle, End = node.End, Depth = node.Depth + 1, Sum = node.Sum - choice.Left, Bounds = rightBounds, Path = path };
        if (childrenAreLeaves || left.Depth == settings.Depth) _seeker.Release(node);
        else _seeker.Seek(node, left, right, space, shared);
        return (left, right);
    }

    private void Finish(OpenNode node, RowSpace space)
    {
        _seeker.Release(node);
        var value = settings.LearningRate * node.Bounds.Clamp(_seeker.Criterion.Value(node.Sum));
        var cover = 0.0;
        var step = (float)value;
        foreach (var row in space.Partition.Rows.AsSpan(node.Begin, node.Rows))
        {
            var name = space.NameOf(row);
            _margins[name] += step;
            if (_weights is not null) cover += _weights[name];
        }

        (node.Node.Value, node.Node.Cover) = (value, _weights is null ? node.Rows : cover);
    }

    /// <summary>Splits a node into two leaves without moving its rows.</summary>
    private void FinishPair(OpenNode node, RowSpace space)
    {
        _seeker.Release(node);
        var choice = node.Choice;
        node.Node.Split(choice);
        var (leftBounds, rightBounds) = choice.ChildBounds(node.Bounds);
        var (left, right) = (node.Node.Left!, node.Node.Right!);
        left.Value = settings.LearningRate * leftBounds.Clamp(_seeker.Criterion.Value(choice.Left));
        right.Value = settings.LearningRate * rightBounds.Clamp(_seeker.Criterion.Value(node.Sum - choice.Left));
        Span<float> steps = stackalloc float[ColumnBins.MaxBins + 1];
        for (var bin = 0; bin < steps.Length; bin++) steps[bin] = (float)(choice.LeftBins.Contains(bin) ? left.Value : right.Value);
        Span<byte> goesLeft = stackalloc byte[ColumnBins.MaxBins + 1];
        choice.LeftBins.Spread(goesLeft);
        var rows = space.Partition.Rows.AsSpan(node.Begin, node.Rows);
        if (_weights is null)
        {
            var lefts = MoveOn(space, rows, choice.Column, steps, goesLeft);
            (left.Cover, right.Cover) = (lefts, rows.Length - lefts);
            return;
        }

        foreach (var row in rows)
        {
            var (bin, name) = (space.Matrix.Bins[(long)row * matrix.Stride + choice.Column], space.NameOf(row));
            _margins[name] += steps[bin];
            if (goesLeft[bin] != 0) left.Cover += _weights[name];
            else right.Cover += _weights[name];
        }
    }

    private unsafe int MoveOn(RowSpace space, ReadOnlySpan<int> rows, int column, ReadOnlySpan<float> steps, ReadOnlySpan<byte> goesLeft)
    {
        nint stride = matrix.Stride;
        var lefts = 0;
        fixed (byte* bins = &space.Matrix.Bins[column], isLeft = goesLeft)
        fixed (float* margins = _margins, step = steps)
        fixed (int* row = rows, names = space.Names)
        {
            for (var i = 0; i < rows.Length; i++)
            {
                if (Sse.IsSupported && i + Ahead < rows.Length)
                {
                    var next = row[i + Ahead];
                    Sse.Prefetch0(bins + next * stride);
                    Sse.Prefetch0(margins + (names == null ? next : names[next]));
                }

                var bin = bins[row[i] * stride];
                margins[names == null ? row[i] : names[row[i]]] += step[bin];
                lefts += isLeft[bin];
            }
        }

        return lefts;
    }
}

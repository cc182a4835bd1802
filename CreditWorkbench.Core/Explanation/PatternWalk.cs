namespace CreditWorkbench.Core.Explanation;

/// <summary>Walks trees with the codes of a tile of rows: at each subtree stand the rows' patterns. Scratch of one thread.</summary>
internal abstract class PatternWalk
{
    private const int Own = Subtree.Width;
    private const int Stride = TileExplainer.MaxRows;

    private readonly byte[] _levels = new byte[(Subtree.Width + 1) * Stride];
    private readonly bool _vectors;

    /// <summary>A walk.</summary>
    /// <param name="plan">Whose trees.</param>
    /// <param name="vectors">False for the scalar twin.</param>
    protected PatternWalk(PatternPlan plan, bool vectors) => (Plan, _vectors) = (plan, vectors);

    /// <summary>Whose trees are walked.</summary>
    protected PatternPlan Plan { get; }

    /// <summary>Walks one tree.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="codes">Shape [columns x stride].</param>
    /// <param name="stride">Bytes from one column to the next.</param>
    /// <param name="first">First row of the tile within a column.</param>
    /// <param name="rows">Rows of the tile, at most <see cref="TileExplainer.MaxRows"/>; a column has them rounded up to
    /// <see cref="NodeTests.RowStep"/>.</param>
    protected void Walk(int tree, ReadOnlySpan<byte> codes, int stride, int first, int rows)
    {
        var book = Plan.Codes;
        var padded = (rows + NodeTests.RowStep - 1) & -NodeTests.RowStep;
        foreach (ref readonly var step in Plan.Steps.AsSpan(Plan.TreeStep[tree], Plan.TreeStep[tree + 1] - Plan.TreeStep[tree]))
        {
            var patterns = _levels.AsSpan(step.Depth * Stride, padded);
            if (step.Subtree < 0)
            {
                var column = codes.Slice(book.NodeColumn[step.Node] * stride + first, padded);
                NodeTests.Run(book, step.Node, column, (byte)(1 << step.Depth), patterns, _levels.AsSpan((step.Depth + 1) * Stride, padded), _vectors);
                continue;
            }

            ref readonly var subtree = ref Plan.Subtrees[step.Subtree];
            var own = _levels.AsSpan(Own * Stride, padded);
            for (int bit = subtree.Depth; bit < subtree.Bits; bit++)
            {
                var node = Plan.BitNode[step.Subtree * Subtree.Width + bit];
                NodeTests.Run(book, node, codes.Slice(book.NodeColumn[node] * stride + first, padded), (byte)(1 << bit), patterns, own, _vectors);
                patterns = own;
            }

            AtSubtree(step.Subtree, patterns);
        }
    }

    /// <summary>Called at each subtree, in the plan's order.</summary>
    /// <param name="number">The subtree.</param>
    /// <param name="patterns">Patterns of the tile's rows, and of the rows that round them up.</param>
    protected abstract void AtSubtree(int number, ReadOnlySpan<byte> patterns);
}

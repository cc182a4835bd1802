using CreditWorkbench.Core.Features;

namespace CreditWorkbench.Core.Explanation;

/// <summary>Works out the path-dependent values of tiles of rows by quadrature. Scratch of one thread.</summary>
internal sealed unsafe class QuadratureWalker
{
    // A tree's steps and constants stay in the cache for as many rows.
    private const int MaxTileRows = 512;
    private const int WordRows = 64;

    private readonly QuadratureForest _forest;
    private readonly QuadratureKernels _kernels;
    private readonly RowCodes _codes;
    private readonly AlignedTable<ulong> _outcomes;
    private readonly AlignedTable<float> _sums;
    private readonly AlignedTable<float> _pairs;
    private readonly ulong[] _left;

    /// <summary>Takes scratch memory.</summary>
    /// <param name="forest">The ensemble.</param>
    /// <param name="width">Rows per vector.</param>
    public QuadratureWalker(QuadratureForest forest, LaneWidth width)
    {
        _forest = forest;
        _kernels = new QuadratureKernels(width, forest.Depth);
        var pairs = forest.Pairs?.Count ?? 0;
        TileRows = MaxTileRows;
        while (pairs * TileRows > 1 << 18 && TileRows > WordRows) TileRows /= 2;
        _codes = new RowCodes(forest.Coder, TileRows);
        _outcomes = new AlignedTable<ulong>(forest.Tests * (TileRows / WordRows));
        _sums = new AlignedTable<float>(forest.Ensemble.FeatureCount * TileRows);
        _pairs = new AlignedTable<float>(pairs * TileRows);
        _left = new ulong[TileRows / WordRows];
    }

    /// <summary>Rows of a tile at most.</summary>
    public int TileRows { get; }

    /// <summary>Rows that lie side by side: the step from one column of a row to the next.</summary>
    public int Stride => _kernels.Rows;

    /// <summary>Values of a row of the last tile, in q before the weight of a leaf: feature i at i x <see cref="Stride"/>.</summary>
    public ReadOnlySpan<float> Sums(int row) => From(_sums, _forest.Ensemble.FeatureCount, row);

    /// <summary>Interaction indices of a row of the last tile, in q before the weight of a leaf: pair p at p x <see cref="Stride"/>.</summary>
    public ReadOnlySpan<float> PairSums(int row) => From(_pairs, _forest.Pairs?.Count ?? 0, row);

    /// <summary>Works out a tile.</summary>
    /// <param name="rows">All rows.</param>
    /// <param name="first">First row of the tile.</param>
    /// <param name="count">Rows, at most <see cref="TileRows"/>.</param>
    public void Run(FeatureMatrix rows, int first, int count)
    {
        _codes.Fill(rows, first, count);
        _sums.Slice(0, _sums.Length).Clear();
        _pairs.Slice(0, _pairs.Length).Clear();
        var (features, pairs) = (_forest.Ensemble.FeatureCount, _forest.Pairs?.Count ?? 0);
        foreach (var tree in _forest.Trees)
        {
            if (tree.Steps.Length == 0) continue;
            SetOutcomes(tree);
            var kernel = _kernels.Of(tree);
            kernel.Prepare(tree);
            for (var row = 0; row < count; row += _kernels.Rows)
            {
                var outcomes = _outcomes.Pointer + row / WordRows * tree.TestNode.Length;
                kernel.Walk(outcomes, row % WordRows, _sums.Pointer + row * features, pairs == 0 ? null : _pairs.Pointer + row * pairs);
            }
        }
    }

    // Word by word, so that the walk of 64 rows reads one short stretch.
    private void SetOutcomes(QuadratureTree tree)
    {
        var left = _left.AsSpan(0, _codes.Words);
        for (var test = 0; test < tree.TestNode.Length; test++)
        {
            NodeOutcomes.Of(_forest.Ensemble, _forest.Coder, _codes, tree.TestNode[test], left);
            var flip = tree.TestIsRight[test] ? ulong.MaxValue : 0;
            for (var word = 0; word < left.Length; word++) _outcomes.Pointer[word * tree.TestNode.Length + test] = left[word] ^ flip;
        }
    }

    // Shape [groups of rows x columns x rows of a group].
    private ReadOnlySpan<float> From(AlignedTable<float> table, int columns, int row)
    {
        var (group, inGroup) = Math.DivRem(row, Stride);
        var size = columns * Stride;
        return table.Slice(group * size, size)[Math.Min(inGroup, size)..];
    }
}

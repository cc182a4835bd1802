using System.Runtime.Intrinsics;
using CreditWorkbench.Core.Features;

namespace CreditWorkbench.Core.Explanation;

/// <summary>Works out the path-dependent values of tiles of rows by quadrature. Scratch of one thread.</summary>
internal sealed unsafe class QuadratureWalker
{
    // A tree's steps and constants stay in the cache for as many rows.
    private const int MaxTileRows = 512;
    private const int WordRows = 64;

    private readonly QuadratureForest _forest;
    private readonly IQuadratureKernel _kernel;
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
        _kernel = Kernel(width, forest.Depth);
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

    /// <summary>Values of the last tile, in q before the weight of a leaf.</summary>
    public float Sum(int row, int feature) => *At(_sums, _forest.Ensemble.FeatureCount, row, feature);

    /// <summary>Interaction indices of the last tile, in q before the weight of a leaf.</summary>
    public float PairSum(int row, int pair) => *At(_pairs, _forest.Pairs!.Count, row, pair);

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
            _kernel.Prepare(tree);
            for (var row = 0; row < count; row += _kernel.Rows)
            {
                var outcomes = _outcomes.Pointer + row / WordRows * tree.TestNode.Length;
                _kernel.Walk(outcomes, row % WordRows, _sums.Pointer + row * features, pairs == 0 ? null : _pairs.Pointer + row * pairs);
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
    private float* At(AlignedTable<float> table, int columns, int row, int column)
    {
        var group = _kernel.Rows;
        return table.Pointer + (row / group * columns + column) * group + row % group;
    }

    private static IQuadratureKernel Kernel(LaneWidth width, int depth) => width switch
    {
        LaneWidth.Scalar => new QuadratureKernel<ScalarLanes, float>(depth, 1),
        LaneWidth.Bits128 => new QuadratureKernel<Lanes128, Vector128<float>>(depth, 16),
        LaneWidth.Bits256 => new QuadratureKernel<Lanes256, Vector256<float>>(depth, 32),
        _ => new QuadratureKernel<Lanes512, Vector512<float>>(depth, 32),
    };
}

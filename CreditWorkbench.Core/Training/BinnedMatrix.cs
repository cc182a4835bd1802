using System.Numerics;
using CreditWorkbench.Core.Features;

namespace CreditWorkbench.Core.Training;

/// <summary>Training rows as bins, row-major: a row's bins lie next to each other, so that a node's rows are read line by line.</summary>
internal sealed class BinnedMatrix
{
    private const int TileRows = 1024;

    private BinnedMatrix(BinMapper mapper, int rows, int stride, byte[] bins) => (Mapper, Rows, Stride, Bins) = (mapper, rows, stride, bins);

    /// <summary>The bins' meaning.</summary>
    public BinMapper Mapper { get; }

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>Bytes from one row to the next: at least the number of columns, and such that a row seldom lies across two cache lines.</summary>
    public int Stride { get; }

    /// <summary>Bin of (row, column) at <c>row * Stride + column</c>; 0 between rows.</summary>
    public byte[] Bins { get; }

    /// <summary>Room for other rows of the same columns.</summary>
    public BinnedMatrix Empty(int rows) => new(Mapper, rows, Stride, GC.AllocateUninitializedArray<byte>(rows * Stride));

    /// <summary>Bins every cell of a matrix; O(cells x log bins).</summary>
    public static BinnedMatrix Of(FeatureMatrix features, BinMapper mapper, int threads, CancellationToken cancellation)
    {
        var stride = StrideOf(mapper.Columns.Length, features.Rows);
        var bins = new byte[(long)features.Rows * stride];
        var tiles = (features.Rows + TileRows - 1) / TileRows;
        Work.Over(tiles, threads, tile =>
        {
            var (first, end) = (tile * TileRows, Math.Min(features.Rows, (tile + 1) * TileRows));
            for (var column = 0; column < mapper.Columns.Length; column++)
            {
                var slots = bins.AsSpan(first * stride + column, (end - first - 1) * stride + 1);
                mapper.Columns[column].Fill(features.Column(column)[first..end], slots, stride);
            }
        }, cancellation);
        return new BinnedMatrix(mapper, features.Rows, stride, bins);
    }

    private static int StrideOf(int columns, int rows)
    {
        var stride = columns <= 32 ? (int)BitOperations.RoundUpToPowerOf2((uint)columns) : (columns + 15) & ~15;
        return (long)stride * rows <= Array.MaxLength ? stride : columns;
    }
}

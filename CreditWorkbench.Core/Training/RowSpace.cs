using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace CreditWorkbench.Core.Training;

/// <summary>Where the rows of nodes are parted: their bins, their gradients and their order. A tree grows in the space of all rows; a
/// large subtree that one thread grows moves to a space of its own, in which its rows lie next to each other.</summary>
internal sealed class RowSpace
{
    private const int Ahead = 16;

    private readonly int[]? _names;

    /// <summary>The space of all rows.</summary>
    public RowSpace(BinnedMatrix matrix) => (Matrix, Partition) = (matrix, new RowPartition(matrix.Rows));

    private RowSpace(BinnedMatrix matrix, GradientSum[] sums, int[] names) =>
        (Matrix, Sums, Partition, _names) = (matrix, sums, new RowPartition(matrix.Rows), names);

    /// <summary>Bins of the rows.</summary>
    public BinnedMatrix Matrix { get; }

    /// <summary>Gradient and hessian per row.</summary>
    public GradientSum[] Sums { get; set; } = [];

    /// <summary>Order of the rows.</summary>
    public RowPartition Partition { get; }

    /// <summary>Number of each row in the space of all rows; empty there.</summary>
    public ReadOnlySpan<int> Names => _names;

    /// <summary>A space for some rows of another.</summary>
    /// <param name="capacity">Most rows.</param>
    public RowSpace Smaller(int capacity) => new(Matrix.Empty(capacity), GC.AllocateUninitializedArray<GradientSum>(capacity), GC.AllocateUninitializedArray<int>(capacity));

    /// <summary>Number of a row in the space of all rows.</summary>
    public int NameOf(int row) => _names is null ? row : _names[row];

    /// <summary>Takes the rows of a range of the space of all rows.</summary>
    public unsafe void Gather(RowSpace all, int begin, int end)
    {
        var stride = Matrix.Stride;
        var rows = all.Partition.Rows.AsSpan(begin, end - begin);
        rows.CopyTo(_names);
        fixed (byte* from = all.Matrix.Bins, to = Matrix.Bins)
        fixed (GradientSum* sums = all.Sums)
        {
            for (var i = 0; i < rows.Length; i++)
            {
                if (Sse.IsSupported && i + Ahead < rows.Length)
                {
                    Sse.Prefetch0(from + (nint)rows[i + Ahead] * stride);
                    Sse.Prefetch0(sums + rows[i + Ahead]);
                }

                Buffer.MemoryCopy(from + (nint)rows[i] * stride, to + (nint)i * stride, stride, stride);
                Sums[i] = sums[rows[i]];
                Partition.Rows[i] = i;
            }
        }
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CreditWorkbench.Core.Training;

/// <summary>Adds rows up per bin of several columns. Sums are whole numbers, so any order of rows gives the same histogram.</summary>
internal static class Histogram
{
    /// <summary>Adds rows to a histogram.</summary>
    /// <param name="matrix">Bins of all rows.</param>
    /// <param name="rows">Rows of the node.</param>
    /// <param name="sums">What each row of the matrix adds.</param>
    /// <param name="columns">Columns to add up.</param>
    /// <param name="offsets">First bin in the histogram of each of those columns; same length.</param>
    /// <param name="histogram">Added to.</param>
    public static void Add<TSum>(BinnedMatrix matrix, ReadOnlySpan<int> rows, TSum[] sums, int[] columns, int[] offsets, TSum[] histogram)
        where TSum : unmanaged, ISplitSum<TSum>
    {
        ref var bins = ref MemoryMarshal.GetArrayDataReference(matrix.Bins);
        ref var target = ref MemoryMarshal.GetArrayDataReference(histogram);
        nint stride = matrix.Stride;
        foreach (var row in rows)
        {
            var sum = sums[row];
            ref var line = ref Unsafe.Add(ref bins, row * stride);
            for (var i = 0; i < columns.Length; i++)
            {
                ref var slot = ref Unsafe.Add(ref target, offsets[i] + Unsafe.Add(ref line, columns[i]));
                slot += sum;
            }
        }
    }

    /// <summary>Leaves the sibling's histogram where the parent's was.</summary>
    public static void Subtract<TSum>(TSum[] parent, TSum[] child) where TSum : unmanaged, ISplitSum<TSum>
    {
        for (var i = 0; i < parent.Length; i++) parent[i] -= child[i];
    }

    /// <summary>Adds one histogram to another.</summary>
    public static void Merge<TSum>(TSum[] target, TSum[] other) where TSum : unmanaged, ISplitSum<TSum>
    {
        for (var i = 0; i < target.Length; i++) target[i] += other[i];
    }
}

/// <summary>Histograms of one size, lent and given back; safe for several threads.</summary>
internal sealed class HistogramPool<TSum>(int bins) where TSum : unmanaged, ISplitSum<TSum>
{
    private readonly Stack<TSum[]> _free = new();

    /// <summary>A histogram of zeros.</summary>
    public TSum[] Rent()
    {
        lock (_free)
        {
            if (!_free.TryPop(out var histogram)) return new TSum[bins];
            Array.Clear(histogram);
            return histogram;
        }
    }

    /// <summary>Takes a histogram back.</summary>
    public void Return(TSum[] histogram)
    {
        lock (_free) _free.Push(histogram);
    }
}

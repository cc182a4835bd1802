using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CreditWorkbench.Core.Explanation;

/// <summary>Adds the table rows of a batch to the players' sums. Each sum has its additions in one order, whichever way they are done
/// and however many tables are added at once, so that the bits are the same.</summary>
internal static unsafe class TableAdders
{
    private const int Width = Subtree.Width;

    // Bits of the first n lanes, for n of 0 to 8.
    private static readonly Vector512<double>[] _first =
        [.. Enumerable.Range(0, Width + 1).Select(lanes => Vector512.LessThan(Vector512<long>.Indices, Vector512.Create((long)lanes)).AsDouble())];

    /// <summary>One table.</summary>
    /// <param name="lanes">Where lanes go.</param>
    /// <param name="kept">Lanes of the batch's subtrees that go on.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="rows">Row of the table of each subtree of the batch.</param>
    /// <param name="table">The table.</param>
    /// <param name="lines">Scratch, shape [subtrees x 8].</param>
    /// <param name="sums">Added to; shape [slots].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddOne(LaneSums lanes, ReadOnlySpan<byte> kept, int batch, int* rows, double* table, double* lines, double* sums)
    {
        var running = Vector512<double>.Zero;
        fixed (Vector512<double>* first = _first)
        {
            for (var i = 0; i < kept.Length; i++)
            {
                running += Vector512.Load(table + (nuint)(uint)rows[i] * Width);
                running.Store(lines + (nuint)(uint)i * Width);
                running &= first[kept[i]];
            }
        }

        fixed (ushort* source = lanes.Source, slot = lanes.Slot)
        {
            var end = source + lanes.BatchEntry[batch + 1];
            ushort* at = source + lanes.BatchEntry[batch], to = slot + lanes.BatchEntry[batch];
            for (; at < end; at++, to++) sums[*to] += lines[*at];
        }
    }

    /// <summary>Two tables, whose sums lie side by side.</summary>
    /// <param name="lanes">Where lanes go.</param>
    /// <param name="kept">Lanes of the batch's subtrees that go on.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="rows">Row of both tables of each subtree of the batch.</param>
    /// <param name="one">A table.</param>
    /// <param name="other">The other.</param>
    /// <param name="lines">Scratch, shape [subtrees x 8 x 2].</param>
    /// <param name="sums">Added to; shape [slots x 2].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddTwo(LaneSums lanes, ReadOnlySpan<byte> kept, int batch, int* rows, double* one, double* other, double* lines, double* sums)
    {
        var (running, beside) = (Vector512<double>.Zero, Vector512<double>.Zero);
        fixed (Vector512<double>* first = _first)
        {
            for (var i = 0; i < kept.Length; i++)
            {
                running += Vector512.Load(one + (nuint)(uint)rows[i] * Width);
                beside += Vector512.Load(other + (nuint)(uint)rows[i] * Width);
                StoreInPairs(running, beside, lines + i * 2 * Width);
                running &= first[kept[i]];
                beside &= first[kept[i]];
            }
        }

        fixed (ushort* source = lanes.Source, slot = lanes.Slot)
        {
            var end = lanes.BatchEntry[batch + 1];
            for (var i = lanes.BatchEntry[batch]; i < end; i++)
            {
                var to = sums + 2 * (nuint)slot[i];
                (Vector128.Load(to) + Vector128.Load(lines + 2 * (nuint)source[i])).Store(to);
            }
        }
    }

    /// <summary>Scalar twin of both: one of several tables whose sums lie side by side.</summary>
    /// <param name="lanes">Where lanes go.</param>
    /// <param name="kept">Lanes of the batch's subtrees that go on.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="rows">Row of the table of each subtree of the batch.</param>
    /// <param name="table">The table.</param>
    /// <param name="lines">Scratch, shape [subtrees x 8].</param>
    /// <param name="sums">The table's first sum.</param>
    /// <param name="step">Number of tables.</param>
    public static void AddScalar(LaneSums lanes, ReadOnlySpan<byte> kept, int batch, int* rows, double* table, double* lines, double* sums, int step)
    {
        Span<double> running = stackalloc double[Width];
        running.Clear();
        for (var i = 0; i < kept.Length; i++)
        {
            for (var lane = 0; lane < Width; lane++) lines[i * Width + lane] = running[lane] += table[(nint)rows[i] * Width + lane];
            running[kept[i]..].Clear();
        }

        for (var i = lanes.BatchEntry[batch]; i < lanes.BatchEntry[batch + 1]; i++) sums[lanes.Slot[i] * step] += lines[lanes.Source[i]];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreInPairs(Vector512<double> one, Vector512<double> other, double* to)
    {
        if (Avx512F.IsSupported)
        {
            Avx512F.PermuteVar8x64x2(one, Vector512.Create(0L, 8, 1, 9, 2, 10, 3, 11), other).Store(to);
            Avx512F.PermuteVar8x64x2(one, Vector512.Create(4L, 12, 5, 13, 6, 14, 7, 15), other).Store(to + Width);
            return;
        }

        for (var lane = 0; lane < Width; lane++) Vector128.Create(one[lane], other[lane]).Store(to + 2 * lane);
    }
}

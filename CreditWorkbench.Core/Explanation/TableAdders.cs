using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CreditWorkbench.Core.Explanation;

/// <summary>Adds the table rows of a batch to the players' sums. Each sum has its additions in one order, whichever way they are done
/// and however many tables are added at once, so that the bits are the same. Meanwhile memory is asked for the rows of the next batch:
/// asked for all at once, they would wait for each other.</summary>
internal static unsafe class TableAdders
{
    private const int Width = Subtree.Width;

    /// <summary>One table.</summary>
    /// <param name="lanes">Places of the players.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="rows">Rows of the table, one of each subtree of the batch.</param>
    /// <param name="table">The table.</param>
    /// <param name="lines">Scratch, shape [subtrees x 8].</param>
    /// <param name="sums">Added to; shape [slots].</param>
    public static void AddOne(LaneSums lanes, int batch, in BatchRows rows, double* table, double* lines, double* sums)
    {
        fixed (byte* kept = lanes.Kept) RunOne(kept + rows.First, rows, table, lines);
        fixed (ushort* source = lanes.Source, slot = lanes.Slot)
            HandOne(source + lanes.BatchEntry[batch], source + lanes.BatchEntry[batch + 1], slot + lanes.BatchEntry[batch], lines, sums);
    }

    /// <summary>Two tables, whose sums lie side by side.</summary>
    /// <param name="lanes">Places of the players.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="rows">Rows of both tables, one of each subtree of the batch.</param>
    /// <param name="one">A table.</param>
    /// <param name="other">The other.</param>
    /// <param name="lines">Scratch, shape [subtrees x 8 x 2].</param>
    /// <param name="sums">Added to; shape [slots x 2].</param>
    public static void AddTwo(LaneSums lanes, int batch, in BatchRows rows, double* one, double* other, double* lines, double* sums)
    {
        fixed (byte* kept = lanes.Kept) RunTwo(kept + rows.First, rows, one, other, lines);
        fixed (ushort* source = lanes.Source, slot = lanes.Slot)
            HandTwo(source + lanes.BatchEntry[batch], source + lanes.BatchEntry[batch + 1], slot + lanes.BatchEntry[batch], lines, sums);
    }

    /// <summary>Scalar twin of both: one of several tables whose sums lie side by side.</summary>
    /// <param name="lanes">Places of the players.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="rows">Rows of the table, one of each subtree of the batch.</param>
    /// <param name="table">The table.</param>
    /// <param name="lines">Scratch, shape [subtrees x 8].</param>
    /// <param name="sums">The table's first sum.</param>
    /// <param name="step">Number of tables.</param>
    public static void AddScalar(LaneSums lanes, int batch, in BatchRows rows, double* table, double* lines, double* sums, int step)
    {
        var running = stackalloc double[Width];
        for (var place = 0; place < Width; place++) running[place] = 0;
        for (var i = 0; i < rows.Count; i++)
        {
            for (var place = 0; place < Width; place++)
            {
                lines[i * Width + place] = running[place] += table[(nint)rows.Of[i] * Width + place];
                if ((lanes.Kept[rows.First + i] >> place & 1) == 0) running[place] = 0;
            }
        }

        for (var i = lanes.BatchEntry[batch]; i < lanes.BatchEntry[batch + 1]; i++) sums[lanes.Slot[i] * step] += lines[lanes.Source[i]];
    }

    // The loops stand by themselves, without a call beside them: vectors then stay in registers.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void RunOne(byte* kept, in BatchRows rows, double* table, double* lines)
    {
        int* row = rows.Of, next = rows.Next, end = row + rows.Count;
        var running = Vector512<double>.Zero;
        for (; row < end; row++, next++, kept++, lines += Width)
        {
            if (Sse.IsSupported) Sse.Prefetch0(table + (nuint)(uint)*next * Width);
            running += Vector512.Load(table + (nuint)(uint)*row * Width);
            running.Store(lines);
            running = Keep(running, MaskOf(*kept));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void RunTwo(byte* kept, in BatchRows rows, double* one, double* other, double* lines)
    {
        int* row = rows.Of, next = rows.Next, end = row + rows.Count;
        var (running, beside) = (Vector512<double>.Zero, Vector512<double>.Zero);
        for (; row < end; row++, next++, kept++, lines += 2 * Width)
        {
            var (place, nextPlace) = ((nuint)(uint)*row * Width, (nuint)(uint)*next * Width);
            if (Sse.IsSupported)
            {
                Sse.Prefetch0(one + nextPlace);
                Sse.Prefetch0(other + nextPlace);
            }

            running += Vector512.Load(one + place);
            beside += Vector512.Load(other + place);
            StoreInPairs(running, beside, lines);
            var mask = MaskOf(*kept);
            (running, beside) = (Keep(running, mask), Keep(beside, mask));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void HandOne(ushort* source, ushort* end, ushort* slot, double* lines, double* sums)
    {
        for (; source < end; source++, slot++) sums[*slot] += lines[*source];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void HandTwo(ushort* source, ushort* end, ushort* slot, double* lines, double* sums)
    {
        for (; source < end; source++, slot++)
        {
            var to = sums + 2 * (nuint)(*slot);
            (Vector128.Load(to) + Vector128.Load(lines + 2 * (nuint)(*source))).Store(to);
        }
    }

    // All bits at the places that the mask has.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<long> MaskOf(byte places)
    {
        var bits = Vector512.Create(1L, 2, 4, 8, 16, 32, 64, 128);
        return Vector512.Equals(Vector512.Create((long)places) & bits, bits);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Keep(Vector512<double> running, Vector512<long> mask) => Vector512.ConditionalSelect(mask.AsDouble(), running, Vector512<double>.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreInPairs(Vector512<double> one, Vector512<double> other, double* to)
    {
        if (Avx512F.IsSupported)
        {
            Avx512F.PermuteVar8x64x2(one, Vector512.Create(0L, 8, 1, 9, 2, 10, 3, 11), other).Store(to);
            Avx512F.PermuteVar8x64x2(one, Vector512.Create(4L, 12, 5, 13, 6, 14, 7, 15), other).Store(to + Width);
            return;
        }

        for (var place = 0; place < Width; place++) Vector128.Create(one[place], other[place]).Store(to + 2 * place);
    }
}

/// <summary>Where the rows of a batch stand in tables.</summary>
/// <param name="first">First subtree of the batch.</param>
/// <param name="count">Number of its subtrees.</param>
/// <param name="of">Row of each.</param>
/// <param name="next">Rows that are needed soon, as many.</param>
internal readonly unsafe struct BatchRows(int first, int count, int* of, int* next)
{
    /// <summary>First subtree of the batch.</summary>
    public int First { get; } = first;

    /// <summary>Number of its subtrees.</summary>
    public int Count { get; } = count;

    /// <summary>Row of each.</summary>
    public int* Of { get; } = of;

    /// <summary>Rows that are needed soon, as many.</summary>
    public int* Next { get; } = next;
}

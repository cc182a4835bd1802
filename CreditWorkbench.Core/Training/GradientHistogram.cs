using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace CreditWorkbench.Core.Training;

/// <summary>Adds packed gradients up per bin. A histogram has <see cref="Slots"/> slots for each column in turn.</summary>
/// <remarks>A histogram of 31 columns is larger than a first-level cache, so columns are taken 16 at a time over some thousand rows,
/// whose bins stay in the second level meanwhile. The next rows' lines are asked for ahead.</remarks>
internal static unsafe class GradientHistogram
{
    /// <summary>Slots per column: a bin is a byte.</summary>
    public const int Slots = 256;

    private const int TileColumns = 16;

    /// <summary>So many columns at the end of a row are taken as sixteen, where the row is long enough: the bytes behind them are 0.</summary>
    private const int PaddedColumns = 12;

    private const int BlockRows = 2048;
    private const int Ahead = 16;

    /// <summary>Slots of a histogram over so many columns, with room for whole tiles.</summary>
    public static int LengthFor(int columns) => (columns + TileColumns - 1) / TileColumns * TileColumns * Slots;

    /// <summary>Adds rows to a histogram.</summary>
    /// <param name="matrix">Bins of all rows.</param>
    /// <param name="rows">Rows of the node.</param>
    /// <param name="sums">What each row of the matrix adds.</param>
    /// <param name="columns">Columns to add up, rising.</param>
    /// <param name="histogram">Added to; at least columns x <see cref="Slots"/> slots; what lies behind
    /// those is of no meaning.</param>
    public static void Add(BinnedMatrix matrix, ReadOnlySpan<int> rows, GradientSum[] sums, int[] columns, GradientSum[] histogram)
    {
        if (histogram.Length < columns.Length * Slots) throw new ArgumentException("The histogram has too few slots.", nameof(histogram));
        fixed (byte* bins = matrix.Bins)
        fixed (int* row = rows, column = columns)
        fixed (GradientSum* sum = sums, target = histogram)
        {
            for (var first = 0; first < rows.Length; first += BlockRows)
            {
                var count = Math.Min(BlockRows, rows.Length - first);
                for (var tile = 0; tile < columns.Length; tile += TileColumns)
                {
                    var width = Math.Min(TileColumns, columns.Length - tile);
                    var slots = (long*)target + tile * Slots;
                    var successive = columns[tile + width - 1] - columns[tile] == width - 1;
                    var end = columns[tile] + TileColumns;
                    var isWhole = width == TileColumns || (width >= PaddedColumns && end <= matrix.Stride && (tile + TileColumns) * Slots <= histogram.Length);
                    if (successive && isWhole) AddTile(bins + columns[tile], matrix.Stride, row + first, count, (long*)sum, slots);
                    else if (successive) AddSuccessive(bins + columns[tile], matrix.Stride, row + first, count, (long*)sum, width, slots);
                    else AddListed(bins, matrix.Stride, row + first, count, (long*)sum, column + tile, width, slots);
                }
            }
        }
    }

    /// <summary>Turns the parent's slots of a column into the sibling's.</summary>
    public static void Subtract(Span<GradientSum> parent, ReadOnlySpan<GradientSum> child)
    {
        var left = MemoryMarshal.Cast<GradientSum, long>(parent);
        var right = MemoryMarshal.Cast<GradientSum, long>(child);
        var i = 0;
        for (; i <= left.Length - Vector<long>.Count; i += Vector<long>.Count) (new Vector<long>(left[i..]) - new Vector<long>(right[i..])).CopyTo(left[i..]);
        for (; i < left.Length; i++) left[i] -= right[i];
    }

    /// <summary>Adds the slots of one histogram to another's.</summary>
    public static void Merge(Span<GradientSum> target, ReadOnlySpan<GradientSum> other)
    {
        var left = MemoryMarshal.Cast<GradientSum, long>(target);
        var right = MemoryMarshal.Cast<GradientSum, long>(other);
        var i = 0;
        for (; i <= left.Length - Vector<long>.Count; i += Vector<long>.Count) (new Vector<long>(left[i..]) + new Vector<long>(right[i..])).CopyTo(left[i..]);
        for (; i < left.Length; i++) left[i] += right[i];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Ask(byte* bins, nint stride, int row, long* sums)
    {
        if (!Sse.IsSupported) return;
        Sse.Prefetch0(bins + row * stride);
        Sse.Prefetch0(sums + row);
    }

    /// <summary>The slot of a bin, written so that it becomes one address: base + 8 x bin + constant.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long* At(long* slots, int column, byte bin) => (long*)((byte*)slots + (nuint)bin * sizeof(long) + column * (Slots * sizeof(long)));

    /// <summary>Sixteen neighbouring columns: sixteen bins a row.</summary>
    private static void AddTile(byte* bins, nint stride, int* rows, int count, long* sums, long* slots)
    {
        for (var i = 0; i < count; i++)
        {
            if (i + Ahead < count) Ask(bins, stride, rows[i + Ahead], sums);
            var row = rows[i];
            var sum = sums[row];
            var line = bins + row * stride;
            AddEight(line, sum, slots);
            AddEight(line + 8, sum, slots + 8 * Slots);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddEight(byte* bins, long sum, long* slots)
    {
        *At(slots, 0, bins[0]) += sum;
        *At(slots, 1, bins[1]) += sum;
        *At(slots, 2, bins[2]) += sum;
        *At(slots, 3, bins[3]) += sum;
        *At(slots, 4, bins[4]) += sum;
        *At(slots, 5, bins[5]) += sum;
        *At(slots, 6, bins[6]) += sum;
        *At(slots, 7, bins[7]) += sum;
    }

    /// <summary>Fewer neighbouring columns.</summary>
    private static void AddSuccessive(byte* bins, nint stride, int* rows, int count, long* sums, int width, long* slots)
    {
        for (var i = 0; i < count; i++)
        {
            if (i + Ahead < count) Ask(bins, stride, rows[i + Ahead], sums);
            var row = rows[i];
            var sum = sums[row];
            var line = bins + row * stride;
            var slot = slots;
            var left = width;
            if (left >= 8)
            {
                AddEight(line, sum, slot);
                line += 8;
                slot += 8 * Slots;
                left -= 8;
            }

            if (left >= 4)
            {
                *At(slot, 0, line[0]) += sum;
                *At(slot, 1, line[1]) += sum;
                *At(slot, 2, line[2]) += sum;
                *At(slot, 3, line[3]) += sum;
                line += 4;
                slot += 4 * Slots;
                left -= 4;
            }

            for (; left > 0; left--, line++, slot += Slots) slot[*line] += sum;
        }
    }

    /// <summary>Columns with gaps, as a tree sees them that draws a share of the columns.</summary>
    private static void AddListed(byte* bins, nint stride, int* rows, int count, long* sums, int* columns, int width, long* slots)
    {
        for (var i = 0; i < count; i++)
        {
            if (i + Ahead < count) Ask(bins + columns[0], stride, rows[i + Ahead], sums);
            var row = rows[i];
            var sum = sums[row];
            var line = bins + row * stride;
            var slot = slots;
            var c = 0;
            for (; c <= width - 4; c += 4, slot += 4 * Slots)
            {
                *At(slot, 0, line[columns[c]]) += sum;
                *At(slot, 1, line[columns[c + 1]]) += sum;
                *At(slot, 2, line[columns[c + 2]]) += sum;
                *At(slot, 3, line[columns[c + 3]]) += sum;
            }

            for (; c < width; c++, slot += Slots) slot[line[columns[c]]] += sum;
        }
    }
}

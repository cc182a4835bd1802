using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CreditWorkbench.Core.Training;

/// <summary>The rows of one tree of a forest in one buffer, each node's next to each other and in rising order, and the passes over
/// them. Row, class and multiplicity travel together in one word, so a pass touches one line of bins per row and nothing else.</summary>
/// <remarks>Word: row in the low 32 bits, class in the next 8, times in the highest 24.</remarks>
internal sealed class ForestRows<TSum>(BinnedMatrix matrix) where TSum : unmanaged, IClassCounts<TSum>
{
    /// <summary>Cells of one column in a histogram: every bin that a byte can name.</summary>
    public const int Width = 256;

    private readonly ulong[] _rows = new ulong[matrix.Rows], _scratch = new ulong[matrix.Rows];
    private readonly byte[] _goesLeft = new byte[Width];

    /// <summary>Takes the rows of a bag.</summary>
    /// <param name="times">How often each row counts; shape [rows].</param>
    /// <param name="classes">Class of each row; shape [rows].</param>
    /// <param name="total">The bag's counts.</param>
    /// <returns>Number of distinct rows; they lie at 0 and on.</returns>
    public int Fill(byte[] times, byte[] classes, out TSum total)
    {
        var count = 0;
        total = default;
        for (var row = 0; row < times.Length; row++)
        {
            // Written in any case and kept when in the bag: a branch here is a coin toss.
            _rows[count] = (uint)row | (ulong)classes[row] << 32 | (ulong)times[row] << 40;
            count += times[row] > 0 ? 1 : 0;
            if (count == _rows.Length) break;
        }

        for (var slot = 0; slot < count; slot++) total += SumOf(_rows[slot]);
        return count;
    }

    /// <summary>Adds a node's rows to its histogram.</summary>
    /// <param name="begin">First slot.</param>
    /// <param name="end">Slot after the last.</param>
    /// <param name="columns">Columns to add up.</param>
    /// <param name="cells">Added to; <see cref="Width"/> cells per column, in the order of columns.</param>
    public void Add(int begin, int end, ReadOnlySpan<int> columns, Span<TSum> cells)
    {
        ref var bins = ref MemoryMarshal.GetArrayDataReference(matrix.Bins);
        ref var column = ref MemoryMarshal.GetReference(columns);
        ref var cell = ref MemoryMarshal.GetReference(cells[..(columns.Length * Width)]);
        nint stride = matrix.Stride;
        foreach (var word in _rows.AsSpan(begin, end - begin))
        {
            ref var line = ref Unsafe.Add(ref bins, (nint)(uint)word * stride);
            AddRow(ref line, ref column, columns.Length, ref cell, SumOf(word));
        }
    }

    /// <summary>Moves the rows whose bin is in a set to the front of a range and keeps the order on both sides.</summary>
    /// <param name="column">Column tested.</param>
    /// <param name="leftBins">Bins that go left.</param>
    /// <param name="begin">First slot of the range.</param>
    /// <param name="end">Slot after the last.</param>
    /// <returns>First slot of the right side.</returns>
    public int Split(int column, in BinSet leftBins, int begin, int end)
    {
        Spread(leftBins);
        ref var bins = ref MemoryMarshal.GetArrayDataReference(matrix.Bins);
        ref var goesLeft = ref MemoryMarshal.GetArrayDataReference(_goesLeft);
        ref var rows = ref MemoryMarshal.GetArrayDataReference(_rows);
        ref var scratch = ref MemoryMarshal.GetArrayDataReference(_scratch);
        nint stride = matrix.Stride;
        nint left = begin, right = 0;
        for (nint slot = begin; slot < end; slot++)
        {
            var word = Unsafe.Add(ref rows, slot);
            nint isLeft = Unsafe.Add(ref goesLeft, (nint)Unsafe.Add(ref bins, (nint)(uint)word * stride + column));
            Unsafe.Add(ref rows, left) = word;
            Unsafe.Add(ref scratch, right) = word;
            left += isLeft;
            right += 1 - isLeft;
        }

        Array.Copy(_scratch, 0, _rows, left, right);
        return (int)left;
    }

    /// <summary>The same, and adds each row to the histogram of its side in the same pass.</summary>
    /// <param name="column">Column tested.</param>
    /// <param name="leftBins">Bins that go left.</param>
    /// <param name="begin">First slot of the range.</param>
    /// <param name="end">Slot after the last.</param>
    /// <param name="columns">Columns of the left child, then as many of the right one.</param>
    /// <param name="cells">Added to; <see cref="Width"/> cells per column, in the order of columns.</param>
    /// <returns>First slot of the right side.</returns>
    public int SplitAndAdd(int column, in BinSet leftBins, int begin, int end, ReadOnlySpan<int> columns, Span<TSum> cells)
    {
        Spread(leftBins);
        ref var bins = ref MemoryMarshal.GetArrayDataReference(matrix.Bins);
        ref var goesLeft = ref MemoryMarshal.GetArrayDataReference(_goesLeft);
        ref var rows = ref MemoryMarshal.GetArrayDataReference(_rows);
        ref var scratch = ref MemoryMarshal.GetArrayDataReference(_scratch);
        ref var firstColumn = ref MemoryMarshal.GetReference(columns);
        ref var firstCell = ref MemoryMarshal.GetReference(cells[..(columns.Length * Width)]);
        var perSide = columns.Length / 2;
        nint stride = matrix.Stride;
        nint left = begin, right = 0;
        for (nint slot = begin; slot < end; slot++)
        {
            var word = Unsafe.Add(ref rows, slot);
            ref var line = ref Unsafe.Add(ref bins, (nint)(uint)word * stride);
            nint isLeft = Unsafe.Add(ref goesLeft, (nint)Unsafe.Add(ref line, column));
            Unsafe.Add(ref rows, left) = word;
            Unsafe.Add(ref scratch, right) = word;
            left += isLeft;
            right += 1 - isLeft;
            var side = (1 - isLeft) * perSide;
            AddRow(ref line, ref Unsafe.Add(ref firstColumn, side), perSide, ref Unsafe.Add(ref firstCell, side * Width), SumOf(word));
        }

        Array.Copy(_scratch, 0, _rows, left, right);
        return (int)left;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddRow(ref byte line, ref int column, int columns, ref TSum cell, TSum sum)
    {
        for (nint i = 0; i < columns; i++)
        {
            ref var slot = ref Unsafe.Add(ref cell, i * Width + Unsafe.Add(ref line, Unsafe.Add(ref column, i)));
            slot += sum;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TSum SumOf(ulong word) => TSum.Of((int)(word >> 32) & 0xFF, (int)(word >> 40));

    private void Spread(in BinSet leftBins)
    {
        for (var bin = 0; bin < Width; bin++) _goesLeft[bin] = leftBins.Contains(bin) ? (byte)1 : (byte)0;
    }
}

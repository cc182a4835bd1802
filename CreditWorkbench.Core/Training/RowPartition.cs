using System.Runtime.Intrinsics.X86;

namespace CreditWorkbench.Core.Training;

/// <summary>The rows of a tree in one buffer, each node's rows next to each other and in rising order.</summary>
internal sealed class RowPartition(int capacity)
{
    private const int BlockRows = 16_384;
    private const int Ahead = 32;

    private readonly int[] _scratch = new int[capacity];

    /// <summary>Row numbers; a node owns a range.</summary>
    public int[] Rows { get; } = new int[capacity];

    /// <summary>Moves the rows whose bin is in the set to the front of a range and keeps the order on both sides.</summary>
    /// <param name="matrix">Bins of all rows.</param>
    /// <param name="column">Column tested.</param>
    /// <param name="leftBins">Bins that go left.</param>
    /// <param name="begin">First slot of the range.</param>
    /// <param name="end">Slot after the last.</param>
    /// <returns>First slot of the right side. Disjoint ranges may be split at the same time.</returns>
    public int Split(BinnedMatrix matrix, int column, in BinSet leftBins, int begin, int end)
    {
        Span<byte> goesLeft = stackalloc byte[ColumnBins.MaxBins + 1];
        leftBins.Spread(goesLeft);
        var rights = Part(matrix, column, goesLeft, begin, end, Rows.AsSpan(begin, end - begin));
        Array.Copy(_scratch, begin, Rows, end - rights, rights);
        return end - rights;
    }

    /// <summary>Does the same with all threads of a crew.</summary>
    public int Split(BinnedMatrix matrix, int column, in BinSet leftBins, int begin, int end, Crew crew)
    {
        if (crew.Count == 1) return Split(matrix, column, leftBins, begin, end);
        var table = new byte[ColumnBins.MaxBins + 1];
        leftBins.Spread(table);
        var blocks = (end - begin + BlockRows - 1) / BlockRows;
        var starts = new int[blocks + 1];
        crew.Over(blocks, block =>
        {
            var (first, last) = (begin + block * BlockRows, Math.Min(end, begin + (block + 1) * BlockRows));
            starts[block + 1] = last - first - Part(matrix, column, table, first, last, Rows.AsSpan(first, last - first));
        });
        for (var block = 0; block < blocks; block++) starts[block + 1] += starts[block];

        // Each block holds its left rows at its front and its right rows in the scratch buffer. Left rows move down block by block;
        // right rows then have their places to themselves.
        for (var block = 1; block < blocks; block++) Array.Copy(Rows, begin + block * BlockRows, Rows, begin + starts[block], starts[block + 1] - starts[block]);
        var middle = begin + starts[blocks];
        crew.Over(blocks, block =>
        {
            var first = begin + block * BlockRows;
            var rights = Math.Min(end, first + BlockRows) - first - (starts[block + 1] - starts[block]);
            Array.Copy(_scratch, first, Rows, middle + (first - begin - starts[block]), rights);
        });
        return middle;
    }

    /// <summary>Puts left rows at the front of a range and right rows into the scratch buffer from the range's begin on.</summary>
    /// <returns>Number of right rows.</returns>
    private unsafe int Part(BinnedMatrix matrix, int column, ReadOnlySpan<byte> goesLeft, int begin, int end, Span<int> range)
    {
        nint stride = matrix.Stride;
        fixed (byte* bins = &matrix.Bins[column], table = goesLeft)
        fixed (int* rows = range, whole = _scratch)
        {
            var scratch = whole + begin;
            nint left = 0;
            nint count = end - begin;
            for (nint i = 0; i < count; i++)
            {
                if (Sse.IsSupported && i + Ahead < count) Sse.Prefetch0(bins + rows[i + Ahead] * stride);
                var row = rows[i];
                rows[left] = row;
                scratch[i - left] = row;
                left += table[bins[row * stride]];
            }

            return (int)(count - left);
        }
    }
}

namespace CreditWorkbench.Core.Training;

/// <summary>The rows of a tree in one buffer, each node's rows next to each other and in rising order.</summary>
internal sealed class RowPartition(int capacity)
{
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
        for (var bin = 0; bin < goesLeft.Length; bin++) goesLeft[bin] = leftBins.Contains(bin) ? (byte)1 : (byte)0;
        var (left, right) = (begin, begin);
        var bins = matrix.Bins;
        for (var slot = begin; slot < end; slot++)
        {
            var row = Rows[slot];
            var isLeft = goesLeft[bins[(long)row * matrix.Stride + column]];
            Rows[left] = row;
            _scratch[right] = row;
            left += isLeft;
            right += 1 - isLeft;
        }

        Array.Copy(_scratch, begin, Rows, left, right - begin);
        return left;
    }
}

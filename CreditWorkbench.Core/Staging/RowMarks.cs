namespace CreditWorkbench.Core.Staging;

/// <summary>Marks on rows by their number in a table's files: one bit each, as far as the highest mark.</summary>
internal sealed class RowMarks
{
    private ulong[] _bits = new ulong[1024];

    /// <summary>Marks a row.</summary>
    /// <param name="row">Number, at least 0.</param>
    public void Add(int row)
    {
        var at = row >> 6;
        if (at >= _bits.Length) Array.Resize(ref _bits, Math.Max(at + 1, (int)Math.Min(_bits.Length * 2L, Array.MaxLength)));
        _bits[at] |= 1UL << row;
    }

    /// <summary>Whether a row is marked.</summary>
    public bool Has(int row) => row >> 6 < _bits.Length && (_bits[row >> 6] & (1UL << row)) != 0;
}

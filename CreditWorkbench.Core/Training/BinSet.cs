using System.Runtime.CompilerServices;

namespace CreditWorkbench.Core.Training;

/// <summary>A set of bins of one column, one bit each.</summary>
[InlineArray(4)]
internal struct BinSet
{
    private ulong _word;

    /// <summary>Whether a bin is in the set.</summary>
    public readonly bool Contains(int bin) => (this[bin >> 6] >> (bin & 63) & 1) != 0;

    /// <summary>Puts a bin in.</summary>
    public void Add(int bin) => this[bin >> 6] |= 1UL << (bin & 63);
}

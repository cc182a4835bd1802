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

    /// <summary>One byte per bin: 1 in the set, 0 outside.</summary>
    /// <param name="flags">Filled; shape [256].</param>
    public readonly void Spread(Span<byte> flags)
    {
        for (var bin = 0; bin < flags.Length; bin++) flags[bin] = Contains(bin) ? (byte)1 : (byte)0;
    }
}

using CreditWorkbench.Core.Features;

namespace CreditWorkbench.Core.Explanation;

/// <summary>Per leaf the distinct patterns of failed slots among background rows, each with its share of the rows.</summary>
internal sealed class BackgroundPatterns
{
    private const int LowSlots = 32;

    private readonly uint[] _low;
    private readonly uint[] _high;
    private readonly int[] _count;

    /// <summary>Counts the patterns of all leaves.</summary>
    public BackgroundPatterns(EnsemblePaths paths, FeatureMatrix background)
    {
        Rows = background.Rows;
        var leaves = new PatternCounter(paths, background);
        leaves.Count();
        (Start, _low, _count) = ([.. leaves.Start], [.. leaves.Low], [.. leaves.RowsOf]);
        _high = leaves.High.TrueForAll(bits => bits == 0) ? [] : [.. leaves.High];
    }

    /// <summary>Number of background rows.</summary>
    public int Rows { get; }

    /// <summary>First pattern of each leaf, then the pattern count; shape [leaves + 1].</summary>
    public int[] Start { get; }

    /// <summary>Bits of failed slots of a pattern, rising within a leaf.</summary>
    public ulong Failed(int pattern) => _high.Length == 0 ? _low[pattern] : _low[pattern] | (ulong)_high[pattern] << LowSlots;

    /// <summary>Share of the background rows with a pattern.</summary>
    public double Share(int pattern) => _count[pattern] / (double)Rows;
}

namespace CreditWorkbench.Core.Training;

/// <summary>What a partition into bins must respect.</summary>
/// <param name="MaxBins">Most bins, at least 1.</param>
/// <param name="MinTotal">Least weight of a bin.</param>
/// <param name="MinGoods">Least weight of good rows of a bin.</param>
/// <param name="MinBads">Least weight of bad rows of a bin.</param>
/// <param name="Penalty">Information value that each bin costs.</param>
public readonly record struct BinLimits(int MaxBins, double MinTotal, double MinGoods, double MinBads, double Penalty)
{
    /// <summary>Whether a bin is large enough.</summary>
    public bool Admits(Evidence bin) => bin.Total >= MinTotal && bin.Goods >= MinGoods && bin.Bads >= MinBads;
}

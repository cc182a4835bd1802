using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.Training;

/// <summary>How a points scorecard trains.</summary>
/// <remarks>The defaults were chosen by cross-validation inside training folds of four public data sets of 1,000 to 33,000 rows.</remarks>
public sealed record ScorecardSettings
{
    /// <summary>Most groups of equal size that a number, or an ordered list of categories, is parted into before bins are sought; 2 to 200.</summary>
    public int PreBins { get; init; } = 50;

    /// <summary>Most regular bins of a characteristic, at least 1.</summary>
    public int MaxBins { get; init; } = 8;

    /// <summary>Least share of the regular rows' weight in a bin, in [0, 1).</summary>
    public double MinBinShare { get; init; } = 0.01;

    /// <summary>Least share of each class, among the regular rows, in a bin, in [0, 1).</summary>
    public double MinClassShare { get; init; } = 0.002;

    /// <summary>Least weight of each class in a regular bin, in rows; at least 0.</summary>
    public double MinClassRows { get; init; } = 25.0;

    /// <summary>What a bin must add to the information value, in units of what a bin without meaning adds by chance
    /// (1 / goods + 1 / bads); at least 0.</summary>
    public double BinPenalty { get; init; } = 1.0;

    /// <summary>Fewest rows of a special code or of missing for evidence of its own; with fewer its weight of evidence is 0.</summary>
    public int MinCodeRows { get; init; } = 20;

    /// <summary>Categories with fewer rows than this are pooled before categories are ordered by their risk, so that none is placed by
    /// the outcome of a few rows.</summary>
    public int MinCategoryRows { get; init; } = 30;

    /// <summary>Where no trend is bound: what a freer shape must add to the information value to be taken instead of a simpler one, in the
    /// units of <see cref="BinPenalty"/>; at least 0.</summary>
    public double TrendPenalty { get; init; } = 10.0;

    /// <summary>Characteristics with less information value are left out of the score, their bins being kept for the report.</summary>
    public double MinInformationValue { get; init; } = 0.005;

    /// <summary>Half of this times each squared coefficient is added to the weighted sum of losses; above 0.</summary>
    public double L2 { get; init; } = 5.0;

    /// <summary>Scale that the points are printed on.</summary>
    public PointsScale Scale { get; init; } = PointsScale.Default;

    /// <summary>Bins set by an analyst.</summary>
    public BinEdits Edits { get; init; } = BinEdits.None;

    /// <summary>Trend by column name, for columns without a declared direction; a declared direction wins, and a column that is not
    /// named takes the simplest trend that fits.</summary>
    public IReadOnlyDictionary<string, RiskTrend> Trends { get; init; } = new Dictionary<string, RiskTrend>();

    /// <summary>One flag per column, or null for none: a missing value never has more points than any regular value of the column.</summary>
    public IReadOnlyList<bool>? BlankNeverHelps { get; init; }

    /// <summary>Refuses settings that cannot train.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value outside its range.</exception>
    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(PreBins, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(PreBins, 200);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxBins, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(MinCodeRows);
        ArgumentOutOfRangeException.ThrowIfNegative(MinCategoryRows);
        CheckShare(MinBinShare, nameof(MinBinShare));
        CheckShare(MinClassShare, nameof(MinClassShare));
        CheckFromZero(MinClassRows, nameof(MinClassRows));
        CheckFromZero(BinPenalty, nameof(BinPenalty));
        CheckFromZero(TrendPenalty, nameof(TrendPenalty));
        CheckFromZero(MinInformationValue, nameof(MinInformationValue));
        if (!(L2 > 0.0 && double.IsFinite(L2))) throw new ArgumentOutOfRangeException(nameof(L2), L2, "The ridge lies above 0.");
    }

    private static void CheckShare(double share, string name)
    {
        if (!(share is >= 0.0 and < 1.0)) throw new ArgumentOutOfRangeException(name, share, "A share lies from 0 to below 1.");
    }

    private static void CheckFromZero(double number, string name)
    {
        if (!(number >= 0.0 && double.IsFinite(number))) throw new ArgumentOutOfRangeException(name, number, "The number is finite and at least 0.");
    }
}

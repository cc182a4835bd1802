namespace CreditWorkbench.Core.Training;

/// <summary>How gradient boosting trains.</summary>
/// <remarks>The defaults were chosen by cross-validation inside training folds of eight public data sets of 1,000 to 150,000 rows.</remarks>
public sealed record BoostingSettings
{
    /// <summary>Most trees; early stopping may keep fewer.</summary>
    public int Trees { get; init; } = 500;

    /// <summary>Most tests from root to leaf, 1 to 16.</summary>
    public int Depth { get; init; } = 4;

    /// <summary>Leaves of a tree: 0 grows all nodes down to <see cref="Depth"/>; from 2 on the leaf whose split gains most is split
    /// next, wherever it lies, until there are so many (<see cref="Depth"/> holds as well).</summary>
    /// <remarks>Each open leaf keeps a histogram of 2 KiB per column.</remarks>
    public int MaxLeaves { get; init; }

    /// <summary>Share of each tree's values that is added, in (0, 1].</summary>
    public double LearningRate { get; init; } = 0.03;

    /// <summary>Most bins per column, the reserved ones for missing and codes included; 2 to 255.</summary>
    public int Bins { get; init; } = 255;

    /// <summary>Log-odds that the first tree corrects; null for the log-odds of the training rows' weighted base rate.</summary>
    public double? BaseMargin { get; init; }

    /// <summary>Penalty on absolute leaf values, at least 0.</summary>
    public double L1 { get; init; }

    /// <summary>Penalty on squared leaf values, at least 0.</summary>
    public double L2 { get; init; } = 1.0;

    /// <summary>Added to <see cref="L2"/> where a category set is tested, against learning rare categories by heart.</summary>
    public double CategoryL2 { get; init; } = 10.0;

    /// <summary>Least hessian, weight x p x (1 - p) summed, of a child.</summary>
    public double MinHessian { get; init; } = 0.5;

    /// <summary>Least gain of a split, in units of the loss reduction doubled.</summary>
    public double MinGain { get; init; }

    /// <summary>Share of rows that each tree sees, in (0, 1].</summary>
    public double RowShare { get; init; } = 0.8;

    /// <summary>Share of columns that each tree sees, in (0, 1]; at least one.</summary>
    public double ColumnShare { get; init; } = 0.5;

    /// <summary>Rounds without a better log-loss on the stopping rows before training ends and the best round is kept; 0 trains all.</summary>
    public int EarlyStoppingRounds { get; init; }

    /// <summary>Share of rows, stratified, set aside as stopping rows when none are passed; in (0, 1).</summary>
    public double StoppingShare { get; init; } = 0.15;

    /// <summary>One flag per column, or null for none: a missing value never lowers risk against any regular value of the column.</summary>
    /// <remarks>Guaranteed for every vector and in every tree, not only on average: at each test of such a column missing takes the
    /// side of greater risk, and all leaves of that side stay at or above all leaves of the other. Special codes are not bound.</remarks>
    public IReadOnlyList<bool>? BlankNeverHelps { get; init; }

    /// <summary>Sets of columns that may meet on a path, by index, or null when all may. A column in no set meets no other.</summary>
    /// <remarks>All tests of a path lie in one of the sets, so the quantity is a sum of functions of one set each.</remarks>
    public IReadOnlyList<IReadOnlyList<int>>? MayMeet { get; init; }

    /// <summary>Refuses settings that cannot train.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value outside its range.</exception>
    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Trees, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Depth, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Depth, 16);
        ArgumentOutOfRangeException.ThrowIfNegative(MaxLeaves);
        ArgumentOutOfRangeException.ThrowIfEqual(MaxLeaves, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(L1);
        ArgumentOutOfRangeException.ThrowIfNegative(L2);
        ArgumentOutOfRangeException.ThrowIfNegative(CategoryL2);
        ArgumentOutOfRangeException.ThrowIfNegative(MinHessian);
        ArgumentOutOfRangeException.ThrowIfNegative(MinGain);
        ArgumentOutOfRangeException.ThrowIfNegative(EarlyStoppingRounds);
        if (BaseMargin is { } margin && !double.IsFinite(margin)) throw new ArgumentOutOfRangeException(nameof(BaseMargin), margin, "Log-odds are finite.");
        CheckShare(LearningRate, nameof(LearningRate));
        CheckShare(RowShare, nameof(RowShare));
        CheckShare(ColumnShare, nameof(ColumnShare));
        CheckShare(StoppingShare, nameof(StoppingShare));
    }

    private static void CheckShare(double share, string name)
    {
        if (!(share is > 0.0 and <= 1.0)) throw new ArgumentOutOfRangeException(name, share, "A share lies above 0 and at most at 1.");
    }
}

namespace CreditWorkbench.Core.Training;

/// <summary>How a logistic regression trains.</summary>
public sealed record LogisticSettings
{
    /// <summary>This times each absolute coefficient is added to the weighted sum of losses; at least 0.</summary>
    public double L1 { get; init; }

    /// <summary>Half of this times each squared coefficient is added to the same sum; above 0, so that outcomes which a column
    /// separates do not drive coefficients to infinity.</summary>
    public double L2 { get; init; } = 1.0;

    /// <summary>Share of rows at either end of a number whose values are drawn in to the bound, in [0, 0.5).</summary>
    public double ClipShare { get; init; } = 0.005;

    /// <summary>Categories with fewer rows share one term.</summary>
    public int MinCategoryRows { get; init; } = 20;

    /// <summary>Most categories of a column with a term of their own, 1 to 1,000; the rarer ones share one.</summary>
    public int MaxCategories { get; init; } = 200;

    /// <summary>One flag per column, or null for none: the term of a missing value is never below any regular term of the column.</summary>
    public IReadOnlyList<bool>? BlankNeverHelps { get; init; }

    /// <summary>Refuses settings that cannot train.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value outside its range.</exception>
    internal void Check()
    {
        if (!(L1 >= 0.0 && double.IsFinite(L1))) throw new ArgumentOutOfRangeException(nameof(L1), L1, "The penalty on absolute values is at least 0.");
        if (!(L2 > 0.0 && double.IsFinite(L2))) throw new ArgumentOutOfRangeException(nameof(L2), L2, "The ridge lies above 0.");
        if (!(ClipShare is >= 0.0 and < 0.5)) throw new ArgumentOutOfRangeException(nameof(ClipShare), ClipShare, "The share lies from 0 to below a half.");
        ArgumentOutOfRangeException.ThrowIfNegative(MinCategoryRows);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxCategories, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxCategories, 1_000);
    }
}

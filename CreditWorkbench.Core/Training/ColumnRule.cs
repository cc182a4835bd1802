using CreditWorkbench.Core.Features;

namespace CreditWorkbench.Core.Training;

/// <summary>What a split on a column must respect.</summary>
/// <param name="Direction">+1 risk never falls as the value rises, -1 the reverse, 0 free.</param>
/// <param name="BlankNeverHelps">A missing value never lowers risk against any regular value.</param>
internal readonly record struct ColumnRule(int Direction, bool BlankNeverHelps)
{
    /// <summary>The rules of all columns.</summary>
    /// <param name="columns">Columns of the vector; categories have no direction.</param>
    /// <param name="blankNeverHelps">Flag per column, or null for none.</param>
    /// <exception cref="ArgumentException">The flags are not one per column.</exception>
    public static ColumnRule[] Of(IReadOnlyList<FeatureColumn> columns, IReadOnlyList<bool>? blankNeverHelps)
    {
        if (blankNeverHelps is not null && blankNeverHelps.Count != columns.Count)
            throw new ArgumentException($"Expected {columns.Count} flags, got {blankNeverHelps.Count}.", nameof(blankNeverHelps));
        var rules = new ColumnRule[columns.Count];
        for (var i = 0; i < rules.Length; i++)
            rules[i] = new ColumnRule(columns[i].IsCategory ? 0 : Math.Sign(columns[i].Direction), blankNeverHelps?[i] ?? false);
        return rules;
    }
}

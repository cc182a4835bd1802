using CreditWorkbench.Core.Features;

namespace CreditWorkbench.Core.Explanation;

/// <summary>How a condition compares.</summary>
public enum CohortTest
{
    /// <summary>At or above the value.</summary>
    AtLeast,
    /// <summary>Below the value.</summary>
    Below,
    /// <summary>Equal to the value (categories, flags, outcome).</summary>
    Is,
    /// <summary>Without a regular value.</summary>
    Missing,
}

/// <summary>What a condition reads.</summary>
public enum CohortSubject
{
    /// <summary>A feature of the model.</summary>
    Feature,
    /// <summary>The issued score.</summary>
    Score,
    /// <summary>What became of the row: 1 bad, 0 good.</summary>
    Outcome,
}

/// <summary>One condition on a row.</summary>
/// <param name="Subject">What it reads.</param>
/// <param name="Feature">Column of the feature; not used for score and outcome.</param>
/// <param name="Test">How it compares.</param>
/// <param name="Value">What it compares with: before scaling; a category's index.</param>
public readonly record struct CohortCondition(CohortSubject Subject, int Feature, CohortTest Test, double Value)
{
    /// <summary>Whether a value meets the condition; a value that is not known meets <see cref="CohortTest.Missing"/> only.</summary>
    public bool Holds(double value) => Test switch
    {
        CohortTest.Missing => double.IsNaN(value),
        CohortTest.AtLeast => value >= Value,
        CohortTest.Below => value < Value,
        _ => value == Value,
    };
}

/// <summary>A group of rows: those that meet every condition.</summary>
/// <param name="Conditions">All must hold; none admits every row.</param>
public sealed record CohortFilter(IReadOnlyList<CohortCondition> Conditions)
{
    /// <summary>Indices of the rows in the group, rising.</summary>
    /// <param name="rows">Feature vectors.</param>
    /// <param name="issued">Issued score per row.</param>
    /// <param name="outcomes">Outcome per row; where it is unknown no condition on its value holds.</param>
    public int[] Rows(FeatureMatrix rows, ReadOnlySpan<int> issued, ReadOnlySpan<RowOutcome> outcomes)
    {
        var kept = new List<int>();
        for (var row = 0; row < rows.Rows; row++)
        {
            var holds = true;
            foreach (var condition in Conditions)
            {
                double value = condition.Subject switch
                {
                    CohortSubject.Score => issued[row],
                    CohortSubject.Outcome => outcomes[row] switch { RowOutcome.Bad => 1, RowOutcome.Good => 0, _ => double.NaN },
                    _ => rows.Column(condition.Feature)[row],
                };
                holds = holds && condition.Holds(value);
            }

            if (holds) kept.Add(row);
        }

        return [.. kept];
    }
}

using System.Collections.Immutable;

namespace CreditWorkbench.Core.Predictors;

/// <summary>Logistic regression: log-odds of bad linear in standardised values, with terms for categories, missing and codes.</summary>
public sealed class LinearPredictor : AdditivePredictor
{
    /// <summary>Assembles a model.</summary>
    /// <param name="intercept">Log-odds before any term.</param>
    /// <param name="columns">One per feature.</param>
    /// <param name="meanTerms">Mean of each column's term over the training rows; shape [columns].</param>
    /// <exception cref="ArgumentException">Lengths differ, or a number is not finite or out of order.</exception>
    public LinearPredictor(double intercept, ImmutableArray<LinearColumn> columns, ImmutableArray<double> meanTerms)
        : base(intercept, meanTerms)
    {
        if (Fault(columns, meanTerms.Length) is { } fault) throw new ArgumentException(fault, nameof(columns));
        Columns = columns;
    }

    /// <inheritdoc/>
    public override string Family => "logistic";

    /// <summary>How each column makes its term.</summary>
    public ImmutableArray<LinearColumn> Columns { get; }

    /// <inheritdoc/>
    public override double Term(int column, float value) => Columns[column].Term(value);

    /// <summary>What is wrong with the columns; null when nothing is.</summary>
    internal static string? Fault(ImmutableArray<LinearColumn> columns, int expected)
    {
        if (columns.IsDefault || columns.Length != expected) return $"Expected {expected} columns.";
        for (var i = 0; i < columns.Length; i++)
        {
            if (columns[i].Fault() is { } fault) return $"Column {i}: {fault}";
        }

        return null;
    }
}

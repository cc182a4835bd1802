using System.Collections.Immutable;
using CreditWorkbench.Core.Features;

namespace CreditWorkbench.Core.Predictors;

/// <summary>A model whose log-odds of bad are a sum of one term per column: q = intercept + sum of terms, in column order.</summary>
/// <remarks>Each column's Shapley value is its term less the mean term of the rows that it is compared with.</remarks>
public abstract class AdditivePredictor : Predictor
{
    /// <summary>Takes what all additive models share.</summary>
    /// <param name="intercept">Log-odds before any term, finite.</param>
    /// <param name="meanTerms">Mean of each column's term over the training rows; shape [columns], finite.</param>
    /// <exception cref="ArgumentException">No column, or a number that is not finite.</exception>
    protected AdditivePredictor(double intercept, ImmutableArray<double> meanTerms)
    {
        if (SumFault(intercept, meanTerms) is { } fault) throw new ArgumentException(fault, nameof(meanTerms));
        (Intercept, Means) = (intercept, meanTerms);
    }

    /// <summary>Log-odds of bad before any term.</summary>
    public double Intercept { get; }

    /// <summary>Mean of each column's term over the training rows, in training weights; shape [FeatureCount].</summary>
    public IReadOnlyList<double> MeanTerms => Means;

    /// <inheritdoc/>
    public sealed override int FeatureCount => Means.Length;

    /// <inheritdoc/>
    public sealed override Link Link => Link.LogOdds;

    /// <summary>The mean terms as they are encoded.</summary>
    internal ImmutableArray<double> Means { get; }

    /// <summary>What one value adds to the log-odds of bad.</summary>
    /// <param name="column">Column, from 0.</param>
    /// <param name="value">A number, a category's index, or a <see cref="CodedNaN"/>: missing and each special code have terms of
    /// their own. A NaN with a code that the column does not have counts as missing.</param>
    /// <returns>Finite for every value, infinities included.</returns>
    public abstract double Term(int column, float value);

    /// <inheritdoc/>
    public sealed override double Quantity(ReadOnlySpan<float> features)
    {
        var quantity = Intercept;
        for (var column = 0; column < FeatureCount; column++) quantity += Term(column, features[column]);
        return quantity;
    }

    /// <inheritdoc/>
    /// <remarks>Column by column, as the matrix is laid out; each row's sum still runs in column order.</remarks>
    protected sealed override void Quantities(FeatureMatrix features, int firstRow, Span<double> quantities)
    {
        quantities.Fill(Intercept);
        for (var column = 0; column < FeatureCount; column++)
        {
            var cells = features.Column(column).Slice(firstRow, quantities.Length);
            for (var i = 0; i < cells.Length; i++) quantities[i] += Term(column, cells[i]);
        }
    }

    /// <summary>What is wrong with an intercept and mean terms; null when nothing is.</summary>
    internal static string? SumFault(double intercept, ImmutableArray<double> meanTerms)
    {
        if (meanTerms.IsDefaultOrEmpty) return "An additive model has at least one column.";
        if (!BoundedNumber.IsBounded(intercept)) return "The intercept is not a finite number of usual size.";
        return meanTerms.All(BoundedNumber.IsBounded) ? null : "A mean term is not a finite number of usual size.";
    }
}

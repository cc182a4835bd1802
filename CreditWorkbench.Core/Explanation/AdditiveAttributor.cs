using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.Explanation;

/// <summary>Exact Shapley values of an additive model: each column's term less the mean term of the rows that it is compared with.</summary>
internal sealed class AdditiveAttributor : IAttributor
{
    private readonly AdditivePredictor _predictor;
    private readonly double[] _means;

    /// <summary>Takes the mean terms of the training rows, or works out those of a background.</summary>
    /// <param name="predictor">What is explained.</param>
    /// <param name="background">Background rows; null for the training rows.</param>
    /// <exception cref="ArgumentException">A background without rows or with other columns.</exception>
    public AdditiveAttributor(AdditivePredictor predictor, FeatureMatrix? background)
    {
        if (background is not null && (background.Rows == 0 || background.Columns.Count != predictor.FeatureCount))
            throw new ArgumentException("A background has rows with the columns of the predictor.", nameof(background));
        (_predictor, BackgroundRows) = (predictor, background?.Rows ?? 0);
        _means = background is null ? [.. predictor.MeanTerms] : [.. Enumerable.Range(0, predictor.FeatureCount).Select(column => MeanTerm(predictor, column, background))];
        Base = Additivity.Sum(predictor.Intercept, _means);
    }

    /// <inheritdoc/>
    public AttributionMethod Method => BackgroundRows == 0 ? AttributionMethod.PathDependent : AttributionMethod.Interventional;

    /// <inheritdoc/>
    public Predictor Predictor => _predictor;

    /// <inheritdoc/>
    public int BackgroundRows { get; }

    /// <inheritdoc/>
    public double Base { get; }

    /// <summary>The contribution of one value.</summary>
    public double ContributionOf(int column, float value) => _predictor.Term(column, value) - _means[column];

    /// <inheritdoc/>
    public Outcome<Attribution> Explain(ReadOnlySpan<float> row)
    {
        var contributions = new double[_means.Length];
        for (var column = 0; column < contributions.Length; column++) contributions[column] = ContributionOf(column, row[column]);
        return Additivity.Carry(Method, _predictor, Base, contributions, _predictor.Quantity(row));
    }

    private static double MeanTerm(AdditivePredictor predictor, int column, FeatureMatrix background)
    {
        var sum = 0.0;
        foreach (var value in background.Column(column)) sum += predictor.Term(column, value);
        return sum / background.Rows;
    }
}

namespace CreditWorkbench.Core.Predictors;

/// <summary>A fitted model: feature vector to explained quantity q, and a strictly increasing link from q to margin.</summary>
/// <remarks>Shapley values are exact in q; <see cref="Link"/> carries them to the margin.</remarks>
public abstract class Predictor
{
    /// <summary>Family name as in the command line: forest, boosting, boosting-leafwise, logistic, scorecard, blend.</summary>
    public abstract string Family { get; }

    /// <summary>Number of features of a vector.</summary>
    public abstract int FeatureCount { get; }

    /// <summary>How q becomes a margin.</summary>
    public abstract Link Link { get; }

    /// <summary>The explained quantity of one vector.</summary>
    /// <param name="features">Shape [FeatureCount], float32, NaN-coded missing values.</param>
    public abstract double Quantity(ReadOnlySpan<float> features);

    /// <summary>The margin of one vector: log-odds of bad, or z for ordinal ensembles.</summary>
    public double Margin(ReadOnlySpan<float> features) => Link.ToMargin(Quantity(features));
}

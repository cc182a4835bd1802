using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>Trains a predictor on rows: equal rows and seeds give equal bytes, whatever the number of threads.</summary>
public delegate Predictor FitPredictor(TrainingRows rows, ulong seed, int threads, CancellationToken cancellation);

/// <summary>A family with its parameters, ready to train.</summary>
/// <param name="Family">Name of the family.</param>
/// <param name="ParametersJson">Its parameters, defaults included, camel case.</param>
/// <param name="Fit">Trains.</param>
public sealed record Candidate(string Family, string ParametersJson, FitPredictor Fit)
{
    /// <summary>Whether its reasons will be exact. A family whose reasons are sampled is a challenger: best does not choose it beside
    /// others.</summary>
    public bool ReasonsAreExact { get; init; } = true;
}

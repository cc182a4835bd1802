using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.Explanation;

/// <summary>Exact Shapley interaction values of single rows for one predictor and one way to imagine absent features. Safe to share
/// between threads.</summary>
/// <remarks>The index of Lundberg et al. (2020), as XGBoost's <c>pred_interactions</c>: half of the Shapley interaction index
/// off the diagonal (Grabisch and Roubens 1999), the rest of the feature's Shapley value on it.</remarks>
public interface IInteractionExplainer
{
    /// <summary>How absent features are imagined.</summary>
    AttributionMethod Method { get; }

    /// <summary>What is explained.</summary>
    Predictor Predictor { get; }

    /// <summary>Number of background rows; 0 for path-dependent values.</summary>
    int BackgroundRows { get; }

    /// <summary>Margin of the base: what is expected when every feature is absent.</summary>
    double Base { get; }

    /// <summary>Explains one row.</summary>
    /// <param name="row">Shape [features], float32, NaN-coded missing values.</param>
    /// <returns>Values in margin units, or <c>explanation.notAdditive</c>: then there is no explanation.</returns>
    Outcome<InteractionValues> Explain(ReadOnlySpan<float> row);
}

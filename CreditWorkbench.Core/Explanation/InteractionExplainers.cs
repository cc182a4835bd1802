using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.Explanation;

/// <summary>The exact interaction values of each family of predictors.</summary>
public static class InteractionExplainers
{
    /// <summary>Absent features from training covers.</summary>
    /// <exception cref="ArgumentException">The family has no exact interaction values here.</exception>
    public static IInteractionExplainer PathDependent(Predictor predictor) => predictor is TreeEnsemble ensemble
        ? new PathDependentInteractions(ensemble)
        : throw Unknown(predictor);

    /// <summary>Absent features from background rows.</summary>
    /// <exception cref="ArgumentException">The family has no exact interaction values here, or the background does not fit.</exception>
    public static IInteractionExplainer Interventional(Predictor predictor, FeatureMatrix background) => predictor is TreeEnsemble ensemble
        ? new InterventionalInteractions(ensemble, background)
        : throw Unknown(predictor);

    private static ArgumentException Unknown(Predictor predictor) => new($"The family {predictor.Family} has no exact interaction values.", nameof(predictor));
}

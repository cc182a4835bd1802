using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.Explanation;

/// <summary>The exact attribution of each family of predictors.</summary>
public static class Attributors
{
    /// <summary>Absent features from background rows.</summary>
    /// <exception cref="ArgumentException">The family has no exact attribution here, or the background does not fit.</exception>
    public static IAttributor Interventional(Predictor predictor, FeatureMatrix background) => predictor is TreeEnsemble ensemble
        ? new InterventionalExplainer(ensemble, background)
        : throw Unknown(predictor);

    /// <summary>Absent features from training covers.</summary>
    /// <exception cref="ArgumentException">The family has no exact attribution here.</exception>
    public static IAttributor PathDependent(Predictor predictor) => predictor is TreeEnsemble ensemble
        ? new PathDependentExplainer(ensemble)
        : throw Unknown(predictor);

    private static ArgumentException Unknown(Predictor predictor) => new($"The family {predictor.Family} has no exact attribution.", nameof(predictor));
}

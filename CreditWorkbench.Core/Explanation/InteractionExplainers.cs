using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.Explanation;

/// <summary>The exact interaction values of each family of predictors, row by row in double. Networks, whose values are sampled, have
/// none.</summary>
public static class InteractionExplainers
{
    /// <summary>Absent features from training covers, or mean terms in additive models.</summary>
    /// <exception cref="ArgumentException">The family has no exact interaction values here.</exception>
    public static IInteractionExplainer PathDependent(Predictor predictor) => predictor switch
    {
        TreeEnsemble ensemble => new PathDependentInteractions(ensemble),
        AdditivePredictor additive => new AdditiveInteractions(Attributors.PathDependent(additive)),
        BlendPredictor blend => new BlendInteractions(blend, [.. blend.Members.Select(member => PathDependent(member.Predictor))]),
        _ => throw Unknown(predictor),
    };

    /// <summary>Absent features from background rows.</summary>
    /// <exception cref="ArgumentException">The family has no exact interaction values here, or the background does not fit.</exception>
    public static IInteractionExplainer Interventional(Predictor predictor, FeatureMatrix background) => predictor switch
    {
        TreeEnsemble ensemble => new InterventionalInteractions(ensemble, background),
        AdditivePredictor additive => new AdditiveInteractions(Attributors.Interventional(additive, background)),
        BlendPredictor blend => new BlendInteractions(blend, [.. blend.Members.Select(member => Interventional(member.Predictor, background))]),
        _ => throw Unknown(predictor),
    };

    /// <summary>From background rows, or from training covers where there are none; null for families without exact interaction values.</summary>
    public static IInteractionExplainer? Find(Predictor predictor, FeatureMatrix background) =>
        !HasExact(predictor) ? null : background.Rows > 0 ? Interventional(predictor, background) : PathDependent(predictor);

    private static bool HasExact(Predictor predictor) => predictor switch
    {
        BlendPredictor blend => blend.Members.All(member => HasExact(member.Predictor)),
        TreeEnsemble or AdditivePredictor => true,
        _ => false,
    };

    private static ArgumentException Unknown(Predictor predictor) => new($"The family {predictor.Family} has no exact interaction values.", nameof(predictor));
}

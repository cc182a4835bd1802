using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.Explanation;

/// <summary>The fastest exact interaction values of many rows for each family of predictors.</summary>
public static class InteractionPortfolios
{
    /// <summary>Absent features from training covers, or mean terms in additive models.</summary>
    /// <exception cref="ArgumentException">The family has no exact interaction values here.</exception>
    public static InteractionPortfolio PathDependent(Predictor predictor) => predictor is BlendPredictor blend
        ? new BlendInteractionPortfolio(blend, [.. blend.Members.Select(member => PathDependent(member.Predictor))])
        : QuadratureInteractions.TryBuild(predictor) ?? new InteractionsByRow(InteractionExplainers.PathDependent(predictor));

    /// <summary>Absent features from background rows.</summary>
    /// <param name="predictor">What is explained.</param>
    /// <param name="background">At least one row with the predictor's columns.</param>
    /// <exception cref="ArgumentException">The family has no exact interaction values here, or the background does not fit.</exception>
    public static InteractionPortfolio Interventional(Predictor predictor, FeatureMatrix background) =>
        new InteractionsByRow(InteractionExplainers.Interventional(predictor, background));
}

using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.Explanation;

/// <summary>The fastest exact portfolio explanation of each family of predictors within the limits.</summary>
public static class PortfolioExplainers
{
    /// <summary>Absent features from training covers.</summary>
    /// <param name="predictor">What is explained.</param>
    /// <param name="limits">Null: the default ones.</param>
    /// <exception cref="ArgumentException">The family has no attribution here.</exception>
    public static PortfolioExplainer PathDependent(Predictor predictor, ExplanationLimits? limits = null) =>
        TryPatterns(predictor, null, limits) ?? QuadraturePortfolio.TryBuild(predictor) ?? (PortfolioExplainer)new AttributorPortfolio(Attributors.PathDependent(predictor));

    /// <summary>Absent features from background rows.</summary>
    /// <param name="predictor">What is explained.</param>
    /// <param name="background">At least one row with the predictor's columns.</param>
    /// <param name="limits">Null: the default ones.</param>
    /// <exception cref="ArgumentException">The family has no attribution here, or the background does not fit.</exception>
    public static PortfolioExplainer Interventional(Predictor predictor, FeatureMatrix background, ExplanationLimits? limits = null) =>
        TryPatterns(predictor, background, limits) ?? CubePortfolio.TryBuild(predictor, background, limits) ?? (PortfolioExplainer)new AttributorPortfolio(Attributors.Interventional(predictor, background));

    // Null where the trees are too deep, a feature has too many cuts, or the tables would be too large.
    private static PatternPortfolio? TryPatterns(Predictor predictor, FeatureMatrix? background, ExplanationLimits? limits)
    {
        if (predictor is not TreeEnsemble ensemble || PatternPlanBuilder.TryBuild(ensemble) is not { } plan) return null;
        return PatternPortfolio.BytesOf(plan) <= (limits ?? ExplanationLimits.Default).TableBytes ? new PatternPortfolio(plan, background, PatternEngines.Best) : null;
    }
}

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
        new AttributorPortfolio(Attributors.PathDependent(predictor));

    /// <summary>Absent features from background rows.</summary>
    /// <param name="predictor">What is explained.</param>
    /// <param name="background">At least one row with the predictor's columns.</param>
    /// <param name="limits">Null: the default ones.</param>
    /// <exception cref="ArgumentException">The family has no attribution here, or the background does not fit.</exception>
    public static PortfolioExplainer Interventional(Predictor predictor, FeatureMatrix background, ExplanationLimits? limits = null) =>
        new AttributorPortfolio(Attributors.Interventional(predictor, background));
}

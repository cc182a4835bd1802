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
    public static PortfolioExplainer PathDependent(Predictor predictor, ExplanationLimits? limits = null) => predictor switch
    {
        TreeEnsemble ensemble => TryPatterns(ensemble, null, limits) ?? QuadraturePortfolio.TryBuild(ensemble) ?? RowByRow(Attributors.PathDependent(ensemble, limits)),
        AdditivePredictor additive => new AdditivePortfolio(new AdditiveAttributor(additive, null)),
        BlendPredictor blend => new BlendPortfolio(blend, [.. blend.Members.Select(member => PathDependent(member.Predictor, Attributors.Share(limits, blend)))]),
        _ => RowByRow(Attributors.PathDependent(predictor, limits)),
    };

    /// <summary>Absent features from background rows.</summary>
    /// <param name="predictor">What is explained.</param>
    /// <param name="background">At least one row with the predictor's columns.</param>
    /// <param name="limits">Null: the default ones.</param>
    /// <exception cref="ArgumentException">The family has no attribution here, or the background does not fit.</exception>
    public static PortfolioExplainer Interventional(Predictor predictor, FeatureMatrix background, ExplanationLimits? limits = null) => predictor switch
    {
        BlendPredictor blend => new BlendPortfolio(blend, [.. blend.Members.Select(member => Interventional(member.Predictor, background, Attributors.Share(limits, blend)))]),
        _ => TryInterventional(predictor, background, null, limits) ?? RowByRow(Attributors.Interventional(predictor, background, limits)),
    };

    /// <summary>Absent players from background rows, where there is a way to explain many rows at a time; their tiles have a column per player.</summary>
    /// <param name="predictor">What is explained.</param>
    /// <param name="background">At least one row with the predictor's columns.</param>
    /// <param name="players">Columns that play as one; null: each for itself.</param>
    /// <param name="limits">Null: the default ones.</param>
    /// <returns>Null for networks, for trees whose paths test more than <see cref="OutcomeCube.MaxSlots"/> features, and for blends of such.</returns>
    internal static PortfolioExplainer? TryInterventional(Predictor predictor, FeatureMatrix background, Players? players, ExplanationLimits? limits) => predictor switch
    {
        TreeEnsemble ensemble => TryPatterns(ensemble, background, limits, players) ?? CubePortfolio.TryBuild(ensemble, background, limits, players),
        AdditivePredictor additive => new AdditivePortfolio(new AdditiveAttributor(additive, background), players),
        BlendPredictor blend => TryBlend(blend, background, players, limits),
        _ => null,
    };

    private static BlendPortfolio? TryBlend(BlendPredictor blend, FeatureMatrix background, Players? players, ExplanationLimits? limits)
    {
        var members = new List<PortfolioExplainer>(blend.Members.Count);
        foreach (var member in blend.Members)
        {
            if (TryInterventional(member.Predictor, background, players, Attributors.Share(limits, blend)) is not { } portfolio) return null;
            members.Add(portfolio);
        }

        return new BlendPortfolio(blend, [.. members]);
    }

    // Null where the trees are too deep, a feature has too many cuts, or the tables would be too large.
    private static PatternPortfolio? TryPatterns(TreeEnsemble ensemble, FeatureMatrix? background, ExplanationLimits? limits, Players? players = null)
    {
        if (PatternPlanBuilder.TryBuild(ensemble, players) is not { } plan) return null;
        return PatternPortfolio.BytesOf(plan, PatternEngines.Best) <= (limits ?? ExplanationLimits.Default).TableBytes ? new PatternPortfolio(plan, background, PatternEngines.Best) : null;
    }

    private static AttributorPortfolio RowByRow(IAttributor attributor) => new(attributor, attributor.Predictor.ReasonsAreExact ? "row-by-row" : "sampled/row-by-row");
}

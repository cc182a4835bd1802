using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.Explanation;

/// <summary>Shapley values of groups of columns, exact for all but networks: each group, such as the columns of one category or a family of features, is one
/// player. Contributions then have the shape [players].</summary>
/// <remarks>A player's value is not the sum of its columns' values wherever a column interacts with two of them or two of them with
/// each other and a third; it is their sum in additive models. The values still add up to the margin.</remarks>
public static class GroupAttributors
{
    /// <summary>Absent players from background rows.</summary>
    /// <param name="predictor">What is explained.</param>
    /// <param name="background">At least one row with the predictor's columns.</param>
    /// <param name="playerOfColumn">Player of each column, from 0 without a hole.</param>
    /// <param name="limits">Null: the default ones.</param>
    /// <exception cref="ArgumentException">The family has no exact attribution, the background or the players do not fit.</exception>
    public static IAttributor Interventional(Predictor predictor, FeatureMatrix background, IReadOnlyList<int> playerOfColumn, ExplanationLimits? limits = null)
    {
        var players = new Players(playerOfColumn, predictor.FeatureCount);
        return predictor switch
        {
            TreeEnsemble ensemble => PatternAttributor.TryBuild(ensemble, background, limits, players) ?? (IAttributor)new InterventionalExplainer(ensemble, background, players),
            AdditivePredictor => new SummedAttributor(Attributors.Interventional(predictor, background), players),
            NeuralNetwork network => new SampledAttributor(network, background, AttributionMethod.Interventional, players),
            BlendPredictor blend => new BlendAttributor(blend, [.. blend.Members.Select(member => Interventional(member.Predictor, background, playerOfColumn, Attributors.Share(limits, blend)))]),
            _ => throw Unknown(predictor),
        };
    }

    /// <summary>Absent players from training covers.</summary>
    /// <param name="predictor">What is explained.</param>
    /// <param name="playerOfColumn">Player of each column, from 0 without a hole.</param>
    /// <param name="limits">Null: the default ones.</param>
    /// <exception cref="ArgumentException">The family has no exact attribution, or the players do not fit.</exception>
    public static IAttributor PathDependent(Predictor predictor, IReadOnlyList<int> playerOfColumn, ExplanationLimits? limits = null)
    {
        var players = new Players(playerOfColumn, predictor.FeatureCount);
        return predictor switch
        {
            TreeEnsemble ensemble => PatternAttributor.TryBuild(ensemble, null, limits, players) ?? (IAttributor)new PathDependentExplainer(ensemble, players),
            AdditivePredictor => new SummedAttributor(Attributors.PathDependent(predictor), players),
            NeuralNetwork network => new SampledAttributor(network, SampledAttributor.MeansOf(network), AttributionMethod.PathDependent, players),
            BlendPredictor blend => new BlendAttributor(blend, [.. blend.Members.Select(member => PathDependent(member.Predictor, playerOfColumn, Attributors.Share(limits, blend)))]),
            _ => throw Unknown(predictor),
        };
    }

    private static ArgumentException Unknown(Predictor predictor) => new($"The family {predictor.Family} has no exact attribution of groups.", nameof(predictor));
}

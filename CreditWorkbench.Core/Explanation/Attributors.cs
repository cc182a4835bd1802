using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.Explanation;

/// <summary>The attribution of each family of predictors, in double: what is issued. Exact for all but networks, whose values are
/// sampled and say so.</summary>
public static class Attributors
{
    /// <summary>Absent features from background rows.</summary>
    /// <param name="predictor">What is explained.</param>
    /// <param name="background">At least one row with the predictor's columns.</param>
    /// <param name="limits">Null: the default ones.</param>
    /// <exception cref="ArgumentException">The family has no attribution here, or the background does not fit.</exception>
    public static IAttributor Interventional(Predictor predictor, FeatureMatrix background, ExplanationLimits? limits = null) => predictor switch
    {
        TreeEnsemble ensemble => PatternAttributor.TryBuild(ensemble, background, limits) ?? (IAttributor)new InterventionalExplainer(ensemble, background),
        AdditivePredictor additive => new AdditiveAttributor(additive, background),
        BlendPredictor blend => new BlendAttributor(blend, [.. blend.Members.Select(member => Interventional(member.Predictor, background, Share(limits, blend)))]),
        NeuralNetwork network => new SampledAttributor(network, background, AttributionMethod.Interventional),
        _ => throw Unknown(predictor),
    };

    /// <summary>Absent features from the training rows: by cover in trees, by mean term in additive models, by mean value in
    /// networks.</summary>
    /// <param name="predictor">What is explained.</param>
    /// <param name="limits">Null: the default ones.</param>
    /// <exception cref="ArgumentException">The family has no attribution here.</exception>
    public static IAttributor PathDependent(Predictor predictor, ExplanationLimits? limits = null) => predictor switch
    {
        TreeEnsemble ensemble => PatternAttributor.TryBuild(ensemble, null, limits) ?? (IAttributor)new PathDependentExplainer(ensemble),
        AdditivePredictor additive => new AdditiveAttributor(additive, null),
        BlendPredictor blend => new BlendAttributor(blend, [.. blend.Members.Select(member => PathDependent(member.Predictor, Share(limits, blend)))]),
        NeuralNetwork network => new SampledAttributor(network, SampledAttributor.MeansOf(network), AttributionMethod.PathDependent),
        _ => throw Unknown(predictor),
    };

    /// <summary>What each member of a blend may take, so that together they stay within the limits.</summary>
    internal static ExplanationLimits Share(ExplanationLimits? limits, BlendPredictor blend)
    {
        limits ??= ExplanationLimits.Default;
        return limits with { TableBytes = limits.TableBytes / blend.Members.Count };
    }

    private static ArgumentException Unknown(Predictor predictor) => new($"The family {predictor.Family} has no attribution.", nameof(predictor));
}

using CreditWorkbench.Core.Explanation;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>The effect of one feature on the points of a model, seen three ways.</summary>
/// <param name="Curves">One curve per row of a sample.</param>
/// <param name="Partial">Their mean.</param>
/// <param name="Local">Accumulated local effects; empty for a category.</param>
/// <param name="Correlated">The other feature that is correlated most, with its rank correlation; null without one.</param>
public sealed record FeatureEffects(IceCurves Curves, IReadOnlyList<EffectPoint> Partial, IReadOnlyList<EffectPoint> Local, (int Feature, double Correlation)? Correlated)
{
    /// <summary>Whether the feature is so correlated with another that the mean curve asks for rows that do not exist.</summary>
    public bool IsCorrelated => Correlated is { } other && Math.Abs(other.Correlation) >= RankCorrelation.Marked;

    /// <summary>Whether accumulated local effects are shown first.</summary>
    public bool PrefersLocal => IsCorrelated && Local.Count > 1;
}

/// <summary>Pairs of features that act together.</summary>
/// <param name="Screen">Friedman's H of pairs among the most important features, largest interaction first.</param>
/// <param name="ScreenRows">Rows of the screen.</param>
/// <param name="Exact">Mean |Shapley interaction| in points, both halves of the pair together; largest first.</param>
/// <param name="ExactRows">Rows of the exact values; 0 where the family of the model has none.</param>
public sealed record InteractionFindings(
    IReadOnlyList<InteractionStrength> Screen, int ScreenRows, IReadOnlyList<(int First, int Second, double MeanSize)> Exact, int ExactRows);

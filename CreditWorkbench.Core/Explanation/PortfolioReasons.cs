using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Scoring;

namespace CreditWorkbench.Core.Explanation;

/// <summary>A reason without its words: for files of rows.</summary>
/// <param name="Code">Code of the dictionary.</param>
/// <param name="Points">Points against the applicant; 0 for a rule.</param>
public readonly record struct ReasonPoints(string Code, double Points);

/// <summary>Scores and reasons of many rows at a time, in float32: issued scores have the bits of the one-row path, points of reasons agree
/// to 1e-5 of what is added up, and where so little could change which reasons are given the caller is told to ask the one-row path.</summary>
/// <remarks>Resident: build it once per release, then take a <see cref="PortfolioReasonsTile"/> per thread.</remarks>
public sealed class PortfolioReasons
{
    private readonly PortfolioExplainer _features;
    private readonly PortfolioExplainer? _families;

    private PortfolioReasons(ScoringModel model, ReasonFinder finder, PortfolioExplainer features, PortfolioExplainer? families) =>
        (Model, Finder, _features, _families) = (model, finder, features, families);

    internal ScoringModel Model { get; }

    internal ReasonFinder Finder { get; }

    /// <summary>Fills the tables; null where the family of the predictor has no way to explain many rows at a time.</summary>
    /// <param name="model">The model.</param>
    /// <param name="reasonBackground">At least one row to compare with.</param>
    /// <param name="finder">Says which families there are and which features may speak.</param>
    /// <param name="limits">What each table may take; null: the default.</param>
    internal static PortfolioReasons? TryBuild(ScoringModel model, FeatureMatrix reasonBackground, ReasonFinder finder, ExplanationLimits? limits)
    {
        if (PortfolioExplainers.TryInterventional(model.Predictor, reasonBackground, null, limits) is not { } features) return null;
        if (finder.Families.AreColumns) return new PortfolioReasons(model, finder, features, null);
        return PortfolioExplainers.TryInterventional(model.Predictor, reasonBackground, finder.Families, limits) is { } families ? new PortfolioReasons(model, finder, features, families) : null;
    }

    /// <summary>Codes of the rules that decided; none where no rule did.</summary>
    /// <param name="policy">What policy said.</param>
    /// <param name="to">Receives at most four.</param>
    /// <returns>How many.</returns>
    public static int OfRules(PolicyOutcome policy, Span<ReasonPoints> to) => ReasonFinder.CodesOfRules(policy, to);

    /// <summary>Scratch of one thread.</summary>
    public PortfolioReasonsTile NewTile() => new(this, _features, _families);
}

using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Explanation;

/// <summary>Whether a contribution raises or lowers the score.</summary>
public enum Effect
{
    /// <summary>Raises the score.</summary>
    Positive,
    /// <summary>Under 5 points either way.</summary>
    Neutral,
    /// <summary>Lowers the score.</summary>
    Negative,
}

/// <summary>Size of a contribution: neutral below 5 points, low below 15, medium below 40, high from there.</summary>
public enum Impact
{
    /// <summary>Below 5 points.</summary>
    Neutral,
    /// <summary>5 to below 15 points.</summary>
    Low,
    /// <summary>15 to below 40 points.</summary>
    Medium,
    /// <summary>40 points and more.</summary>
    High,
}

/// <summary>What one feature adds to the score.</summary>
/// <param name="Feature">Feature name.</param>
/// <param name="Label">Label in the languages of the dictionary.</param>
/// <param name="Group">Group name.</param>
/// <param name="Value">Raw value; NaN-coded when missing or special.</param>
/// <param name="DisplayValue">Value with scale and unit per language, or the meaning of the special code, or "not known".</param>
/// <param name="Points">Points; positive raises the score.</param>
/// <param name="LogOdds">The same in margin units (log-odds of bad, or z).</param>
/// <param name="Effect">Direction.</param>
/// <param name="Impact">Size.</param>
/// <param name="Peer">Median value of the reason background, formatted per language; null without.</param>
public sealed record Contribution(
    string Feature, LocalizedText Label, string Group, double Value, LocalizedText DisplayValue, double Points, double LogOdds,
    Effect Effect, Impact Impact, LocalizedText? Peer);

/// <summary>What a family of features adds to the score: the features of one group of the dictionary as one player. Not the sum of its
/// features where they interact.</summary>
/// <param name="Group">Group name; the feature's where it has none.</param>
/// <param name="Label">Label in the languages of the dictionary.</param>
/// <param name="Features">Names of its features.</param>
/// <param name="Points">Points; positive raises the score.</param>
/// <param name="LogOdds">The same in margin units (log-odds of bad, or z).</param>
/// <param name="Effect">Direction.</param>
/// <param name="Impact">Size.</param>
public sealed record FamilyContribution(string Group, LocalizedText Label, IReadOnlyList<string> Features, double Points, double LogOdds, Effect Effect, Impact Impact);

/// <summary>A reason as issued.</summary>
/// <param name="Code">Reason code.</param>
/// <param name="Text">Adverse sentence in each language, value filled in.</param>
/// <param name="Advice">Advice in each language; null without.</param>
/// <param name="Points">Gap to the reason background in points (negative); 0 for a rule.</param>
/// <param name="FromRule">Whether a policy rule is the reason.</param>
public sealed record Reason(string Code, LocalizedText Text, LocalizedText? Advice, double Points, bool FromRule)
{
    /// <summary>Whether the reason is not given any more when the comparison or the model is a little different; null: not judged.</summary>
    public bool? IsFragile { get; init; }
}

/// <summary>An explanation in points that ends in the issued integer.</summary>
/// <param name="Method">How absent features were imagined.</param>
/// <param name="BasePoints">Points of the base.</param>
/// <param name="Contributions">One per model feature, in the dictionary's order.</param>
/// <param name="Rounding">Points added by rounding.</param>
/// <param name="Clip">Points added by the clip to the scale's limits.</param>
/// <param name="Issued">basePoints + sum(points) + rounding + clip: the integer on the gauge.</param>
/// <param name="Reasons">At most four; empty when nothing counts against the applicant.</param>
/// <param name="Favourable">Favourable sentences of the strongest positive contributions, most points first.</param>
/// <param name="Narrative">At most four sentences per language, strongest factor first.</param>
/// <param name="Background">Which baseline the waterfall starts from, in words per language.</param>
/// <param name="ReasonBackground">Which reference the reasons compare with, in words per language.</param>
public sealed record ScoreExplanation(
    AttributionMethod Method, double BasePoints, IReadOnlyList<Contribution> Contributions, double Rounding, double Clip, int Issued,
    IReadOnlyList<Reason> Reasons, IReadOnlyList<Reason> Favourable, LocalizedText Narrative, LocalizedText Background, LocalizedText ReasonBackground)
{
    /// <summary>Contributions of the dictionary's groups, in the order of the features; empty where every feature is a group of its own, and
    /// in explanations of earlier versions. basePoints + sum(points) + rounding + clip = issued here too.</summary>
    public IReadOnlyList<FamilyContribution> Families { get; init; } = [];

    /// <summary>Whether the contributions are sampled, as a network's are: they add up, but each is an estimate. Else exact.</summary>
    public bool IsSampled { get; init; }
}

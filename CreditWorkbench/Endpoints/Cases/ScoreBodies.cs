using System.Text.Json.Nodes;
using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Explanation;
using CreditWorkbench.Core.Recourse;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Scoring;
using CreditWorkbench.Web.Components;

namespace CreditWorkbench.Web.Endpoints.Cases;

/// <summary>An issued score.</summary>
/// <param name="Id">Identity.</param>
/// <param name="ApplicationId">Application.</param>
/// <param name="ReviewId">Review case; null before it opens.</param>
/// <param name="ScoredAt">When scored.</param>
/// <param name="ExpiresAt">When it goes stale.</param>
/// <param name="Release">Hash of the release that scored.</param>
/// <param name="Score">Issued score.</param>
/// <param name="ScoreUnrounded">Points before rounding and clip.</param>
/// <param name="Grade">Grade.</param>
/// <param name="RiskLevel">Risk level.</param>
/// <param name="Pd">Probability of default, in [0, 1].</param>
/// <param name="ScalePd">The PD that the scale itself implies.</param>
/// <param name="RawPd">The PD of the uncalibrated margin; null for ordinal scores.</param>
/// <param name="Decision">approve, refer or decline: what policy recommends; a person decides.</param>
/// <param name="DecidedByRule">Code of the rule that led to it; null when the cut-offs did.</param>
/// <param name="Cutoffs">Cut-offs.</param>
/// <param name="Confidence">How sure the model is.</param>
/// <param name="ModelVersion">NAME@V.</param>
/// <param name="ExpectedLoss">Expected loss in major units; null without costs.</param>
/// <param name="Warnings">Stable codes.</param>
/// <param name="Explanation">Explanation; null where none could be issued, and then a warning says why.</param>
/// <param name="Roadmap">The way to a better score; null where the call did not ask for it.</param>
public sealed record ScoreResource(
    Guid Id, Guid ApplicationId, Guid? ReviewId, DateTimeOffset ScoredAt, DateTimeOffset ExpiresAt, string Release, int Score, double ScoreUnrounded, string Grade, string RiskLevel, double Pd,
    double ScalePd, double RawPd, Recommendation Decision, string? DecidedByRule, ScoreCutoffs Cutoffs, ScoreConfidence Confidence, string ModelVersion, double? ExpectedLoss,
    IReadOnlyList<string> Warnings, ExplanationResource? Explanation, RoadmapResource? Roadmap)
{
    internal static ScoreResource Of(IssuedScore issued, ScorecardDefinition definition, Guid? review) => new(
        issued.Id, issued.ApplicationId, review, issued.ScoredAt, issued.ExpiresAt, issued.Release.Hash.Hex, issued.Score.Issued, issued.Score.Unrounded, issued.Score.Grade, issued.Score.RiskLevel,
        issued.Score.Pd, issued.Score.ScalePd, issued.Score.RawPd, issued.Policy.Recommendation, issued.Policy.DecidedByRule, new ScoreCutoffs(issued.Policy.ApproveFrom, issued.Policy.DeclineBelow),
        new ScoreConfidence(issued.Confidence.Kind, issued.Confidence.Value, issued.Confidence.Low, issued.Confidence.High), issued.Release.Model, issued.ExpectedLoss, issued.Warnings,
        issued.Explanation is { } explanation ? ExplanationResource.Of(explanation) : null, issued.Roadmap is { } roadmap ? RoadmapResource.Of(roadmap, definition) : null);
}

/// <summary>Cut-offs of a release.</summary>
/// <param name="Approve">Approval from here on.</param>
/// <param name="Decline">Decline below.</param>
public sealed record ScoreCutoffs(int Approve, int Decline);

/// <summary>How sure the model is.</summary>
/// <param name="Kind">modelUncertainty, bandMass or none.</param>
/// <param name="Value">Mass within the issued grade, in [0, 1].</param>
/// <param name="Low">Lower end of the 90 % band.</param>
/// <param name="High">Its upper end.</param>
public sealed record ScoreConfidence(string Kind, double Value, int Low, int High);

/// <summary>An explanation: <c>basePoints</c> and the points of all contributions add up to the unrounded score, and with <c>rounding</c> and <c>clip</c> to the issued one.</summary>
/// <param name="Method">How absent features were imagined.</param>
/// <param name="BasePoints">Points of the base.</param>
/// <param name="Contributions">One per feature.</param>
/// <param name="Rounding">Points added by rounding.</param>
/// <param name="Clip">Points added by the limits of the scale.</param>
/// <param name="Reasons">At most four.</param>
/// <param name="Narrative">In words, in the caller's language.</param>
/// <param name="Background">What the base is.</param>
/// <param name="ReasonBackground">What the reasons compare with.</param>
public sealed record ExplanationResource(
    AttributionMethod Method, double BasePoints, IReadOnlyList<ContributionResource> Contributions, double Rounding, double Clip, IReadOnlyList<ReasonResource> Reasons, string Narrative,
    string Background, string ReasonBackground)
{
    internal static ExplanationResource Of(ScoreExplanation explanation) => new(
        explanation.Method, explanation.BasePoints,
        [.. explanation.Contributions.Select(one => new ContributionResource(
            one.Feature, Words.Of(one.Label), Words.Of(one.DisplayValue), one.Points, one.LogOdds, one.Effect, one.Impact, one.Peer is { } peer ? Words.Of(peer) : null))],
        explanation.Rounding, explanation.Clip,
        [.. explanation.Reasons.Select(reason => new ReasonResource(reason.Code, Words.Of(reason.Text), reason.Points, reason.FromRule, reason.IsFragile))],
        Words.Of(explanation.Narrative), Words.Of(explanation.Background), Words.Of(explanation.ReasonBackground));
}

/// <summary>What one feature adds to the score.</summary>
/// <param name="Feature">Feature.</param>
/// <param name="Label">Its label in the caller's language.</param>
/// <param name="Value">Its value, with unit.</param>
/// <param name="Points">Points; positive raises the score.</param>
/// <param name="LogOdds">The same in units of the margin.</param>
/// <param name="Effect">positive, neutral or negative.</param>
/// <param name="Impact">neutral, low, medium or high.</param>
/// <param name="Peer">The usual value of those it is compared with; null without.</param>
public sealed record ContributionResource(string Feature, string Label, string Value, double Points, double LogOdds, Effect Effect, Impact Impact, string? Peer);

/// <summary>A reason.</summary>
/// <param name="Code">Code.</param>
/// <param name="Text">Sentence in the caller's language.</param>
/// <param name="Points">Gap in points; 0 for a rule.</param>
/// <param name="FromRule">Whether a policy rule is the reason.</param>
/// <param name="Fragile">Whether it would not be given if the model were a little different; null: not judged.</param>
public sealed record ReasonResource(string Code, string Text, double Points, bool FromRule, bool? Fragile);

/// <summary>The way to a better score.</summary>
/// <param name="State">ready, or underWay: ask for it again at <c>/scores/{id}/roadmap</c>.</param>
/// <param name="Outcome">found, impossible (proved) or timedOut; null while under way.</param>
/// <param name="Target">The score that was sought.</param>
/// <param name="Steps">Steps in time.</param>
/// <param name="ScoreAfter">Issued score after all steps.</param>
/// <param name="Verified">Whether every step was scored again and the last one meets the target.</param>
public sealed record RoadmapResource(string State, RoadmapOutcome? Outcome, int? Target, IReadOnlyList<RoadmapStepResource> Steps, int? ScoreAfter, bool Verified)
{
    internal static RoadmapResource UnderWay { get; } = new("underWay", null, null, [], null, false);

    internal static RoadmapResource Of(Roadmap roadmap, ScorecardDefinition definition)
    {
        var steps = JsonNode.Parse(RoadmapJson.Write(roadmap, definition))!["steps"]!.AsArray();
        return new RoadmapResource(
            "ready", roadmap.Outcome, roadmap.Target,
            [.. roadmap.Steps.Select((step, at) => new RoadmapStepResource(
                step.Input, steps[at]!["from"]?.DeepClone(), steps[at]!["to"]?.DeepClone(), step.Months, step.Effort, step.ScoreAfter, Words.Of(step.Label), Words.Of(step.How)))],
            roadmap.ScoreAfter, roadmap.Verified);
    }
}

/// <summary>A step of a roadmap.</summary>
/// <param name="Input">Input that moves.</param>
/// <param name="From">Value before.</param>
/// <param name="To">Value after.</param>
/// <param name="Months">Months until data shows it.</param>
/// <param name="Effort">low, medium or high.</param>
/// <param name="ScoreAfter">Issued score once it shows.</param>
/// <param name="Label">What to do.</param>
/// <param name="How">How.</param>
public sealed record RoadmapStepResource(string Input, JsonNode? From, JsonNode? To, int Months, Effort Effort, int ScoreAfter, string Label, string How);

/// <summary>A past score worked out again under its own release.</summary>
/// <param name="ScoreId">Score.</param>
/// <param name="Equal">Whether margin bits, score, grade and decision are the same.</param>
/// <param name="EngineChanged">Whether the arithmetic has another version by now.</param>
/// <param name="Issued">Score as issued.</param>
/// <param name="Replayed">Score of today.</param>
/// <param name="MarginDifference">Replayed minus issued margin.</param>
public sealed record ReplayResource(Guid ScoreId, bool Equal, bool EngineChanged, int Issued, int Replayed, double MarginDifference);

using System.Text.Json;
using CreditWorkbench.Core.Decisioning;

namespace CreditWorkbench.Web.Endpoints;

/// <summary>Body of a prediction.</summary>
/// <param name="Values">Values by input of the scorecard; null is missing.</param>
/// <param name="Reference">The caller's own reference, at most 200 characters; kept encrypted.</param>
/// <param name="LegalBasis">One or more of consent, contract, legalObligation, vitalInterest, publicTask, legitimateInterest; the client's own where absent.</param>
public sealed record PredictBody(IReadOnlyDictionary<string, JsonElement> Values, string? Reference = null, IReadOnlyList<string>? LegalBasis = null);

/// <summary>Body of an explanation.</summary>
/// <param name="Values">Values by input of the scorecard; null is missing.</param>
/// <param name="Reference">The caller's own reference.</param>
/// <param name="LegalBasis">As for a prediction.</param>
/// <param name="Method">interventional (the default) or path.</param>
/// <param name="Top">How many contributions, the strongest first; all of them, in the order of the dictionary, where absent.</param>
public sealed record ExplainBody(IReadOnlyDictionary<string, JsonElement> Values, string? Reference = null, IReadOnlyList<string>? LegalBasis = null, string? Method = null, int? Top = null);

/// <summary>Body of a roadmap.</summary>
/// <param name="Values">Values by input of the scorecard; null is missing.</param>
/// <param name="Reference">The caller's own reference.</param>
/// <param name="LegalBasis">As for a prediction.</param>
/// <param name="TargetScore">Score to reach; approval, or the next better grade, where neither target is named.</param>
/// <param name="TargetGrade">Grade to reach.</param>
public sealed record RoadmapBody(IReadOnlyDictionary<string, JsonElement> Values, string? Reference = null, IReadOnlyList<string>? LegalBasis = null, int? TargetScore = null, string? TargetGrade = null);

/// <summary>Cut-offs of the policy, in points.</summary>
/// <param name="Approve">Approved from here.</param>
/// <param name="Decline">Declined below.</param>
public sealed record CutoffsView(int Approve, int Decline);

/// <summary>How sure the model is.</summary>
/// <param name="Kind">modelUncertainty, bandMass or none.</param>
/// <param name="Value">Mass within the issued grade, 0 to 1.</param>
/// <param name="Low">Lower end of the 90 % band, points.</param>
/// <param name="High">Upper end of the 90 % band, points.</param>
public sealed record ConfidenceView(string Kind, double Value, int Low, int High);

/// <summary>A reason in the caller's language.</summary>
/// <param name="Code">Stable code.</param>
/// <param name="Text">The sentence.</param>
/// <param name="Points">Points against those who are just good enough; 0 for a rule.</param>
public sealed record ReasonView(string Code, string Text, double Points);

/// <summary>What one feature adds to the score.</summary>
/// <param name="Feature">Feature.</param>
/// <param name="Label">Label in the caller's language.</param>
/// <param name="Value">The value; null where it is missing or a special code.</param>
/// <param name="Display">The value for people.</param>
/// <param name="Points">Points; positive raises the score.</param>
/// <param name="LogOdds">The same in margin units.</param>
/// <param name="Effect">positive, neutral or negative.</param>
/// <param name="Impact">neutral, low, medium or high.</param>
/// <param name="Peer">Usual value among those who are just good enough; null without.</param>
public sealed record ContributionView(string Feature, string Label, object? Value, string Display, double Points, double LogOdds, string Effect, string Impact, string? Peer);

/// <summary>A prediction.</summary>
/// <param name="Id">Identity of its record.</param>
/// <param name="Reference">The caller's own reference.</param>
/// <param name="ScoredAt">When.</param>
/// <param name="Release">Hash of the release that answered.</param>
/// <param name="Score">Issued score.</param>
/// <param name="ScoreUnrounded">Before rounding and clip.</param>
/// <param name="Grade">Grade.</param>
/// <param name="RiskLevel">Risk level.</param>
/// <param name="Pd">Probability of default; null where none could be given.</param>
/// <param name="ScalePd">The one that the scale implies.</param>
/// <param name="RawPd">The one before calibration; null for ordinal scores.</param>
/// <param name="Decision">approve, refer or decline: what policy recommends.</param>
/// <param name="Cutoffs">Cut-offs.</param>
/// <param name="Confidence">Confidence.</param>
/// <param name="ModelVersion">NAME@VERSION.</param>
/// <param name="Warnings">Stable codes: fallbacks, and facts that changed the decision.</param>
/// <param name="Reasons">With <c>?explain=top4</c>: at most four.</param>
public sealed record PredictionView(
    Guid Id, string? Reference, DateTimeOffset ScoredAt, string Release, int Score, double ScoreUnrounded, string Grade, string RiskLevel, double? Pd, double? ScalePd, double? RawPd, string Decision,
    CutoffsView Cutoffs, ConfidenceView Confidence, string ModelVersion, IReadOnlyList<string> Warnings, IReadOnlyList<ReasonView>? Reasons);

/// <summary>A prediction with its explanation: <c>basePoints</c> + sum of <c>points</c> = <c>scoreUnrounded</c>. Where the explanation failed, <c>explanation</c> is null and a warning says so.</summary>
/// <param name="Id">Identity of its record.</param>
/// <param name="Reference">The caller's own reference.</param>
/// <param name="ScoredAt">When.</param>
/// <param name="Release">Hash of the release that answered.</param>
/// <param name="Score">Issued score.</param>
/// <param name="ScoreUnrounded">Before rounding and clip.</param>
/// <param name="Grade">Grade.</param>
/// <param name="RiskLevel">Risk level.</param>
/// <param name="Pd">Probability of default.</param>
/// <param name="ScalePd">The one that the scale implies.</param>
/// <param name="RawPd">The one before calibration.</param>
/// <param name="Decision">approve, refer or decline.</param>
/// <param name="Cutoffs">Cut-offs.</param>
/// <param name="Confidence">Confidence.</param>
/// <param name="ModelVersion">NAME@VERSION.</param>
/// <param name="Warnings">Stable codes.</param>
/// <param name="BasePoints">Points that the bars start from.</param>
/// <param name="Contributions">One per feature of the model.</param>
/// <param name="OtherPoints">With <c>top</c>: points of the contributions that are left out.</param>
/// <param name="Rounding">Points added by rounding.</param>
/// <param name="Clip">Points added by the clip to the scale.</param>
/// <param name="Reasons">At most four.</param>
/// <param name="Narrative">In sentences.</param>
/// <param name="Background">What the bars start from, in words.</param>
/// <param name="ReasonBackground">What the reasons compare with, in words.</param>
public sealed record ExplanationView(
    Guid Id, string? Reference, DateTimeOffset ScoredAt, string Release, int Score, double ScoreUnrounded, string Grade, string RiskLevel, double? Pd, double? ScalePd, double? RawPd, string Decision,
    CutoffsView Cutoffs, ConfidenceView Confidence, string ModelVersion, IReadOnlyList<string> Warnings, double BasePoints, IReadOnlyList<ContributionView> Contributions, double? OtherPoints, double Rounding, double Clip,
    IReadOnlyList<ReasonView> Reasons, string Narrative, string Background, string ReasonBackground);

/// <summary>One step of a roadmap.</summary>
/// <param name="Input">Input that moves.</param>
/// <param name="From">Value before.</param>
/// <param name="To">Value after.</param>
/// <param name="Months">Months until data shows it.</param>
/// <param name="Effort">Effort.</param>
/// <param name="ScoreAfter">Score once this and all earlier steps show.</param>
public sealed record RoadmapStepView(string Input, object? From, object? To, int Months, string Effort, int ScoreAfter);

/// <summary>A way to a better score.</summary>
/// <param name="Id">Identity of its record.</param>
/// <param name="Reference">The caller's own reference.</param>
/// <param name="ScoredAt">When.</param>
/// <param name="Release">Hash of the release that answered.</param>
/// <param name="Score">Score today.</param>
/// <param name="ModelVersion">NAME@VERSION.</param>
/// <param name="Warnings">Stable codes.</param>
/// <param name="Outcome">found, impossible or timedOut.</param>
/// <param name="Target">Score that was sought.</param>
/// <param name="Steps">Steps in time.</param>
/// <param name="ScoreAfter">Score after all steps.</param>
/// <param name="Verified">Whether every step was re-scored and the last one meets the target.</param>
public sealed record RoadmapView(
    Guid Id, string? Reference, DateTimeOffset ScoredAt, string Release, int Score, string ModelVersion, IReadOnlyList<string> Warnings, string Outcome, int Target, IReadOnlyList<RoadmapStepView> Steps, int ScoreAfter, bool Verified);

/// <summary>The record of a prediction, for who made it.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Scorecard">Scorecard.</param>
/// <param name="Kind">predict, explain, roadmap or batch.</param>
/// <param name="Reference">The caller's own reference.</param>
/// <param name="LegalBasis">Legal basis.</param>
/// <param name="ScoredAt">When.</param>
/// <param name="Release">Hash of the release that answered.</param>
/// <param name="ModelVersion">NAME@VERSION.</param>
/// <param name="Score">Issued score.</param>
/// <param name="Grade">Grade.</param>
/// <param name="Pd">Probability of default; null where none could be given.</param>
/// <param name="Decision">approve, refer or decline.</param>
/// <param name="InputHash">SHA-256 of the canonical values.</param>
/// <param name="Values">The values that were scored.</param>
/// <param name="Warnings">Stable codes.</param>
/// <param name="FromCache">Whether an earlier call had worked it out.</param>
public sealed record PredictionRecordView(
    Guid Id, string Scorecard, string Kind, string? Reference, IReadOnlyList<string> LegalBasis, DateTimeOffset ScoredAt, string Release, string ModelVersion, int Score, string Grade, double Pd, string Decision,
    string InputHash, JsonElement Values, IReadOnlyList<string> Warnings, bool FromCache)
{
    /// <summary>The view of a record.</summary>
    public static PredictionRecordView Of(Prediction prediction)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        using var values = JsonDocument.Parse(prediction.Values);
        return new PredictionRecordView(
            prediction.Id, prediction.Release.ScorecardId, prediction.Kind.ToString().ToLowerInvariant(), prediction.Reference, prediction.LegalBasis.Split(','), prediction.At, prediction.Release.Hash.Hex,
            prediction.Release.Model, prediction.Issued, prediction.Grade, prediction.Pd, prediction.Decision.ToString().ToLowerInvariant(), prediction.InputHash.Hex, values.RootElement.Clone(), prediction.Warnings,
            prediction.FromCache);
    }
}

/// <summary>A past prediction or score, scored again.</summary>
/// <param name="Equal">Whether margin bits, score, grade and decision are the same.</param>
/// <param name="EngineChanged">Whether the numeric contract of the program is another one than that of the package.</param>
/// <param name="Issued">Score as issued.</param>
/// <param name="Replayed">Score of today.</param>
/// <param name="MarginDifference">Replayed minus issued margin.</param>
public sealed record ReplayView(bool Equal, bool EngineChanged, int Issued, int Replayed, double MarginDifference)
{
    /// <summary>The view of a replay.</summary>
    public static ReplayView Of(ReplayResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return new ReplayView(result.Equal, result.EngineChanged, result.Issued, result.Replayed, result.MarginDifference);
    }
}

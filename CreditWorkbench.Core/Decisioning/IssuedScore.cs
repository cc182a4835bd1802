using CreditWorkbench.Core.Explanation;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Recourse;
using CreditWorkbench.Core.Scoring;

namespace CreditWorkbench.Core.Decisioning;

/// <summary>How sure the model is.</summary>
/// <param name="Kind">modelUncertainty (binary), bandMass (ordinal) or none (rule baseline).</param>
/// <param name="Value">Mass within the issued grade, in [0, 1].</param>
/// <param name="Low">Lower end of the 90 % band in points.</param>
/// <param name="High">Upper end of the 90 % band in points.</param>
public sealed record Confidence(string Kind, double Value, int Low, int High);

/// <summary>Which release scored.</summary>
/// <param name="Hash">Release hash.</param>
/// <param name="Model">NAME@V.</param>
/// <param name="ScorecardId">Scorecard.</param>
/// <param name="NumericContract">Version of the numeric contract in the package.</param>
public sealed record ReleaseReference(ContentHash Hash, string Model, string ScorecardId, int NumericContract);

/// <summary>A score that was issued for an application, with everything needed to show and to replay it.</summary>
public sealed record IssuedScore
{
    /// <summary>Identity (Guid v7).</summary>
    public required Guid Id { get; init; }
    /// <summary>Application.</summary>
    public required Guid ApplicationId { get; init; }
    /// <summary>Applicant: the key of the encrypted parts.</summary>
    public required Guid ApplicantId { get; init; }
    /// <summary>Release.</summary>
    public required ReleaseReference Release { get; init; }
    /// <summary>When scored.</summary>
    public required DateTimeOffset ScoredAt { get; init; }
    /// <summary>When it goes stale.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
    /// <summary>The score; margin bits are those of its <c>Margin</c>.</summary>
    public required Score Score { get; init; }
    /// <summary>What policy says, without the rule definitions' trees.</summary>
    public required IssuedPolicy Policy { get; init; }
    /// <summary>Confidence.</summary>
    public required Confidence Confidence { get; init; }
    /// <summary>Explanation; null when it could not be issued (a warning says why).</summary>
    public ScoreExplanation? Explanation { get; init; }
    /// <summary>Roadmap; null until worked out.</summary>
    public Roadmap? Roadmap { get; init; }
    /// <summary>Values scored, as canonical JSON; encrypted at rest.</summary>
    public required string ValuesJson { get; init; }
    /// <summary>Where each value came from: input to source.</summary>
    public IReadOnlyDictionary<string, string> Provenance { get; init; } = new Dictionary<string, string>();
    /// <summary>Stable warning codes (<c>explanation.withheld</c>, <c>fallback.baseline</c> ...).</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
    /// <summary>Bins that the score is counted in when it is issued; counted, not kept: empty when read back.</summary>
    public IReadOnlyList<BinHit> Bins { get; init; } = [];
    /// <summary>Expected loss over the horizon in major units; null without costs.</summary>
    public double? ExpectedLoss { get; init; }
    /// <summary>Amount and term that it was scored on; null for a score of before they were kept.</summary>
    public ApplicationTerms? Terms { get; init; }
}

/// <summary>The bin that a case falls into.</summary>
/// <param name="Feature">Column of the model, or <see cref="ScoreBins.Name"/> for the score itself.</param>
/// <param name="Bin">Zero-based bin.</param>
public sealed record BinHit(string Feature, int Bin);

/// <summary>Policy outcome as issued.</summary>
/// <param name="Recommendation">Approve, refer or decline.</param>
/// <param name="DecidedByRule">Code of the rule that decided; null when the cut-offs did.</param>
/// <param name="Rules">Every rule in order: code, condition as written, verdict and whether it fired (null: condition missing).</param>
/// <param name="ApproveFrom">Cut-off for approval.</param>
/// <param name="DeclineBelow">Cut-off for decline.</param>
/// <param name="CapAmount">Amount limit; null without.</param>
/// <param name="Notes">Stable codes of facts that changed the recommendation.</param>
public sealed record IssuedPolicy(
    Recommendation Recommendation, string? DecidedByRule, IReadOnlyList<IssuedRule> Rules, int ApproveFrom, int DeclineBelow,
    double? CapAmount, IReadOnlyList<string> Notes)
{
    /// <summary>An outcome of policy as it is issued.</summary>
    public static IssuedPolicy Of(PolicyOutcome policy) => new(
        policy.Recommendation, policy.DecidedByRule?.Rule.Code,
        [.. policy.Rules.Select(result => new IssuedRule(result.Rule.Code, result.Rule.WhenText, result.Rule.Verdict.ToString(), result.Fired))],
        policy.ApproveFrom, policy.DeclineBelow, policy.CapAmount, policy.Notes);
}

/// <summary>A rule as issued.</summary>
public sealed record IssuedRule(string Code, string Condition, string Verdict, bool? Fired);

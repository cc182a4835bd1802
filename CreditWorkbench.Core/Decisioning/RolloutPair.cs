using CreditWorkbench.Core.Registry;
using CreditWorkbench.Core.Scoring;

namespace CreditWorkbench.Core.Decisioning;

/// <summary>What one side says of a case.</summary>
/// <param name="Score">Issued integer.</param>
/// <param name="Grade">Grade.</param>
/// <param name="Pd">Probability of default, in [0, 1].</param>
/// <param name="Decision">Recommendation.</param>
/// <param name="ExpectedLoss">Over the horizon in major units; null without costs.</param>
/// <param name="Reasons">Codes of the reasons, strongest first.</param>
public sealed record PairedScore(int Score, string Grade, double Pd, Recommendation Decision, double? ExpectedLoss, IReadOnlyList<string> Reasons);

/// <summary>A case as champion and challenger see it; one of them decided.</summary>
public sealed record RolloutPair
{
    /// <summary>Identity (Guid v7).</summary>
    public required Guid Id { get; init; }
    /// <summary>Rollout.</summary>
    public required Guid RolloutId { get; init; }
    /// <summary>When it was decided.</summary>
    public required DateTimeOffset At { get; init; }
    /// <summary>Who decided.</summary>
    public required RolloutArm IssuedBy { get; init; }
    /// <summary>The issued score, or the prediction record.</summary>
    public required Guid SubjectId { get; init; }
    /// <summary>Application; null at the stateless door. Groups are looked up by it and never kept here.</summary>
    public Guid? ApplicationId { get; init; }
    /// <summary>Applicant; null at the stateless door.</summary>
    public Guid? ApplicantId { get; init; }
    /// <summary>The champion's view.</summary>
    public required PairedScore Champion { get; init; }
    /// <summary>The challenger's view.</summary>
    public required PairedScore Challenger { get; init; }
}

using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Monitoring;

/// <summary>What an outcome is about.</summary>
public enum OutcomeKind
{
    /// <summary>An application.</summary>
    Application,
    /// <summary>A stateless prediction.</summary>
    Prediction,
}

/// <summary>A score whose outcome can be reported: what monitoring has to know of it, none of it personal.</summary>
/// <param name="Kind">Application or prediction.</param>
/// <param name="Id">Identity of the application or prediction.</param>
/// <param name="Reference">Number of the application, or the client's reference of the prediction; null without.</param>
/// <param name="ScorecardId">Scorecard.</param>
/// <param name="Release">Release that scored.</param>
/// <param name="Model">NAME@V of that release.</param>
/// <param name="ScoredAt">When scored.</param>
/// <param name="Margin">Log-odds of bad out of the predictor, or z of an ordinal one: what ranks.</param>
/// <param name="Issued">Issued score.</param>
/// <param name="Pd">Issued probability of default, in [0, 1].</param>
public sealed record OutcomeSubject(
    OutcomeKind Kind, Guid Id, string? Reference, string ScorecardId, ContentHash Release, string Model, DateTimeOffset ScoredAt, double Margin, int Issued, double Pd);

/// <summary>An outcome as it was reported. A later report about the same score corrects it; the earlier ones stay as history.</summary>
/// <param name="Id">Identity (Guid v7).</param>
/// <param name="Subject">The score that it is about.</param>
/// <param name="Bad">Whether it turned out bad.</param>
/// <param name="ObservedAt">When that was seen.</param>
/// <param name="ReportedBy">Who reported it.</param>
/// <param name="ReportedAt">When.</param>
/// <param name="IsCurrent">Whether no later report corrects it.</param>
public sealed record ObservedOutcome(Guid Id, OutcomeSubject Subject, bool Bad, DateTimeOffset ObservedAt, Guid ReportedBy, DateTimeOffset ReportedAt, bool IsCurrent);

using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Applicants;

/// <summary>Where an application stands.</summary>
public enum ApplicationState
{
    /// <summary>Values are being entered.</summary>
    Draft,
    /// <summary>Scored; may be scored again until a decision.</summary>
    Scored,
    /// <summary>A person is looking at it.</summary>
    InReview,
    /// <summary>Decided; never scored again.</summary>
    Decided,
    /// <summary>Withdrawn by the applicant.</summary>
    Withdrawn,
}

/// <summary>A request for credit under one scorecard.</summary>
public sealed record CreditApplication
{
    /// <summary>Identity (Guid v7).</summary>
    public required Guid Id { get; init; }
    /// <summary>Number for people: APP-2026-000042.</summary>
    public required string Number { get; init; }
    /// <summary>Who applies.</summary>
    public required Guid ApplicantId { get; init; }
    /// <summary>Scorecard.</summary>
    public required string ScorecardId { get; init; }
    /// <summary>Scoring dictionary that the values obey.</summary>
    public required ContentHash ScoringHash { get; init; }
    /// <summary>Where it stands.</summary>
    public required ApplicationState State { get; init; }
    /// <summary>Raw values by input name as canonical JSON, without those that only audits read; encrypted at rest.</summary>
    public required string ValuesJson { get; init; }
    /// <summary>Where the values come from, as <see cref="ValueSources"/> writes it; encrypted at rest.</summary>
    public string SourcesJson { get; init; } = ValueSources.None;
    /// <summary>What was typed and is not in the trail yet; null when everything is.</summary>
    public DraftEdits? OpenEdits { get; init; }
    /// <summary>Amount asked for; null when not stated.</summary>
    public Money? Amount { get; init; }
    /// <summary>Term asked for.</summary>
    public int? TermMonths { get; init; }
    /// <summary>Application that this one follows; null without.</summary>
    public Guid? LinkedTo { get; init; }
    /// <summary>Score of these values; null before the first and when values changed since: earlier scores stay as history.</summary>
    public Guid? ScoreId { get; init; }
    /// <summary>Branch; null for the head office.</summary>
    public string? BranchId { get; init; }
    /// <summary>Client system that took it in; null where a person did.</summary>
    public Guid? ClientId { get; init; }
    /// <summary>Who took it in.</summary>
    public required Guid CreatedBy { get; init; }
    /// <summary>When taken in.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
    /// <summary>When decided; null before.</summary>
    public DateTimeOffset? DecidedAt { get; init; }
    /// <summary>Version token.</summary>
    public int Version { get; init; }
    /// <summary>Whether it was decided, also while an objection is heard: then its values and score stay as they are.</summary>
    public bool WasDecided => State == ApplicationState.Decided || DecidedAt is not null;
}

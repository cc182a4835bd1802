using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scoring;

namespace CreditWorkbench.Core.Review;

/// <summary>Where a case stands.</summary>
public enum CaseState
{
    /// <summary>Nobody has it.</summary>
    Waiting,
    /// <summary>An officer works on it.</summary>
    Claimed,
    /// <summary>Recommended; another person must approve.</summary>
    SecondApproval,
    /// <summary>Decided.</summary>
    Decided,
}

/// <summary>What a person decides.</summary>
public enum Verdict
{
    /// <summary>As asked.</summary>
    Approve,
    /// <summary>Not at all.</summary>
    Decline,
    /// <summary>Pass on to a higher authority or for more information.</summary>
    Refer,
    /// <summary>On other terms.</summary>
    CounterOffer,
}

/// <summary>A case in the review queue: one per application.</summary>
public sealed record ReviewCase
{
    /// <summary>Identity (Guid v7).</summary>
    public required Guid Id { get; init; }
    /// <summary>Application.</summary>
    public required Guid ApplicationId { get; init; }
    /// <summary>Score under review.</summary>
    public required Guid ScoreId { get; init; }
    /// <summary>Where it stands.</summary>
    public required CaseState State { get; init; }
    /// <summary>1 first; from amount, grade and age.</summary>
    public required int Priority { get; init; }
    /// <summary>When it opened.</summary>
    public required DateTimeOffset OpenedAt { get; init; }
    /// <summary>When it is late.</summary>
    public required DateTimeOffset DueAt { get; init; }
    /// <summary>Officer who has it; null while it waits.</summary>
    public Guid? ClaimedBy { get; init; }
    /// <summary>Name of that officer, for lists.</summary>
    public string? ClaimedByName { get; init; }
    /// <summary>When claimed.</summary>
    public DateTimeOffset? ClaimedAt { get; init; }
    /// <summary>When the applicant objected to the latest decision; null without an objection.</summary>
    public DateTimeOffset? ObjectedAt { get; init; }
    /// <summary>Version token.</summary>
    public int Version { get; init; }
}

/// <summary>A verdict with its terms and reasons.</summary>
public sealed record CaseDecision
{
    /// <summary>Identity (Guid v7).</summary>
    public required Guid Id { get; init; }
    /// <summary>Case.</summary>
    public required Guid CaseId { get; init; }
    /// <summary>Application.</summary>
    public required Guid ApplicationId { get; init; }
    /// <summary>Score that it rests on.</summary>
    public required Guid ScoreId { get; init; }
    /// <summary>What was decided.</summary>
    public required Verdict Verdict { get; init; }
    /// <summary>Amount; null for a decline or referral.</summary>
    public Money? Amount { get; init; }
    /// <summary>Yearly interest rate as a share (0.165 = 16.5 %); null for a decline or referral.</summary>
    public double? InterestRate { get; init; }
    /// <summary>Term; null for a decline or referral.</summary>
    public int? TermMonths { get; init; }
    /// <summary>Why, in the officer's words.</summary>
    public required string Justification { get; init; }
    /// <summary>Whether and how it overrides the recommendation.</summary>
    public required OverrideKind Override { get; init; }
    /// <summary>Code of the override's reason; null without override.</summary>
    public string? OverrideReason { get; init; }
    /// <summary>Who decided.</summary>
    public required Guid DecidedBy { get; init; }
    /// <summary>Name of that person.</summary>
    public required string DecidedByName { get; init; }
    /// <summary>When.</summary>
    public required DateTimeOffset DecidedAt { get; init; }
    /// <summary>Whether another person must approve before it stands.</summary>
    public required bool NeedsSecond { get; init; }
    /// <summary>Who approved as second; null without.</summary>
    public Guid? SecondBy { get; init; }
    /// <summary>When.</summary>
    public DateTimeOffset? SecondAt { get; init; }

    /// <summary>Whether it decides: no referral, and confirmed where a second person had to.</summary>
    public bool Stands => Verdict != Verdict.Refer && (!NeedsSecond || SecondBy is not null);
}

using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Review;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Scoring;

namespace CreditWorkbench.Tests.Review;

/// <summary>Builders of officers, scores and policies for review tests.</summary>
internal static class Cases
{
    public static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    public static PolicyDefinition Policy { get; } = new()
    {
        ApproveFrom = 700,
        DeclineBelow = 500,
        Authority =
        [
            new AuthorityDefinition("LoanOfficer", 25_000_000, OverrideRight.None, false),
            new AuthorityDefinition("SeniorOfficer", 100_000_000, OverrideRight.LowSide, true),
            new AuthorityDefinition("CreditCommittee", 250_000_000, OverrideRight.Both, true),
        ],
    };

    public static Actor Officer(string name, params Permission[] more) =>
        new(Guid.CreateVersion7(), name, ActorKind.User, new HashSet<Permission>([Permission.Review, Permission.Decide, Permission.Score, Permission.ReadCases, .. more]));

    public static IssuedScore Score(int issued, Recommendation recommendation, string? rule = null) => new()
    {
        Id = Guid.CreateVersion7(),
        ApplicationId = Guid.CreateVersion7(),
        ApplicantId = Guid.CreateVersion7(),
        Release = new ReleaseReference(ContentHash.Of("release"), "trust@1", "trust", 1),
        ScoredAt = Now,
        ExpiresAt = Now.AddDays(90),
        Score = new Score(0.2, -1.2, -1.2, issued, issued, "C", "moderate", 0.2, 0.2, 0.2, null),
        Policy = new IssuedPolicy(recommendation, rule, [], Policy.ApproveFrom, Policy.DeclineBelow, null, []),
        Confidence = new Confidence("none", 0, issued, issued),
        ValuesJson = "{}",
    };

    public static CreditApplication Application(IssuedScore score, decimal amount) => new()
    {
        Id = score.ApplicationId,
        Number = "APP-2026-000001",
        ApplicantId = score.ApplicantId,
        ScorecardId = "trust",
        ScoringHash = ContentHash.Of("dictionary"),
        State = ApplicationState.Scored,
        ValuesJson = "{}",
        Amount = Money.FromMajor(amount, "IDR"),
        TermMonths = 12,
        ScoreId = score.Id,
        CreatedBy = Guid.CreateVersion7(),
        CreatedAt = Now,
    };

    public static DecisionRequest Approve(decimal amount, string? overrideReason = null, string justification = "Statement and payslip agree with the declared income of the household.") =>
        new(Verdict.Approve, justification, Money.FromMajor(amount, "IDR"), 0.18, 12, overrideReason);
}

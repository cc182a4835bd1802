using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Explanation;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Jobs;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Recourse;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Core.Review;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Scoring;

namespace CreditWorkbench.Tests.Store;

/// <summary>Records as the rooms make them, with made-up people.</summary>
internal static class Sample
{
    /// <summary>A quiet NaN whose payload names the second special code.</summary>
    public static readonly double SpecialCode = BitConverter.UInt64BitsToDouble(0x7FF8000000000002);

    public static readonly DateTimeOffset Moment = new(2026, 11, 20, 8, 30, 15, TimeSpan.Zero);
    private static readonly string[] Languages = ["en", "id"];

    public static Actor Officer { get; } = new(
        Guid.Parse("0197f000-0000-7000-8000-0000000000aa"), "Officer", ActorKind.User,
        new HashSet<Permission> { Permission.ReadCases, Permission.TakeIn, Permission.Score, Permission.RevealPersonalData });

    public static AuditDraft Audit(string kind = "test.done", string subject = "subject", Guid? applicantId = null) =>
        new(Officer, kind, subject, new Dictionary<string, string?> { ["score"] = "587" }) { ApplicantId = applicantId };

    public static Applicant Applicant(string name = "Dewi Anggraini", string email = "dewi.anggraini@contoh.id") => new()
    {
        Id = Guid.CreateVersion7(),
        Kind = ApplicantKind.Person,
        Name = name,
        Email = email,
        Phone = "+62 812-3344-5566",
        NationalId = "3174096112900001",
        Language = "id",
        BranchId = "JKT-01",
        CreatedAt = Moment,
    };

    public static CreditApplication Application(Guid applicantId) => new()
    {
        Id = Guid.CreateVersion7(),
        Number = "",
        ApplicantId = applicantId,
        ScorecardId = "trust",
        ScoringHash = ContentHash.Of("scoring"),
        State = ApplicationState.Draft,
        ValuesJson = """{"monthly_transaction_count":42}""",
        Amount = Money.FromMajor(5_000_000m, "IDR"),
        TermMonths = 12,
        BranchId = "JKT-01",
        CreatedBy = Officer.Id,
        CreatedAt = Moment,
    };

    public static IssuedScore Score(CreditApplication application, int issued = 587) => new()
    {
        Id = Guid.CreateVersion7(),
        ApplicationId = application.Id,
        ApplicantId = application.ApplicantId,
        Release = new ReleaseReference(ContentHash.Of("release"), "trust@1", "trust", 1),
        ScoredAt = Moment,
        ExpiresAt = Moment.AddDays(90),
        Score = new Score(612.25, -0.0, double.NaN, issued - 0.3, issued, "D", "moderate", 0.0913, 0.0913, double.NaN, 1),
        Policy = new IssuedPolicy(Recommendation.Refer, null, [new IssuedRule("R1", "monthly_transaction_count < 3", "refer", null)], 620, 500, 40_000_000, ["riskCategory.differs"]),
        Confidence = new Confidence("bandMass", 0.71, issued - 21, issued + 21),
        Explanation = Explanation(issued),
        ValuesJson = application.ValuesJson,
        Provenance = new Dictionary<string, string> { ["monthly_transaction_count"] = "bank" },
        Warnings = ["explanation.approximate"],
        ExpectedLoss = 1_234.5,
    };

    public static ScoreExplanation Explanation(int issued)
    {
        var contribution = new Contribution(
            "txn_count", Text("Transactions"), "activity", SpecialCode, Text("no contract"), -12.5, 0.18, Effect.Negative, Impact.Low, Text("55"));
        return new ScoreExplanation(
            AttributionMethod.Interventional, issued + 12.2, [contribution], 0.3, 0, issued, [new Reason("A1", Text("Few transactions."), null, -12.5, false)], [],
            Text("Few transactions cost 12.5 points."), Text("approved applicants"), Text("approved applicants"));
    }

    public static Roadmap Roadmap { get; } = new(
        RoadmapOutcome.Found, 650, 587,
        [new RoadmapStep("save", "savings_growth_rate", InputValue.OfSpecial(1), InputValue.OfNumber(0.1), 3, Effort.Medium, Text("Save"), Text("Monthly"), 655, 68)],
        655, 3, 590, true, 128);

    public static ReviewCase Case(IssuedScore score) => new()
    {
        Id = Guid.CreateVersion7(),
        ApplicationId = score.ApplicationId,
        ScoreId = score.Id,
        State = CaseState.Waiting,
        Priority = 2,
        OpenedAt = Moment,
        DueAt = Moment.AddHours(24),
    };

    public static CaseDecision Decision(ReviewCase reviewCase) => new()
    {
        Id = Guid.CreateVersion7(),
        CaseId = reviewCase.Id,
        ApplicationId = reviewCase.ApplicationId,
        ScoreId = reviewCase.ScoreId,
        Verdict = Verdict.Approve,
        Amount = Money.FromMajor(4_000_000m, "IDR"),
        InterestRate = 0.165,
        TermMonths = 12,
        Justification = "Dewi Anggraini showed twelve months of rent receipts.",
        Override = OverrideKind.LowSide,
        OverrideReason = "evidence",
        DecidedBy = Officer.Id,
        DecidedByName = Officer.Name,
        DecidedAt = Moment.AddHours(1),
        NeedsSecond = false,
    };

    public static RegisteredModel Model(string name = "trust", string release = "release") => new()
    {
        Id = Guid.CreateVersion7(),
        Name = name,
        Version = 0,
        ScorecardId = "trust",
        Family = "forest",
        PackageHash = ContentHash.Of("package"),
        ReleaseHash = ContentHash.Of(release),
        ScoringHash = ContentHash.Of("scoring"),
        Stage = ModelStage.Dev,
        ReportJson = "{}",
        CreatedBy = Officer.Id,
        CreatedAt = Moment,
        StageSince = Moment,
    };

    public static Job Job(string kind = "train") => new()
    {
        Id = Guid.CreateVersion7(),
        Kind = kind,
        Title = "Train trust",
        PayloadJson = """{"scorecard":"trust"}""",
        CreatedBy = Officer.Id,
        CreatedAt = Moment,
    };

    private static LocalizedText Text(string text) => LocalizedText.Same(text, Languages);
}

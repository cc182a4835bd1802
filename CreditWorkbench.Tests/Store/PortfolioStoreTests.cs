using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Review;
using CreditWorkbench.Core.Scoring;
using CreditWorkbench.Core.Store;
using CreditWorkbench.Tests.Services;
using Xunit;

namespace CreditWorkbench.Tests.Store;

public sealed class PortfolioStoreTests(PostgresServer server)
{
    private static readonly PortfolioQuery Day = new(Sample.Moment.AddDays(-1), Sample.Moment.AddDays(1));

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothStores))]
    public async Task Totals_OfThreeDecisions_CountWhatBecameFinal(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        await DecideAsync(store, Verdict.Approve, OverrideKind.LowSide, 4);
        await DecideAsync(store, Verdict.CounterOffer, OverrideKind.None, 2);
        await DecideAsync(store, Verdict.Decline, OverrideKind.HighSide, 9);
        await DecideAsync(store, Verdict.Approve, OverrideKind.None, 1, needsSecond: true);

        var totals = await store.Get<IPortfolioStore>().TotalsAsync(Day, Now);

        Assert.Equal((4, 3, 2, 2, 1), (totals.Applications, totals.Decided, totals.Approved, totals.Overrides, totals.LowSide));
        Assert.Equal(2.0 / 3, totals.ApprovalRate!.Value, 12);
        Assert.Equal(0.0913, totals.PdOfBooked!.Value, 12);
        Assert.Equal(new Money(10_000_000, "IDR"), Assert.Single(totals.Booked));
        Assert.Equal(2 * 1_234.5, totals.ExpectedLoss!.Value, 9);
        Assert.Equal(TimeSpan.FromHours(4), totals.TimeToDecision);
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Totals_OfAnotherPeriodOrScorecard_AreEmpty(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        await DecideAsync(store, Verdict.Approve, OverrideKind.None, 4);

        var portfolio = store.Get<IPortfolioStore>();
        var before = await portfolio.TotalsAsync(new PortfolioQuery(Day.From.AddDays(-9), Day.From), Now);
        var other = await portfolio.TotalsAsync(Day with { ScorecardId = "consumer" }, Now);

        Assert.Equal((0, 0, null, null), (before.Applications, before.Decided, before.PdOfBooked, before.TimeToDecision));
        Assert.Equal((0, 0, null, null), (other.Applications, other.Decided, other.ApprovalRate, other.ExpectedLoss));
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Segments_ByBranchAndTerm_AddUpToAllScores(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        await DecideAsync(store, Verdict.Approve, OverrideKind.None, 4, term: 12);
        await DecideAsync(store, Verdict.Decline, OverrideKind.None, 4, term: 13, branch: null);
        await DecideAsync(store, Verdict.Decline, OverrideKind.None, 4, term: 72);

        var segments = await store.Get<IPortfolioStore>().SegmentsAsync(Day, Now);

        Assert.Equal([("trust", 3)], segments.Where(s => s.Kind == SegmentKind.Scorecard).Select(s => (s.Value, s.Count)));
        Assert.Equal([("", 1), ("JKT-01", 2)], segments.Where(s => s.Kind == SegmentKind.Branch).OrderBy(s => s.Value).Select(s => (s.Value, s.Count)));
        Assert.Equal([("", 1), ("12", 1), ("24", 1)], segments.Where(s => s.Kind == SegmentKind.Term).OrderBy(s => s.Value).Select(s => (s.Value, s.Count)));
        Assert.All(segments, segment => Assert.Equal((587.0, 0.0913), (Math.Round(segment.MeanScore, 9), Math.Round(segment.MeanPd, 9))));
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Trend_OfTwoSteps_PutsADecisionIntoItsOwn(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        await DecideAsync(store, Verdict.Approve, OverrideKind.None, 4);

        var trend = await store.Get<IPortfolioStore>().TrendAsync(Day, [Day.From, Sample.Moment], Now);

        Assert.Equal([(0, 0), (1, 1)], trend.Select(step => (step.Decided, step.Approved)));
        Assert.Null(trend[0].PdOfBooked);
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Waiting_ForAnOfficer_CountsOwnAndOthers(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        await DecideAsync(store, Verdict.Approve, OverrideKind.None, 1, needsSecond: true);
        var (draft, _) = await ScoredAsync(store, 12, "JKT-01");

        var mine = await store.Get<IPortfolioStore>().WaitingAsync(Sample.Officer.Id, Sample.Moment, Now);
        var others = await store.Get<IPortfolioStore>().WaitingAsync(Guid.NewGuid(), Sample.Moment.AddDays(9), Now);

        Assert.Equal(ApplicationState.Draft, draft.State);
        Assert.Equal((1, 0, 0), (mine.Drafts, mine.Waiting, mine.Second));
        Assert.Equal((0, 1, 1), (others.Drafts, others.Second, others.Late));
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Session_EndedElsewhere_LastsNoLonger(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var user = new WorkbenchUser { UserName = "a@example.com", Email = "a@example.com" };
        await using (var context = store.Context())
        {
            context.Users.Add(user);
            await context.SaveChangesAsync(Now);
        }
        var sessions = store.Get<SignInSessions>();
        var here = await sessions.BeginAsync(user.Id, "Firefox", "127.0.0.1", Now);
        var there = await sessions.BeginAsync(user.Id, new string('x', 900), "", Now);

        Assert.False(await sessions.EndAsync(Guid.NewGuid(), there, Now));
        Assert.Equal(1, await sessions.EndAllAsync(user.Id, here, Now));

        Assert.True(await sessions.SeenAsync(here, Now));
        Assert.False(await sessions.SeenAsync(there, Now));
        Assert.Equal("Firefox", Assert.Single(await sessions.OfAsync(user.Id, Now)).Device);
        store.Time.Advance(TimeSpan.FromMinutes(31));
        Assert.Empty(await sessions.OfAsync(user.Id, Now));
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Plan_ScoresOfAPeriod_AreReadByIndexes(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        await using var context = store.Context();
        var (from, to) = provider == StoreProvider.Sqlite ? ("0", "1") : ("'2026-01-01'", "'2026-02-01'");

        var period = $"""
            SELECT a."BranchId", COUNT(*), AVG(s."Pd") FROM "Applications" AS a INNER JOIN "Scores" AS s ON a."ScoreId" = s."Id"
            WHERE s."ScoredAt" >= {from} AND s."ScoredAt" < {to}
            """;
        var all = await context.PlanAsync(period + " GROUP BY a.\"BranchId\"", Now);
        var one = await context.PlanAsync(period + " AND s.\"ScorecardId\" = 'trust' GROUP BY a.\"BranchId\"", Now);
        var drafts = await context.PlanAsync($"SELECT COUNT(*) FROM \"Applications\" WHERE \"State\" = 'Draft' AND \"CreatedBy\" = '{Guid.Empty}'", Now);

        Assert.Contains("IX_Scores_Portfolio", all, StringComparison.Ordinal);
        Assert.Contains("IX_Scores_", one, StringComparison.Ordinal);
        Assert.Contains("IX_Applications_CreatedBy_State", drafts, StringComparison.Ordinal);
        Assert.All([all, one], plan => Assert.Contains("IX_Applications_Portfolio", plan, StringComparison.Ordinal));
    }

    private static async Task<(CreditApplication Application, IssuedScore Score)> ScoredAsync(TestStore store, int term, string? branch)
    {
        var applicant = Sample.Applicant(email: $"{Guid.NewGuid():n}@contoh.id");
        await store.Applicants.AddAsync(applicant, Sample.Audit(), Now);
        var application = await store.Applications.AddAsync(Sample.Application(applicant.Id) with { TermMonths = term, BranchId = branch }, Sample.Audit(), Now);
        var score = Sample.Score(application);
        Assert.True((await store.Scores.IssueAsync(score, application, Sample.Audit(), Now)).Succeeded);
        return ((await store.Applications.FindAsync(application.Id, Now))!, score);
    }

    private static async Task DecideAsync(TestStore store, Verdict verdict, OverrideKind kind, int hours, bool needsSecond = false, int term = 12, string? branch = "JKT-01")
    {
        var (application, score) = await ScoredAsync(store, term, branch);
        var opened = await store.Reviews.OpenAsync(Sample.Case(score), application, Sample.Audit(), Now);
        application = (await store.Applications.FindAsync(application.Id, Now))!;
        var decision = Sample.Decision(opened) with
        {
            Verdict = verdict,
            Override = kind,
            NeedsSecond = needsSecond,
            SecondAt = null,
            SecondBy = null,
            Amount = null,
            DecidedAt = Sample.Moment.AddHours(hours),
        };
        var state = needsSecond ? ApplicationState.InReview : ApplicationState.Decided;
        var decided = await store.Reviews.DecideAsync(decision, opened with { ClaimedBy = Sample.Officer.Id, State = needsSecond ? CaseState.SecondApproval : CaseState.Decided }, application with { State = state }, Sample.Audit(), Now);
        Assert.True(decided.Succeeded);
    }
}

using System.Text;
using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Review;
using CreditWorkbench.Core.Store;
using CreditWorkbench.Tests.Services;
using Xunit;

namespace CreditWorkbench.Tests.Store;

/// <summary>Applicant, application, score, case and decision through the ports.</summary>
public sealed class JourneyTests(PostgresServer server)
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothStores))]
    public async Task Applicant_Added_ReadsBackEqual(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var applicant = Sample.Applicant();

        await store.Applicants.AddAsync(applicant, Sample.Audit(), Now);

        Assert.Equal(applicant, await store.Applicants.FindAsync(applicant.Id, Now));
        Assert.Null(await store.Applicants.FindAsync(Guid.NewGuid(), Now));
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Search_ByIdentifierOrWordOfTheName_FindsWithoutReadingThem(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var dewi = Sample.Applicant();
        var other = Sample.Applicant("Bùi Anggraini", "bui@contoh.vn") with { Phone = "", NationalId = null, CreatedAt = Sample.Moment.AddMinutes(1) };
        await store.Applicants.AddAsync(dewi, Sample.Audit(), Now);
        await store.Applicants.AddAsync(other, Sample.Audit(), Now);

        async Task<Guid[]> Found(string? query) => [.. (await store.Applicants.SearchAsync(query, 1, 10, Now)).Items.Select(found => found.Id)];

        Assert.Equal([other.Id, dewi.Id], await Found(null));
        Assert.Equal([other.Id, dewi.Id], await Found("anggraini"));
        Assert.Equal([dewi.Id], await Found("Anggraini DEWI"));
        Assert.Equal([dewi.Id], await Found(" Dewi.Anggraini@Contoh.id"));
        Assert.Equal([dewi.Id], await Found("62 8123344 5566"));
        Assert.Equal([dewi.Id], await Found("3174-0961-1290-0001"));
        Assert.Equal([other.Id], await Found("bui"));
        Assert.Empty(await Found("Dewi Nobody"));
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Search_SecondPage_HoldsTheOldest(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        for (var i = 0; i < 3; i++) await store.Applicants.AddAsync(Sample.Applicant() with { CreatedAt = Sample.Moment.AddMinutes(i) }, Sample.Audit(), Now);

        var page = await store.Applicants.SearchAsync("dewi", 2, 2, Now);

        Assert.Equal(3, page.Total);
        Assert.Equal(Sample.Moment, Assert.Single(page.Items).CreatedAt);
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Duplicates_SharingAPhoneWrittenOtherwise_AreFound(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var first = Sample.Applicant();
        await store.Applicants.AddAsync(first, Sample.Audit(), Now);

        var duplicates = await store.Applicants.DuplicatesOfAsync(Sample.Applicant("Another", "a@b.id") with { Phone = "(62)81233445566", NationalId = null }, Now);
        var strangers = await store.Applicants.DuplicatesOfAsync(Sample.Applicant(email: "c@d.id") with { Phone = "", NationalId = null }, Now);

        Assert.Equal(first.Id, Assert.Single(duplicates).Id);
        Assert.Empty(strangers);
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Applicant_ChangedTwiceFromOneVersion_SecondIsStale(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var applicant = Sample.Applicant();
        await store.Applicants.AddAsync(applicant, Sample.Audit(), Now);

        var first = await store.Applicants.UpdateAsync(applicant with { Name = "Dewi Lestari" }, Sample.Audit(), Now);
        var second = await store.Applicants.UpdateAsync(applicant with { Name = "Dewi Nirmala" }, Sample.Audit(), Now);

        Assert.Equal(1, first.Value.Version);
        Assert.Equal("version.stale", Assert.Single(second.Problems).Code);
        Assert.Equal("Dewi Lestari", (await store.Applicants.FindAsync(applicant.Id, Now))!.Name);
        Assert.Equal(0, (await store.Applicants.SearchAsync("Anggraini", 1, 10, Now)).Total);
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Consents_AddedAndOneWithdrawn_NewestFirst(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var applicant = Sample.Applicant();
        await store.Applicants.AddAsync(applicant, Sample.Audit(), Now);
        Consent Given(string source, int minute) => new()
        {
            Id = Guid.CreateVersion7(),
            ApplicantId = applicant.Id,
            ScorecardId = "trust",
            Purpose = "scoring",
            Source = source,
            TextHash = ContentHash.Of("I agree."),
            Language = "en",
            Channel = "branch",
            GivenAt = Sample.Moment.AddMinutes(minute),
            ExpiresAt = Sample.Moment.AddDays(365),
        };
        var (bank, utility) = (Given("bank", 0), Given("utility", 1));

        await store.Applicants.AddConsentsAsync([bank, utility], Sample.Audit(), Now);
        await store.Applicants.WithdrawConsentsAsync(applicant.Id, [bank.Id], Sample.Moment.AddDays(1), Sample.Audit(), Now);

        Assert.Equal([utility, bank with { WithdrawnAt = Sample.Moment.AddDays(1) }], await store.Applicants.ConsentsAsync(applicant.Id, Now));
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Application_AddedConcurrently_NumbersHaveNoGapAndNoDouble(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var applicant = Sample.Applicant();
        await store.Applicants.AddAsync(applicant, Sample.Audit(), Now);

        var added = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => store.Applications.AddAsync(Sample.Application(applicant.Id), Sample.Audit(), Now), Now)));

        Assert.Equal(Enumerable.Range(1, 20).Select(number => $"APP-2026-{number:000000}"), added.Select(application => application.Number).Order());
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Application_ReadBack_IsEqualAndFoundByEachFilter(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var application = await ApplicationAsync(store);

        async Task<int> Count(ApplicationQuery query) => (await store.Applications.SearchAsync(query, Now)).Total;

        Assert.Equal(application, await store.Applications.FindAsync(application.Id, Now));
        Assert.Equal(1, await Count(new ApplicationQuery(ApplicationState.Draft, application.ApplicantId, "trust", application.Number)));
        Assert.Equal(0, await Count(new ApplicationQuery(ApplicationState.Decided)));
        Assert.Equal(0, await Count(new ApplicationQuery(ScorecardId: "consumer")));
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Score_Issued_ReadsBackBitForBitWithTheApplicationScored(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var application = await ApplicationAsync(store);
        var score = Sample.Score(application);

        var issued = await store.Scores.IssueAsync(score, application with { State = ApplicationState.Scored }, Sample.Audit(), Now);
        await store.Scores.SaveRoadmapAsync(score.Id, Sample.Roadmap, Sample.Audit(), Now);

        var read = (await store.Scores.FindAsync(score.Id, Now))!;
        var after = (await store.Applications.FindAsync(application.Id, Now))!;
        Assert.True(issued.Succeeded);
        Assert.Equal((ApplicationState.Scored, score.Id, 1), (after.State, after.ScoreId, after.Version));
        Assert.Equal(score.Score, read.Score);
        Assert.Equal(BitConverter.DoubleToInt64Bits(score.Score.Margin), BitConverter.DoubleToInt64Bits(read.Score.Margin));
        Assert.Equal(BitConverter.DoubleToInt64Bits(Sample.SpecialCode), BitConverter.DoubleToInt64Bits(read.Explanation!.Contributions[0].Value));
        Assert.Equivalent(score with { Roadmap = Sample.Roadmap, Explanation = null }, read with { Explanation = null }, strict: true);
        Assert.Equal(score.Explanation!.Narrative, read.Explanation.Narrative);
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Score_ApplicationChangedMeanwhile_IsStaleAndWritesNothing(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var application = await ApplicationAsync(store);
        await store.Applications.UpdateAsync(application with { TermMonths = 24 }, Sample.Audit(), Now);
        var entries = await EntriesAsync(store);

        var issued = await store.Scores.IssueAsync(Sample.Score(application), application with { State = ApplicationState.Scored }, Sample.Audit(), Now);

        Assert.Equal("version.stale", Assert.Single(issued.Problems).Code);
        Assert.Empty(await store.Scores.OfApplicationAsync(application.Id, Now));
        Assert.Equal(entries, await EntriesAsync(store));
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Histogram_ScoredTwice_CountsTheLatestScoreOfEachApplication(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var application = await ApplicationAsync(store);
        await store.Scores.IssueAsync(Sample.Score(application, 412), application with { State = ApplicationState.Scored }, Sample.Audit(), Now);
        var again = (await store.Applications.FindAsync(application.Id, Now))!;
        await store.Scores.IssueAsync(Sample.Score(again, 587), again, Sample.Audit(), Now);

        var bins = await store.Scores.HistogramAsync("trust", 50, Now);

        Assert.Equal([new ScoreBin(550, 600, 1)], bins);
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Case_OpenedAgainAfterANewScore_PointsAtTheNewest(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var (_, opened) = await CaseAsync(store);
        var application = (await store.Applications.FindAsync(opened.ApplicationId, Now))!;
        var second = Sample.Score(application, 640);
        await store.Scores.IssueAsync(second, application with { State = ApplicationState.Scored }, Sample.Audit(), Now);
        application = (await store.Applications.FindAsync(application.Id, Now))!;

        var again = await store.Reviews.OpenAsync(Sample.Case(second), application with { State = ApplicationState.InReview }, Sample.Audit(), Now);

        Assert.Equal((opened.Id, second.Id, 1), (again.Id, again.ScoreId, again.Version));
        Assert.Equal(again, Assert.Single((await store.Reviews.ListAsync(new CaseQuery(CaseState.Waiting, ScorecardId: "trust"), Now)).Items));
        Assert.Equal(0, (await store.Reviews.ListAsync(new CaseQuery(ScorecardId: "consumer"), Now)).Total);
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Claim_ManyOfficersAtOnce_ExactlyOneWins(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var (_, waiting) = await CaseAsync(store);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(
            () => store.Reviews.UpdateAsync(waiting with { State = CaseState.Claimed, ClaimedBy = Guid.NewGuid(), ClaimedAt = Sample.Moment }, Sample.Audit("case.claimed"), Now), Now)));

        var winner = Assert.Single(outcomes, outcome => outcome.Succeeded).Value;
        Assert.All(outcomes.Where(outcome => !outcome.Succeeded), outcome => Assert.Equal("version.stale", outcome.Problems[0].Code));
        Assert.Equal(winner, await store.Reviews.FindAsync(waiting.Id, Now));
        Assert.Single(await store.Reader.SearchAsync(new("case.claimed"), Now));
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Decision_Committed_ClosesCaseAndApplicationTogether(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var (application, opened) = await CaseAsync(store);
        var decision = Sample.Decision(opened);

        var decided = await store.Reviews.DecideAsync(decision, opened with { State = CaseState.Decided }, application with { State = ApplicationState.Decided }, Sample.Audit(), Now);
        var again = await store.Reviews.DecideAsync(Sample.Decision(opened), opened with { State = CaseState.Decided }, application with { State = ApplicationState.Decided }, Sample.Audit(), Now);

        Assert.True(decided.Succeeded);
        Assert.Equal("version.stale", Assert.Single(again.Problems).Code);
        Assert.Equal(decision, Assert.Single(await store.Reviews.DecisionsAsync(opened.Id, Now)));
        Assert.Equal(CaseState.Decided, (await store.Reviews.OfApplicationAsync(application.Id, Now))!.State);
        var closed = (await store.Applications.FindAsync(application.Id, Now))!;
        Assert.Equal((ApplicationState.Decided, decision.DecidedAt), (closed.State, closed.DecidedAt));
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Decision_SecondApproval_CompletesTheFirst(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var (application, opened) = await CaseAsync(store);
        var first = Sample.Decision(opened) with { NeedsSecond = true };
        await store.Reviews.DecideAsync(first, opened with { State = CaseState.SecondApproval }, application, Sample.Audit(), Now);
        var (waiting, same) = ((await store.Reviews.FindAsync(opened.Id, Now))!, (await store.Applications.FindAsync(application.Id, Now))!);
        var second = first with { SecondBy = Guid.CreateVersion7(), SecondAt = first.DecidedAt.AddHours(1) };

        await store.Reviews.DecideAsync(second, waiting with { State = CaseState.Decided }, same with { State = ApplicationState.Decided }, Sample.Audit(), Now);

        Assert.Equal(second, Assert.Single(await store.Reviews.DecisionsAsync(opened.Id, Now)));
        Assert.Equal(second.SecondAt, (await store.Applications.FindAsync(application.Id, Now))!.DecidedAt);
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task PersonalData_AfterAWholeJourney_IsNowhereInTheDatabase(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var (application, opened) = await CaseAsync(store);
        await store.Reviews.DecideAsync(Sample.Decision(opened), opened, application, Sample.Audit(), Now);

        var stored = Encoding.Latin1.GetString(await store.BytesAsync(server));

        Assert.Contains("APP-2026-000001", stored, StringComparison.Ordinal); // the search looks at the right bytes
        Assert.DoesNotContain("Anggraini", stored, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("contoh.id", stored, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("3174096112900001", stored, StringComparison.Ordinal);
        Assert.DoesNotContain("monthly_transaction_count", stored, StringComparison.Ordinal);
    }

    private static async Task<CreditApplication> ApplicationAsync(TestStore store)
    {
        var applicant = Sample.Applicant();
        await store.Applicants.AddAsync(applicant, Sample.Audit(), Now);
        return await store.Applications.AddAsync(Sample.Application(applicant.Id), Sample.Audit(), Now);
    }

    private static async Task<(CreditApplication Application, ReviewCase Case)> CaseAsync(TestStore store)
    {
        var application = await ApplicationAsync(store);
        var score = Sample.Score(application);
        await store.Scores.IssueAsync(score, application with { State = ApplicationState.Scored }, Sample.Audit(), Now);
        application = (await store.Applications.FindAsync(application.Id, Now))!;
        var opened = await store.Reviews.OpenAsync(Sample.Case(score), application with { State = ApplicationState.InReview }, Sample.Audit(), Now);
        return ((await store.Applications.FindAsync(application.Id, Now))!, opened);
    }

    private static async Task<long> EntriesAsync(TestStore store)
    {
        await store.Sequencer.SequenceAsync(Now);
        return (await store.Reader.VerifyAsync(Now)).Entries;
    }
}

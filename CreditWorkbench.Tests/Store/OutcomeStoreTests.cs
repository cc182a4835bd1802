using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Monitoring;
using CreditWorkbench.Core.Store;
using CreditWorkbench.Tests.Services;
using Xunit;

namespace CreditWorkbench.Tests.Store;

/// <summary>Outcomes, lists of scores, and what belongs to client systems, on both providers.</summary>
public sealed class OutcomeStoreTests(PostgresServer server)
{
    private static readonly Guid Client = Guid.Parse("0197f000-0000-7000-8000-00000000c11e");
    private static readonly Actor System = Sample.Officer with { Id = Client, Kind = ActorKind.Client };

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothStores))]
    public async Task Report_CorrectedLater_CountsTheLastAndKeepsTheFirst(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var (desk, scored) = (Desk(store), await ScoredAsync(store, clientId: null));

        var first = (await desk.RecordAsync([new(scored.Id, null, null, true, Sample.Moment.AddDays(1))], Sample.Officer, Now)).Value;
        store.Time.Advance(TimeSpan.FromMinutes(1));
        var again = (await desk.RecordAsync([new(null, null, scored.Number, true, Sample.Moment.AddDays(1))], Sample.Officer, Now)).Value;
        var corrected = (await desk.RecordAsync([new(null, null, scored.Number, false, Sample.Moment.AddDays(2))], Sample.Officer, Now)).Value;

        Assert.Equal([new OutcomeReceipt(1, 0, 0), new OutcomeReceipt(0, 0, 1), new OutcomeReceipt(0, 1, 0)], [first, again, corrected]);
        var outcomes = store.Get<IOutcomeStore>();
        var standing = Assert.Single(await outcomes.CurrentAsync("trust", Sample.Moment, Sample.Moment.AddDays(1), Now));
        Assert.Equal((false, scored.Id, -0.0, 0.0913), (standing.Bad, standing.Subject.Id, standing.Subject.Margin, standing.Subject.Pd));
        Assert.Equal([false, true], (await outcomes.HistoryAsync(scored.Id, Now)).Select(outcome => outcome.Bad));
        Assert.Equal(["0", "0", "1"], (await store.Reader.SearchAsync(new AuditQuery("outcomes.reported"), Now)).Select(entry => entry.Payload!["recorded"]));
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Report_OneFaultyRow_RecordsNothingAndNamesEveryFault(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var (scored, ours) = (await ScoredAsync(store, clientId: null), await ScoredAsync(store, Client));
        var day = Sample.Moment.AddDays(1);

        var refused = await Desk(store).RecordAsync(
            [new(ours.Id, null, null, true, day), new(ours.Id, null, null, false, day), new(scored.Id, null, null, true, day), new(null, null, null, true, day), new(ours.Id, null, "x", true, day), new(null, Guid.NewGuid(), null, true, day)],
            System, Now);
        var early = await Desk(store).RecordAsync([new(ours.Id, null, null, true, Sample.Moment.AddSeconds(-1)), new(null, null, scored.Number, true, Sample.Moment.AddYears(1))], Sample.Officer, Now);

        Assert.Equal([(2, "outcome.twice"), (3, "outcome.unknown"), (4, "outcome.subject"), (5, "outcome.subject"), (6, "outcome.unknown")], refused.Problems.Select(problem => ((int)problem.Row!, problem.Code)));
        Assert.All(early.Problems, problem => Assert.Equal("outcome.observedAt", problem.Code));
        Assert.Equal(2, early.Problems.Count);
        Assert.Empty(await store.Get<IOutcomeStore>().CurrentOfAsync([ours.Id, scored.Id], Now));
        Assert.Equal("permission.missing", (await Desk(store).RecordAsync([new(ours.Id, null, null, true, day)], Sample.Officer with { Permissions = new HashSet<Permission>() }, Now)).Problems[0].Code);
        Assert.Equal("outcome.rows", (await Desk(store).RecordAsync([], Sample.Officer, Now)).Problems[0].Code);
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Scores_ReadPartByPart_AreAllThereOnceNewestFirst(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var made = new List<CreditApplication>();
        for (var i = 0; i < 5; i++) made.Add(await ScoredAsync(store, i == 2 ? Client : null));
        var reader = new ScoreReader(store.Scores, store.Applications);

        var (seen, after, parts) = (new List<Guid>(), (Guid?)null, 0);
        do
        {
            var part = (await reader.ListAsync(new ScoreQuery("trust") { Take = 2, After = after }, Sample.Officer, Now)).Value;
            (after, parts) = (part.Next, parts + 1);
            seen.AddRange(part.Items.Select(score => score.ApplicationId));
        }
        while (after is not null);

        Assert.Equal((3, 5), (parts, seen.Distinct().Count()));
        Assert.Equal(made.Select(application => application.Id).Order(), seen.Order());
        Assert.Equal([made[2].Id], (await reader.ListAsync(new ScoreQuery(), System, Now)).Value.Items.Select(score => score.ApplicationId));
        Assert.Empty((await reader.ListAsync(new ScoreQuery { After = Guid.NewGuid() }, Sample.Officer, Now)).Value.Items);
        Assert.Equal("score.notFound", (await reader.FindAsync(made[0].ScoreId!.Value, System, Now)).Problems[0].Code);
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Erasure_AskedForByWhoMayNot_WaitsForAnAdminAndThenErases(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var scored = await ScoredAsync(store, clientId: null);
        var desk = new ApplicantDesk(store.Applicants, store.Trail, store.Time);
        var admin = Sample.Officer with { Permissions = new HashSet<Permission> { Permission.ManageSettings } };

        var asked = (await desk.RequestErasureAsync(scored.ApplicantId, "By letter of 19 November.", Sample.Officer, Now)).Value;
        var again = (await desk.RequestErasureAsync(scored.ApplicantId, "By letter of 20 November.", Sample.Officer, Now)).Value;
        var waiting = await store.Applicants.SearchAsync(new ApplicantQuery { AwaitingErasure = true }, Now);
        var done = (await desk.RequestErasureAsync(scored.ApplicantId, "The letter is genuine.", admin, Now)).Value;

        Assert.Equal((false, false, true), (asked.Done, again.Done, done.Done));
        Assert.Equal(asked.Applicant.ErasureRequestedAt, again.Applicant.ErasureRequestedAt);
        Assert.Equal(scored.ApplicantId, Assert.Single(waiting.Items).Id);
        Assert.Equal(("", 0), (done.Applicant.Name, (await store.Applicants.SearchAsync(new ApplicantQuery { AwaitingErasure = true }, Now)).Total));
        Assert.Single(await store.Reader.SearchAsync(new AuditQuery("applicant.erasureRequested"), Now));
        Assert.True((await store.Reader.VerifyAsync(Now)).Intact);
        Assert.Equal("permission.missing", (await desk.RequestErasureAsync(scored.ApplicantId, "Nobody asked.", Sample.Officer with { Permissions = new HashSet<Permission>() }, Now)).Problems[0].Code);
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Searches_OfAClient_FindWhatItMade(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var (theirs, ours) = (await ScoredAsync(store, clientId: null), await ScoredAsync(store, Client));

        var applicants = await store.Applicants.SearchAsync(new ApplicantQuery { ClientId = Client }, Now);
        var applications = await store.Applications.SearchAsync(new ApplicationQuery { ClientId = Client }, Now);

        Assert.Equal((ours.ApplicantId, ours.Id), (Assert.Single(applicants.Items).Id, Assert.Single(applications.Items).Id));
        Assert.Equal((Client, Client), (applicants.Items[0].ClientId, applications.Items[0].ClientId));
        Assert.Null(await store.Applications.FindForAsync(theirs.Id, System, Now));
        Assert.NotNull(await store.Applications.FindForAsync(ours.Id, Sample.Officer, Now));
    }

    private static OutcomeDesk Desk(TestStore store) => new(store.Get<IOutcomeStore>(), new NoPredictions(), store.Trail, store.Time);

    private static async Task<CreditApplication> ScoredAsync(TestStore store, Guid? clientId)
    {
        if (store.Time.GetUtcNow() < Sample.Moment.AddDays(3)) store.Time.Advance(Sample.Moment.AddDays(3) - store.Time.GetUtcNow());
        var applicant = Sample.Applicant() with { ClientId = clientId };
        await store.Applicants.AddAsync(applicant, Sample.Audit(), Now);
        var application = await store.Applications.AddAsync(Sample.Application(applicant.Id) with { ClientId = clientId }, Sample.Audit(), Now);
        var score = (await store.Scores.IssueAsync(Sample.Score(application), application with { State = ApplicationState.Scored }, Sample.Audit(), Now)).Value;
        return application with { ScoreId = score.Id };
    }

    private sealed class NoPredictions : IPredictionOutcomes
    {
        public Task<OutcomeSubject?> FindAsync(Guid id, Actor actor, CancellationToken cancellationToken) => Task.FromResult<OutcomeSubject?>(null);

        public Task<OutcomeSubject?> FindAsync(string reference, Actor actor, CancellationToken cancellationToken) => Task.FromResult<OutcomeSubject?>(null);
    }
}

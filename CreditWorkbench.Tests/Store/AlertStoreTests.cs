using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Monitoring;
using CreditWorkbench.Core.Store;
using CreditWorkbench.Tests.Services;
using Xunit;

namespace CreditWorkbench.Tests.Store;

/// <summary>The desk of alerts on the real stores.</summary>
public sealed class AlertStoreTests(PostgresServer server)
{
    private static readonly Actor Analyst = new(Guid.CreateVersion7(), "Ayu", ActorKind.User, new HashSet<Permission> { Permission.ReadDashboards, Permission.PromoteModels });

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothStores))]
    public async Task Raise_SameKeyWhileOpen_CountsUpUntilItIsAcknowledged(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var desk = Desk(store);

        var first = await RaiseAsync(desk, "a", "1");
        var again = await RaiseAsync(desk, "a", "2");
        await desk.AcknowledgeAsync(again.Id, " Seen. ", again.RowVersion, Analyst, Now);
        store.Time.Advance(TimeSpan.FromMinutes(1));
        var later = await RaiseAsync(desk, "a", "3");

        Assert.Equal((first.Id, 2, "2"), (again.Id, again.Times, again.Facts["value"]));
        Assert.NotEqual(first.Id, later.Id);
        var all = (await desk.ListAsync(new AlertQuery(), Analyst, Now)).Value;
        Assert.Equal([later.Id, first.Id], all.Items.Select(alert => alert.Id));
        Assert.Equal(2, all.Total);
        Assert.Equal(("Seen.", Analyst.Id), (all.Items[1].Note, all.Items[1].AcknowledgedBy));
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Raise_ManyAtOnceFromTwoNodes_IsOneAlert(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        await using var other = store.OtherNode();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(() => RaiseAsync(Desk(n % 2 == 0 ? store : other), "a", "1"), Now)));

        Assert.Equal(8, Assert.Single((await Desk(store).ListAsync(new AlertQuery(), Analyst, Now)).Value.Items).Times);
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task List_Filters_KeepWhatTheyName(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var desk = Desk(store);
        var open = await RaiseAsync(desk, "a", "1");
        store.Time.Advance(TimeSpan.FromMinutes(1));
        var seen = await RaiseAsync(desk, "b", "1", "consumer");
        await desk.AcknowledgeAsync(seen.Id, "Seen.", null, Analyst, Now);

        Assert.Equal([open.Id], await IdsAsync(desk, new AlertQuery(Open: true)));
        Assert.Equal([seen.Id], await IdsAsync(desk, new AlertQuery(Open: false)));
        Assert.Equal([seen.Id], await IdsAsync(desk, new AlertQuery(ScorecardId: "consumer")));
        Assert.Empty(await IdsAsync(desk, new AlertQuery(Kind: "nothing")));
        Assert.Equal([open.Id], await IdsAsync(desk, new AlertQuery(Skip: 1, Take: 1)));
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Acknowledge_StaleTwiceOrWithoutNote_IsRefused(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var desk = Desk(store);
        var alert = await RaiseAsync(desk, "a", "1");
        await RaiseAsync(desk, "a", "2");

        Assert.Equal("version.stale", await RefusalAsync(desk.AcknowledgeAsync(alert.Id, "Seen.", alert.RowVersion, Analyst, Now)));
        Assert.Equal("alert.note", await RefusalAsync(desk.AcknowledgeAsync(alert.Id, "  ", null, Analyst, Now)));
        Assert.Equal("alert.notFound", await RefusalAsync(desk.AcknowledgeAsync(Guid.CreateVersion7(), "Seen.", null, Analyst, Now)));
        Assert.Equal("permission.missing", await RefusalAsync(desk.AcknowledgeAsync(alert.Id, "Seen.", null, Sample.Officer, Now)));
        Assert.True((await desk.AcknowledgeAsync(alert.Id, "Seen.", null, Analyst, Now)).Succeeded);
        Assert.Equal("alert.acknowledged", await RefusalAsync(desk.AcknowledgeAsync(alert.Id, "Seen.", null, Analyst, Now)));
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Lease_TwoNodes_OneHoldsItUntilItRunsOut(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        await using var other = store.OtherNode();
        var (own, others) = (store.Get<IWatchLease>(), other.Get<IWatchLease>());

        Assert.True(await own.TakeAsync("watch", "one", TimeSpan.FromSeconds(30), Now));
        Assert.True(await own.TakeAsync("watch", "one", TimeSpan.FromSeconds(30), Now));
        Assert.False(await others.TakeAsync("watch", "two", TimeSpan.FromSeconds(30), Now));
        store.Time.Advance(TimeSpan.FromSeconds(31));
        Assert.True(await others.TakeAsync("watch", "two", TimeSpan.FromSeconds(30), Now));
        Assert.False(await own.TakeAsync("watch", "one", TimeSpan.FromSeconds(30), Now));
    }

    private static AlertDesk Desk(TestStore store) => new(store.Get<IAlertStore>(), store.Time);

    private static Task<Alert> RaiseAsync(AlertDesk desk, string key, string value, string scorecard = "trust") => desk.RaiseAsync(
        new AlertRequest("rollout.rolledBack", AlertSeverity.Critical, key, scorecard, "subject", new Dictionary<string, string> { ["value"] = value }), Actor.System, Now);

    private static async Task<IReadOnlyList<Guid>> IdsAsync(AlertDesk desk, AlertQuery query) => [.. (await desk.ListAsync(query, Analyst, Now)).Value.Items.Select(alert => alert.Id)];

    private static async Task<string> RefusalAsync(Task<Outcome<Alert>> refused) => (await refused).Problems.Single().Code;
}

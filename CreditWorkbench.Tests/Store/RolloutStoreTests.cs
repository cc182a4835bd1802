using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Core.Store;
using CreditWorkbench.Tests.Services;
using Xunit;

namespace CreditWorkbench.Tests.Store;

public sealed class RolloutStoreTests(PostgresServer server)
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothStores))]
    public async Task Add_Rollout_ReadsBackAsItWasWithItsHistory(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var rollout = NewRollout() with { Guardrails = new RolloutGuardrails { GroupRatio = 0.75 } };

        Assert.True((await AddAsync(store, rollout)).Succeeded);

        var read = await store.Get<IRolloutStore>().FindAsync(rollout.Id, Now);
        Assert.Equal(rollout, read);
        Assert.Equal([EventOf(rollout, "started")], await store.Get<IRolloutStore>().HistoryAsync(rollout.Id, Now));
        Assert.Equal([rollout], await store.Get<IRolloutStore>().RunningAsync(Now));
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Add_SecondCanaryOrSameChallenger_IsRefused(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        await AddAsync(store, NewRollout());

        var same = await AddAsync(store, NewRollout() with { Mode = RolloutMode.Shadow, Share = 0 });
        var canary = await AddAsync(store, NewRollout("trust@3"));
        var shadow = await AddAsync(store, NewRollout("trust@4") with { Mode = RolloutMode.Shadow, Share = 0 });
        var elsewhere = await AddAsync(store, NewRollout() with { ScorecardId = "consumer" });

        Assert.Equal(("rollout.running", "challenger"), (same.Problems.Single().Code, same.Problems.Single().Field));
        Assert.Equal(("rollout.running", "mode"), (canary.Problems.Single().Code, canary.Problems.Single().Field));
        Assert.True(shadow.Succeeded && elsewhere.Succeeded);
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Add_ManyAtOnce_OneCanaryIsFirst(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        await using var other = store.OtherNode();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(() => AddAsync(n % 2 == 0 ? store : other, NewRollout($"trust@{n + 2}")), Now)));

        Assert.Single(outcomes, outcome => outcome.Succeeded);
        Assert.All(outcomes.Where(outcome => !outcome.Succeeded), outcome => Assert.Equal("rollout.running", outcome.Problems.Single().Code));
        Assert.Single(await store.Get<IRolloutStore>().RunningAsync(Now));
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Update_StaleVersion_ChangesNothing(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var rollout = NewRollout();
        await AddAsync(store, rollout);
        var port = store.Get<IRolloutStore>();

        var raised = await port.UpdateAsync(rollout with { Share = 50 }, EventOf(rollout, "shareChanged"), Sample.Audit(), Now);
        var stale = await port.UpdateAsync(rollout with { Share = 90 }, EventOf(rollout, "shareChanged"), Sample.Audit(), Now);

        Assert.Equal((50, 1), (raised.Value.Share, raised.Value.RowVersion));
        Assert.Equal("version.stale", stale.Problems.Single().Code);
        Assert.Equal(50, (await port.FindAsync(rollout.Id, Now))!.Share);
        Assert.Equal(2, (await port.HistoryAsync(rollout.Id, Now)).Count);
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task SaveStreaks_LeavesTheVersionAlone(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var rollout = NewRollout();
        await AddAsync(store, rollout);
        var port = store.Get<IRolloutStore>();
        Assert.Empty(await port.StreaksAsync(rollout.Id, Now));

        await port.SaveStreaksAsync(rollout.Id, new Dictionary<string, int> { ["latency"] = 1 }, Now);

        Assert.Equal(1, (await port.StreaksAsync(rollout.Id, Now))["latency"]);
        Assert.Equal(0, (await port.FindAsync(rollout.Id, Now))!.RowVersion);
    }

    internal static Rollout NewRollout(string challenger = "trust@2") => new()
    {
        Id = Guid.CreateVersion7(),
        ScorecardId = "trust",
        ChampionRelease = ContentHash.Of("release"),
        Champion = "trust@1",
        ChallengerRelease = ContentHash.Of(challenger),
        Challenger = challenger,
        Mode = RolloutMode.Canary,
        Share = 10,
        Salt = "0011223344556677",
        Guardrails = new RolloutGuardrails(),
        StartedBy = Sample.Officer.Id,
        StartedAt = Sample.Moment,
        Note = "Try it.",
    };

    internal static RolloutEvent EventOf(Rollout rollout, string kind) => new(rollout.Id, kind, rollout.Share, Sample.Officer.Id, "Try it.", Sample.Moment);

    private static Task<Outcome<Rollout>> AddAsync(TestStore store, Rollout rollout) =>
        store.Get<IRolloutStore>().AddAsync(rollout, EventOf(rollout, "started"), Sample.Audit("rollout.started"), Now);
}

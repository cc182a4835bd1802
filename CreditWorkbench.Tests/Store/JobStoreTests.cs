using CreditWorkbench.Core.Jobs;
using CreditWorkbench.Core.Store;
using CreditWorkbench.Tests.Services;
using Xunit;

namespace CreditWorkbench.Tests.Store;

public sealed class JobStoreTests(PostgresServer server)
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);
    private static readonly string[] Kinds = ["train", "batch"];

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothStores))]
    public async Task Lease_ManyWorkersAtOnce_EachJobGoesToExactlyOne(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        for (var i = 0; i < 4; i++) await store.Jobs.EnqueueAsync(Sample.Job(), Sample.Audit(), Now);

        var taken = await Task.WhenAll(Enumerable.Range(0, 12).Select(worker => Task.Run(() => store.Jobs.LeaseAsync($"worker-{worker}", Kinds, Lease, Now), Now)));

        var won = taken.OfType<Job>().ToList();
        Assert.Equal(4, won.Count);
        Assert.Equal(4, won.Select(job => job.Id).Distinct().Count());
        Assert.All(won, job => Assert.Equal((JobState.Running, 1, 1L), (job.State, job.Attempt, job.FencingToken)));
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Lease_SeveralWait_OldestFirstAndOnlyKnownKinds(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var later = Sample.Job() with { CreatedAt = Sample.Moment.AddMinutes(1) };
        var foreign = Sample.Job("etl");
        var first = Sample.Job("batch");
        foreach (var job in new[] { later, foreign, first }) await store.Jobs.EnqueueAsync(job, Sample.Audit(), Now);

        Assert.Equal(first.Id, (await store.Jobs.LeaseAsync("w", Kinds, Lease, Now))!.Id);
        Assert.Equal(later.Id, (await store.Jobs.LeaseAsync("w", Kinds, Lease, Now))!.Id);
        Assert.Null(await store.Jobs.LeaseAsync("w", Kinds, Lease, Now));
        var listed = await store.Jobs.ListAsync(new JobQuery(), 1, 10, Now);
        Assert.Equal((3, later.Id), (listed.Total, listed.Items[0].Id));
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Report_LeaseRanOutAndAnotherTookOver_OldTokenIsRefused(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        await store.Jobs.EnqueueAsync(Sample.Job(), Sample.Audit(), Now);
        var first = (await store.Jobs.LeaseAsync("first", Kinds, Lease, Now))!;
        await store.Jobs.ReportAsync(first.Id, first.FencingToken, "boosting", 0.4, "tree 120", Lease, Now);
        store.Time.Advance(Lease + TimeSpan.FromSeconds(1));

        var second = (await store.Jobs.LeaseAsync("second", Kinds, Lease, Now))!;
        var late = await store.Jobs.ReportAsync(first.Id, first.FencingToken, "boosting", 0.5, "tree 150", Lease, Now);
        var ended = await store.Jobs.EndAsync(first.Id, first.FencingToken, JobState.Completed, "{}", null, Now);

        Assert.Equal(("second", 2, 2L, "tree 120", 0.4), (second.Owner, second.Attempt, second.FencingToken, second.Checkpoint, second.Progress));
        Assert.Equal((false, false), late);
        Assert.False(ended);
        Assert.Equal(second, await store.Jobs.FindAsync(first.Id, Now));
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task End_Completed_ShowsResultOnceAndForAll(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        await store.Jobs.EnqueueAsync(Sample.Job(), Sample.Audit(), Now);
        var job = (await store.Jobs.LeaseAsync("w", Kinds, Lease, Now))!;

        Assert.True(await store.Jobs.EndAsync(job.Id, job.FencingToken, JobState.Completed, """{"auc":0.79}""", null, Now));
        Assert.False(await store.Jobs.EndAsync(job.Id, job.FencingToken, JobState.Failed, null, "too late", Now));

        var done = (await store.Jobs.FindAsync(job.Id, Now))!;
        Assert.Equal((JobState.Completed, 1.0, """{"auc":0.79}""", null, store.Time.GetUtcNow()), (done.State, done.Progress, done.ResultJson, done.Error, done.EndedAt));
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Cancel_QueuedRunningEndedUnknown_EachItsOwnWay(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var (queued, running) = (Sample.Job("batch"), Sample.Job());
        await store.Jobs.EnqueueAsync(queued, Sample.Audit(), Now);
        await store.Jobs.EnqueueAsync(running, Sample.Audit(), Now);
        var leased = (await store.Jobs.LeaseAsync("w", ["train"], Lease, Now))!;

        var atOnce = await store.Jobs.CancelAsync(queued.Id, Sample.Audit(), Now);
        var asked = await store.Jobs.CancelAsync(running.Id, Sample.Audit(), Now);
        var told = await store.Jobs.ReportAsync(leased.Id, leased.FencingToken, "", 0, null, Lease, Now);
        var ended = await store.Jobs.CancelAsync(queued.Id, Sample.Audit(), Now);
        var unknown = await store.Jobs.CancelAsync(Guid.NewGuid(), Sample.Audit(), Now);

        Assert.Equal(JobState.Cancelled, atOnce.Value.State);
        Assert.Equal((JobState.Running, true), (asked.Value.State, asked.Value.CancelRequested));
        Assert.Equal((true, true), told);
        Assert.Equal("job.ended", Assert.Single(ended.Problems).Code);
        Assert.Equal("job.unknown", Assert.Single(unknown.Problems).Code);
    }
}

using CreditWorkbench.Core.Jobs;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Store;
using CreditWorkbench.Tests.Services;
using CreditWorkbench.Tests.Store;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace CreditWorkbench.Tests.Jobs;

/// <summary>The worker on a real queue; SQLite is enough, because the store's own tests run the queue on both.</summary>
public sealed class JobWorkerTests(PostgresServer server)
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RunOne_EmptyQueue_SaysSo()
    {
        await using var store = await TestStore.OpenAsync(StoreProvider.Sqlite, server);

        Assert.False(await Worker(store, (_, _, _) => Done("{}")).RunOneAsync(Now));
    }

    [Fact]
    public async Task RunOne_HandlerSucceeds_StoresItsResult()
    {
        await using var store = await TestStore.OpenAsync(StoreProvider.Sqlite, server);
        var job = await EnqueueAsync(store);

        Assert.True(await Worker(store, (taken, _, _) => Done(taken.PayloadJson)).RunOneAsync(Now));

        var done = (await store.Jobs.FindAsync(job.Id, Now))!;
        Assert.Equal((JobState.Completed, job.PayloadJson), (done.State, done.ResultJson));
    }

    [Fact]
    public async Task RunOne_HandlerRefuses_StoresWhy()
    {
        await using var store = await TestStore.OpenAsync(StoreProvider.Sqlite, server);
        var job = await EnqueueAsync(store);

        await Worker(store, (_, _, _) => Task.FromResult<Outcome<string>>(new Problem("target.missing", "There is no target."))).RunOneAsync(Now);

        var failed = (await store.Jobs.FindAsync(job.Id, Now))!;
        Assert.Equal((JobState.Failed, "There is no target."), (failed.State, failed.Error));
    }

    [Fact]
    public async Task RunOne_HandlerThrows_JobFailsWithoutTheExceptionsText()
    {
        await using var store = await TestStore.OpenAsync(StoreProvider.Sqlite, server);
        var job = await EnqueueAsync(store);

        await Worker(store, (_, _, _) => throw new InvalidOperationException("Dewi Anggraini")).RunOneAsync(Now);

        var failed = (await store.Jobs.FindAsync(job.Id, Now))!;
        Assert.Equal(JobState.Failed, failed.State);
        Assert.DoesNotContain("Dewi", failed.Error!, StringComparison.Ordinal);
        Assert.Contains(job.Id.ToString(), failed.Error!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunOne_CancelledWhileRunning_StopsTheHandler()
    {
        await using var store = await TestStore.OpenAsync(StoreProvider.Sqlite, server);
        var job = await EnqueueAsync(store);
        var worker = Worker(store, async (_, progress, stop) =>
        {
            progress.Report(new JobProgress("boosting", 0.25, "tree 50"));
            await store.Jobs.CancelAsync(job.Id, Sample.Audit(), CancellationToken.None);
            await Task.Delay(Timeout.Infinite, stop);
            return "{}";
        });

        await worker.RunOneAsync(Now);

        var cancelled = (await store.Jobs.FindAsync(job.Id, Now))!;
        Assert.Equal((JobState.Cancelled, "boosting", 0.25, "tree 50"), (cancelled.State, cancelled.Phase, cancelled.Progress, cancelled.Checkpoint));
    }

    [Fact]
    public async Task RunOne_ShutdownInTheMiddle_NextWorkerResumesFromTheCheckpoint()
    {
        await using var store = await TestStore.OpenAsync(StoreProvider.Sqlite, server);
        var job = await EnqueueAsync(store);
        using var shutdown = new CancellationTokenSource();
        var first = Worker(store, async (_, progress, stop) =>
        {
            progress.Report(new JobProgress("boosting", 0.5, "tree 100"));
            await shutdown.CancelAsync();
            await Task.Delay(Timeout.Infinite, stop);
            return "{}";
        });

        await first.RunOneAsync(shutdown.Token);
        store.Time.Advance(TimeSpan.FromMilliseconds(1));
        await Worker(store, (taken, _, _) => Done($"resumed at {taken.Checkpoint}, attempt {taken.Attempt}")).RunOneAsync(Now);

        Assert.Equal("resumed at tree 100, attempt 2", (await store.Jobs.FindAsync(job.Id, Now))!.ResultJson);
    }

    [Fact]
    public async Task RunOne_AnotherWorkerTookOver_DropsItsResult()
    {
        await using var store = await TestStore.OpenAsync(StoreProvider.Sqlite, server);
        var job = await EnqueueAsync(store);
        var asleep = Worker(
            store,
            async (_, _, _) =>
            {
                store.Time.Advance(TimeSpan.FromMinutes(5)); // this process stood still
                await Worker(store, (_, _, _) => Done("the other's")).RunOneAsync(CancellationToken.None);
                return "mine";
            },
            report: TimeSpan.FromMinutes(10));

        await asleep.RunOneAsync(Now);

        Assert.Equal("the other's", (await store.Jobs.FindAsync(job.Id, Now))!.ResultJson);
    }

    [Fact]
    public async Task RunOne_JobThatKillsItsWorkers_IsGivenUp()
    {
        await using var store = await TestStore.OpenAsync(StoreProvider.Sqlite, server);
        var job = await EnqueueAsync(store);
        for (var attempt = 0; attempt < 5; attempt++)
        {
            await store.Jobs.LeaseAsync("killed", ["train"], TimeSpan.FromSeconds(30), Now);
            store.Time.Advance(TimeSpan.FromMinutes(1));
        }

        await Worker(store, (_, _, _) => Done("{}")).RunOneAsync(Now);

        var failed = (await store.Jobs.FindAsync(job.Id, Now))!;
        Assert.Equal((JobState.Failed, "The job was taken up 5 times and never finished."), (failed.State, failed.Error));
    }

    [Fact]
    public async Task Run_SeveralJobs_DoesAllUntilStopped()
    {
        await using var store = await TestStore.OpenAsync(StoreProvider.Sqlite, server);
        for (var i = 0; i < 3; i++) await EnqueueAsync(store);
        using var stop = new CancellationTokenSource();
        var done = 0;

        await Worker(store, async (_, _, _) =>
        {
            if (Interlocked.Increment(ref done) == 3) await stop.CancelAsync();
            return "{}";
        }).RunAsync(stop.Token);

        Assert.All((await store.Jobs.ListAsync(new JobQuery(), 1, 10, Now)).Items, job => Assert.Equal(JobState.Completed, job.State));
    }

    private static Task<Outcome<string>> Done(string result) => Task.FromResult<Outcome<string>>(result);

    private static async Task<Job> EnqueueAsync(TestStore store)
    {
        var job = Sample.Job();
        await store.Jobs.EnqueueAsync(job, Sample.Audit(), Now);
        return job;
    }

    private static JobWorker Worker(
        TestStore store, Func<Job, IProgress<JobProgress>, CancellationToken, Task<Outcome<string>>> work, TimeSpan? report = null) =>
        new(
            store.Jobs, [new Handler(work)],
            new JobWorkerOptions { Report = report ?? TimeSpan.FromMilliseconds(20), Poll = TimeSpan.FromMilliseconds(10) }, store.Time, NullLogger<JobWorker>.Instance);

    private sealed class Handler(Func<Job, IProgress<JobProgress>, CancellationToken, Task<Outcome<string>>> work) : IJobHandler
    {
        public string Kind => "train";

        public Task<Outcome<string>> RunAsync(Job job, IProgress<JobProgress> progress, CancellationToken cancellationToken) => work(job, progress, cancellationToken);
    }
}

using CreditWorkbench.Core.Jobs;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Store;
using CreditWorkbench.Tests.Services;
using CreditWorkbench.Tests.Store;
using Xunit;

namespace CreditWorkbench.Tests.Jobs;

public sealed class JobDeskTests(PostgresServer server)
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);
    private static readonly JobRequest Training = new("train", "Train trust", "{}", Permission.BuildModels);
    private static readonly Actor Analyst = Person(1, Permission.BuildModels);
    private static readonly Actor Colleague = Person(2, Permission.BuildModels);
    private static readonly Actor Manager = Person(3, Permission.ManageJobs);

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Enqueue_WithoutThePermission_IsRefusedAndNothingIsQueued()
    {
        await using var store = await TestStore.OpenAsync(StoreProvider.Sqlite, server);

        var refused = await Desk(store).EnqueueAsync(Training, Manager, Now);

        Assert.Equal("permission.missing", Assert.Single(refused.Problems).Code);
        Assert.Equal(0, (await store.Jobs.ListAsync(new JobQuery(), 1, 10, Now)).Total);
    }

    [Fact]
    public async Task Enqueue_ByAnAnalyst_IsQueuedInTheAnalystsNameAndAudited()
    {
        await using var store = await TestStore.OpenAsync(StoreProvider.Sqlite, server);

        var job = (await Desk(store).EnqueueAsync(Training, Analyst, Now)).Value;

        Assert.Equal((JobState.Queued, Analyst.Id, "Train trust"), (job.State, job.CreatedBy, job.Title));
        await store.Sequencer.SequenceAsync(Now);
        var entry = Assert.Single(await store.Reader.SearchAsync(new("job.queued"), Now));
        Assert.Equal((job.Id.ToString(), Analyst.Id), (entry.Entry.SubjectId, entry.Entry.ActorId));
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Enqueue_SameIdentityFromManySides_IsOneJob(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var request = Training with { Id = Guid.CreateVersion7() };

        var jobs = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Desk(store).EnqueueAsync(request, Analyst, Now), Now)));

        Assert.All(jobs, job => Assert.Equal(request.Id, job.Value.Id));
        Assert.Equal(1, (await store.Jobs.ListAsync(new JobQuery(), 1, 10, Now)).Total);
        await store.Sequencer.SequenceAsync(Now);
        Assert.Single(await store.Reader.SearchAsync(new("job.queued"), Now));
    }

    [Fact]
    public async Task SomebodyElsesJob_IsUnknownExceptToWhoManagesJobs()
    {
        await using var store = await TestStore.OpenAsync(StoreProvider.Sqlite, server);
        var desk = Desk(store);
        var job = (await desk.EnqueueAsync(Training, Analyst, Now)).Value;

        var strangers = await desk.CancelAsync(job.Id, Colleague, Now);

        Assert.Equal("job.unknown", Assert.Single(strangers.Problems).Code);
        Assert.Null(await desk.FindAsync(job.Id, Colleague, Now));
        Assert.Equal(0, (await desk.ListAsync(new JobQuery(), 1, 10, Colleague, Now)).Total);
        Assert.Equal(1, (await desk.ListAsync(new JobQuery(), 1, 10, Analyst, Now)).Total);
        Assert.Equal(1, (await desk.ListAsync(new JobQuery(), 1, 10, Manager, Now)).Total);
        Assert.Equal(JobState.Cancelled, (await desk.CancelAsync(job.Id, Manager, Now)).Value.State);
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task List_ByStateAndKind_ShowsThoseOnly(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var desk = Desk(store);
        var training = (await desk.EnqueueAsync(Training, Analyst, Now)).Value;
        var load = (await desk.EnqueueAsync(Training with { Kind = "etl" }, Analyst, Now)).Value;
        await desk.CancelAsync(training.Id, Analyst, Now);

        var waiting = await desk.ListAsync(new JobQuery { States = [JobState.Queued, JobState.Running] }, 1, 10, Manager, Now);
        var trainings = await desk.ListAsync(new JobQuery { Kinds = ["train"] }, 1, 10, Manager, Now);

        Assert.Equal(load.Id, Assert.Single(waiting.Items).Id);
        Assert.Equal(training.Id, Assert.Single(trainings.Items).Id);
    }

    [Fact]
    public async Task Watch_FromQueuedToDone_TellsEveryStateSeenAndEnds()
    {
        await using var store = await TestStore.OpenAsync(StoreProvider.Sqlite, server);
        var desk = Desk(store);
        var job = (await desk.EnqueueAsync(Training, Analyst, Now)).Value;
        var seen = new List<(JobState, double)>();

        // Each step waits for the one before to be seen, so that the order is the job's and not the clock's.
        await foreach (var now in desk.WatchAsync(job.Id, Analyst, Now))
        {
            seen.Add((now.State, now.Progress));
            if (now.State == JobState.Queued) await store.Jobs.LeaseAsync("w", ["train"], Lease, Now);
            else if (now.Progress == 0) await store.Jobs.ReportAsync(job.Id, now.FencingToken, "boosting", 0.5, null, Lease, Now);
            else await store.Jobs.EndAsync(job.Id, now.FencingToken, JobState.Completed, "{}", null, Now);
        }

        Assert.Equal([(JobState.Queued, 0.0), (JobState.Running, 0.0), (JobState.Running, 0.5), (JobState.Completed, 1.0)], seen);
    }

    [Fact]
    public async Task Watch_ChangedByAnotherNode_IsSeenByLookingAgain()
    {
        await using var store = await TestStore.OpenAsync(StoreProvider.Sqlite, server);
        await using var other = store.OtherNode();
        var job = (await Desk(store).EnqueueAsync(Training, Analyst, Now)).Value;
        var last = job;

        await foreach (var now in Desk(store).WatchAsync(job.Id, Analyst, Now))
        {
            last = now;
            if (now.State == JobState.Queued) await Desk(other).CancelAsync(job.Id, Manager, Now);
        }

        Assert.Equal(JobState.Cancelled, last.State);
    }

    [Fact]
    public async Task Watch_UnknownJob_EndsAtOnce()
    {
        await using var store = await TestStore.OpenAsync(StoreProvider.Sqlite, server);

        await foreach (var job in Desk(store).WatchAsync(Guid.NewGuid(), Manager, Now)) Assert.Fail($"There is no job {job.Id}.");

        Assert.Null(await Desk(store).FindAsync(Guid.NewGuid(), Manager, Now));
    }

    private static JobDesk Desk(TestStore store) => new(store.Jobs, store.Get<JobSignal>(), store.Time);

    private static Actor Person(int number, params Permission[] permissions) =>
        new(new Guid(number, 0, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 1), "Person", ActorKind.User, permissions.ToHashSet());
}

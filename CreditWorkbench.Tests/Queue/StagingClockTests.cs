using CreditWorkbench.Core.Jobs;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Store;
using CreditWorkbench.Tests.Scenarios;
using CreditWorkbench.Tests.Services;
using CreditWorkbench.Tests.Staging;
using CreditWorkbench.Tests.Store;
using CreditWorkbench.Web.Queue;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace CreditWorkbench.Tests.Queue;

public sealed class StagingClockTests(PostgresServer server)
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("2026-11-20T01:59:59Z", "2026-11-19T02:00:00Z")]
    [InlineData("2026-11-20T02:00:00Z", "2026-11-20T02:00:00Z")]
    [InlineData("2026-11-20T23:59:59Z", "2026-11-20T02:00:00Z")]
    [InlineData("2027-01-01T00:00:00Z", "2026-12-31T02:00:00Z")]
    public void LastDue_AnyMoment_IsTheLastTwoOClock(string now, string due) =>
        Assert.Equal(At(due), StagingClock.LastDue(new StagingClock.Daily(new TimeOnly(2, 0), TimeZoneInfo.Utc), At(now)));

    [Fact]
    public void LastDue_OtherZone_IsThatZonesClock()
    {
        var jakarta = TimeZoneInfo.CreateCustomTimeZone("seven", TimeSpan.FromHours(7), "seven", "seven");

        Assert.Equal(At("2026-11-19T19:00:00Z"), StagingClock.LastDue(new StagingClock.Daily(new TimeOnly(2, 0), jakarta), At("2026-11-20T08:00:00Z")));
    }

    [Fact]
    public void Identity_SameMoment_IsTheSameOnEveryNodeAndNotOnAnotherNight()
    {
        var (one, other) = (At("2026-11-20T02:00:00Z"), At("2026-11-21T02:00:00Z"));

        Assert.Equal(StagingClock.IdentityOf("loan-risk", one), StagingClock.IdentityOf("loan-risk", one));
        Assert.NotEqual(StagingClock.IdentityOf("loan-risk", one), StagingClock.IdentityOf("loan-risk", other));
        Assert.NotEqual(StagingClock.IdentityOf("loan-risk", one), StagingClock.IdentityOf("berka", one));
        Assert.Equal(7, StagingClock.IdentityOf("loan-risk", one).Version);
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task QueueDue_OverThreeNightsOnTwoNodes_QueuesOneJobPerNight(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        using var folder = new TemporaryFolder();
        LoanRiskFiles.Write(Path.Combine(folder.Path, "loan-risk"));
        await using var other = store.OtherNode();
        var nodes = new[] { Schedule(store, folder.Path), Schedule(other, folder.Path) };

        for (var hours = 0; hours < 49; hours += 6, store.Time.Advance(TimeSpan.FromHours(6)))
        {
            foreach (var node in nodes) await node.QueueDueAsync(Now);
        }

        var jobs = (await store.Jobs.ListAsync(new JobQuery(), 1, 10, Now)).Items;
        Assert.Equal(["2026-11-22", "2026-11-21", "2026-11-20"], jobs.Select(job => DayOf(job)));
        Assert.All(jobs, job => Assert.Equal((Actor.System.Id, StagingJobs.Kind), (job.CreatedBy, job.Kind)));
    }

    [Fact]
    public async Task QueueDue_SwitchedOffOrNoDeliveryOrAnotherTime_IsRespected()
    {
        await using var store = await TestStore.OpenAsync(StoreProvider.Sqlite, server);
        using var folder = new TemporaryFolder();
        var delivered = Path.Combine(folder.Path, "with");
        LoanRiskFiles.Write(Path.Combine(delivered, "loan-risk"));

        Assert.Equal(0, await Schedule(store, Path.Combine(folder.Path, "without")).QueueDueAsync(Now));
        Assert.Equal(0, await Schedule(store, delivered, sources => sources with { Nightly = false }).QueueDueAsync(Now));
        Assert.Equal(1, await Schedule(store, delivered, sources => sources with { DailyAt = new TimeOnly(9, 30) }).QueueDueAsync(Now));
        Assert.Equal("2026-11-19", DayOf(Assert.Single((await store.Jobs.ListAsync(new JobQuery(), 1, 10, Now)).Items)));
    }

    [Fact]
    public async Task Running_WhenTheClockPassesTwo_QueuesByItself()
    {
        await using var store = await TestStore.OpenAsync(StoreProvider.Sqlite, server);
        using var folder = new TemporaryFolder();
        LoanRiskFiles.Write(Path.Combine(folder.Path, "loan-risk"));
        using var clock = new SteppedTime(At("2026-11-20T01:59:50Z"));
        var schedule = Schedule(store, folder.Path, clock: clock);
        await schedule.StartAsync(Now);
        await clock.WaitedAsync(Now);

        clock.Advance(TimeSpan.FromSeconds(30));
        await clock.WaitedAsync(Now);
        await schedule.StopAsync(Now);

        var jobs = (await store.Jobs.ListAsync(new JobQuery(), 1, 10, Now)).Items;
        Assert.Equal(["2026-11-19", "2026-11-20"], jobs.Select(DayOf).Order());
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static string DayOf(Job job) => System.Text.Json.JsonSerializer.Deserialize<StagingWork>(job.PayloadJson)!.LoadDay.ToString("O", System.Globalization.CultureInfo.InvariantCulture);

    private static StagingClock Schedule(TestStore store, string root, Func<StagingSources, StagingSources>? change = null, TimeProvider? clock = null)
    {
        var sources = change?.Invoke(new StagingSources(root)) ?? new StagingSources(root);
        var time = clock ?? store.Time;
        var jobs = new StagingJobs(new JobDesk(store.Jobs, store.Get<JobSignal>(), time), new OneScorecard(), sources, time);
        return new StagingClock(jobs, new OneScorecard(), sources, time, NullLogger<StagingClock>.Instance);
    }

    private sealed class OneScorecard : IScorecardCatalog
    {
        public ValueTask<ScorecardDefinition?> FindAsync(string scorecardId, CancellationToken cancellationToken) => new(scorecardId == LoanRiskFiles.Definition.Id ? LoanRiskFiles.Definition : null);

        public ValueTask<IReadOnlyList<ScorecardDefinition>> ListAsync(CancellationToken cancellationToken) => new([LoanRiskFiles.Definition]);
    }

    /// <summary>A clock whose timers fire when it is moved on, and that tells when somebody waits for it.</summary>
    private sealed class SteppedTime(DateTimeOffset start) : TimeProvider, IDisposable
    {
        private readonly List<Waiting> _timers = [];
        private readonly SemaphoreSlim _waited = new(0);
        private DateTimeOffset _now = start;

        public void Dispose() => _waited.Dispose();

        public override DateTimeOffset GetUtcNow() => _now;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = new Waiting(callback, state, _now + dueTime);
            lock (_timers) _timers.Add(timer);
            _waited.Release();
            return timer;
        }

        public Task WaitedAsync(CancellationToken cancellationToken) => _waited.WaitAsync(cancellationToken);

        public void Advance(TimeSpan by)
        {
            _now += by;
            Waiting[] due;
            lock (_timers)
            {
                due = [.. _timers.Where(timer => timer.Due <= _now)];
                _timers.RemoveAll(timer => timer.Due <= _now);
            }

            foreach (var timer in due) timer.Fire();
        }

        private sealed class Waiting(TimerCallback callback, object? state, DateTimeOffset due) : ITimer
        {
            public DateTimeOffset Due => due;

            public void Fire() => callback(state);

            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}

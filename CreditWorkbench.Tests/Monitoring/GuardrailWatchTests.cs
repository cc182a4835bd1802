using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Monitoring;
using CreditWorkbench.Core.Predictors;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Store;
using CreditWorkbench.Tests.Decisioning;
using CreditWorkbench.Tests.Registry;
using CreditWorkbench.Tests.Scenarios;
using CreditWorkbench.Tests.Scorecards;
using CreditWorkbench.Tests.Scoring;
using CreditWorkbench.Tests.Services;
using CreditWorkbench.Tests.Store;
using CreditWorkbench.Web.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace CreditWorkbench.Tests.Monitoring;

/// <summary>Guardrails from applications that were taken in and scored to the watch that takes a challenger back, on both stores. Champion and
/// challenger differ on applicants with a heavy burden only.</summary>
public sealed class GuardrailWatchTests(PostgresServer server)
{
    private const double Light = 1_000_000, Heavy = 5_000_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    // Only the guardrail under test may speak: the approval rates differ by far.
    private static readonly RolloutGuardrails Limits = new() { ApprovalGap = 1, MinimumCases = 20, LatencyMilliseconds = 100, GroupRatio = 0.8, Confirmations = 2 };

    private static readonly ScorecardDefinition Definition = ScorecardFiles.Read(ScorecardFiles.Tiny.Replace(
        "\nfeatures:",
        "\n  - {name: gender, type: category, required: false, source: declared, sensitive: true, values: {F: [Woman, Perempuan], M: [Man, Laki-laki]}, label: [Gender, Gender], help: [Audit., Audit.]}\nfeatures:",
        StringComparison.Ordinal));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothStores))]
    public async Task Groups_MenDeclinedByTheChallengerOnly_TakeItBack(StoreProvider provider)
    {
        await using var town = await Town.OpenAsync(provider, server);
        var rollout = await town.Stage.StartAsync(RolloutMode.Shadow, 0, Limits);

        await town.ScoreAsync("F", Light, 30);
        await town.ScoreAsync("M", Light, 30);
        Assert.Empty(await town.LookAsync());
        Assert.Equal(GuardrailVerdict.Holds, await town.VerdictAsync(rollout, Guardrail.Groups)); // healthy: both sides approve everybody

        await town.ScoreAsync("M", Heavy, 40);
        Assert.Empty(await town.LookAsync()); // found once
        Assert.Empty(await town.LookAsync()); // the same cases confirm nothing
        await town.ScoreAsync("M", Heavy, 1);
        var closed = Assert.Single(await town.LookAsync());

        Assert.StartsWith("Guardrail Groups (gender M):", closed.Note, StringComparison.Ordinal);
        var alert = await town.TakenBackAsync(rollout, "Groups");
        Assert.Equal(("gender", "M", "1"), (alert.Facts["input"], alert.Facts["group"], alert.Facts["championValue"]));
        Assert.Equal((30.0 / 71).ToString("0.####", System.Globalization.CultureInfo.InvariantCulture), alert.Facts["challengerValue"]);
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Latency_ChallengerBecomesSlow_TheServiceTakesItBackAndTheChampionDecides(StoreProvider provider)
    {
        await using var town = await Town.OpenAsync(provider, server);
        var rollout = await town.Stage.StartAsync(RolloutMode.Canary, 100, Limits);

        town.ChallengerTakes(milliseconds: 20);
        await town.ScoreAsync("F", Light, 30);
        Assert.Empty(await town.LookAsync());
        Assert.Equal(GuardrailVerdict.Holds, await town.VerdictAsync(rollout, Guardrail.Latency)); // healthy

        town.ChallengerTakes(milliseconds: 400);
        await town.ScoreAsync("F", Light, 30);
        Assert.Empty(await town.LookAsync()); // found once
        Assert.Equal("tiny@2", (await town.ScoreAsync("F", Light, 1)).Release.Model);
        await town.ServeUntilClosedAsync(rollout, Patience);

        var alert = await town.TakenBackAsync(rollout, "Latency");
        Assert.InRange(double.Parse(alert.Facts["value"], System.Globalization.CultureInfo.InvariantCulture), 400, 450);
        Assert.Equal("tiny@1", (await town.ScoreAsync("F", Light, 1)).Release.Model);
    }

    /// <summary>A bank with two applicants who apply again and again.</summary>
    private sealed class Town(RolloutStage stage, TickingClock clock, FaultyEngine engine, StoreOptions options) : IAsyncDisposable
    {
        private readonly Dictionary<string, Applicant> _applicants = [];

        public RolloutStage Stage => stage;

        public static async Task<Town> OpenAsync(StoreProvider provider, PostgresServer server)
        {
            var (clock, engine, options) = (new TickingClock(), new FaultyEngine(), await TestStore.NewOptionsAsync(provider, server));
            await (await StoreTemplate.OfAsync(provider, server)).CopyToAsync(options, server);
            var workbench = await Workbench.OpenAsync(options, clock, services => services.AddSingleton<IServingEngine>(engine));
            return new Town(await RolloutStage.OpenAsync(workbench, clock, PackageOf(0.25), PackageOf(4.0)), clock, engine, options);
        }

        public void ChallengerTakes(int milliseconds) => engine.Scoring["tiny@2"] = scored =>
        {
            clock.Advance(TimeSpan.FromMilliseconds(milliseconds));
            return scored;
        };

        /// <summary>Takes applications in, scores them, and does what the host's worker does.</summary>
        public async Task<IssuedScore> ScoreAsync(string gender, double instalments, int count)
        {
            if (!_applicants.TryGetValue(gender, out var applicant))
            {
                _applicants[gender] = applicant = await stage.Workbench.RegisterAsync(_applicants.Count + 1);
                await stage.Workbench.ConsentAsync(applicant.Id, Definition);
            }

            clock.Advance(TimeSpan.FromSeconds(2));
            IssuedScore? last = null;
            for (var n = 0; n < count; n++)
            {
                var record = new InputRecord(Definition, [InputValue.OfNumber(10_000_000), InputValue.OfNumber(instalments), InputValue.OfNumber(36), InputValue.OfText(gender)]);
                last = await stage.ScoreAsync(await stage.Workbench.ApplyAsync(applicant.Id, record));
            }

            await stage.CompareAsync();
            return last!;
        }

        /// <summary>One look of the watch, late enough for groups to be read anew.</summary>
        public Task<IReadOnlyList<Rollout>> LookAsync()
        {
            clock.Advance(TimeSpan.FromSeconds(11));
            return stage.Watch.CheckAsync(Cancellation);
        }

        /// <summary>Lets the hosted service look until it has closed the rollout.</summary>
        public async Task ServeUntilClosedAsync(Rollout rollout, TimeSpan patience)
        {
            using var service = new RolloutClock(stage.Workbench.Get<IWatchLease>(), stage.Watch, new QuickTimers(), NullLogger<RolloutClock>.Instance);
            await service.StartAsync(Cancellation);
            var started = TimeProvider.System.GetTimestamp();
            while ((await stage.ReadAsync(rollout)).Runs && TimeProvider.System.GetElapsedTime(started) < patience) await Task.Delay(20, Cancellation);
            await service.StopAsync(Cancellation);
        }

        public async Task<GuardrailVerdict> VerdictAsync(Rollout rollout, Guardrail guardrail) =>
            (await stage.Workbench.Get<RolloutReader>().WatchAsync(rollout.Id, People.Analyst, Cancellation)).Value.Readings.Single(reading => reading.Guardrail == guardrail).Verdict;

        /// <summary>Asserts that the rollout was rolled back by the product, written down, and told once; gives the alert.</summary>
        public async Task<Alert> TakenBackAsync(Rollout rollout, string guardrail)
        {
            var closed = await stage.ReadAsync(rollout);
            Assert.Equal((RolloutState.RolledBack, Actor.System.Id), (closed.State, closed.EndedBy));
            Assert.Equal(["started", "rolledBack"], (await stage.Rows.HistoryAsync(rollout.Id, Cancellation)).Select(change => change.Kind));
            Assert.Single(await stage.Workbench.Audit.SearchAsync(new AuditQuery("rollout.rolledBack", rollout.Id.ToString()), Cancellation));
            var alert = Assert.Single((await stage.Workbench.Get<AlertDesk>().ListAsync(new AlertQuery(Open: true), Reader, Cancellation)).Value.Items);
            Assert.Equal(("rollout.rolledBack", AlertSeverity.Critical, guardrail, rollout.Id.ToString()), (alert.Kind, alert.Severity, alert.Facts["guardrail"], alert.SubjectId));
            Assert.Single(await stage.Workbench.Audit.SearchAsync(new AuditQuery("alert.raised", alert.Id.ToString()), Cancellation));
            return alert;
        }

        public async ValueTask DisposeAsync()
        {
            await stage.Workbench.DisposeAsync();
            TestStore.ClosePools(options);
            Directory.Delete(options.DataDirectory, recursive: true);
        }

        private static Actor Reader { get; } = new(Guid.CreateVersion7(), "Vera", ActorKind.User, new HashSet<Permission> { Permission.ReadDashboards });

        // Whoever pays little is approved by everybody; a heavy burden costs what the leaf says.
        private static ModelPackage PackageOf(double heavyLeaf)
        {
            var tiny = TinyPackage.Of(Definition, rightLeaf: 1.25);
            return tiny with { Predictor = Ensembles.Of(tiny.ExplanationBackground.Columns.Count, Link.LogOdds, Aggregation.Sum, -4.5, Ensembles.Stump(0, 0.375f, -0.5, heavyLeaf), Ensembles.Stump(1, 24f, 0.75, -0.25)) };
        }
    }

    // Ten seconds of the service pass in a blink.
    private sealed class QuickTimers : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(5));
    }
}

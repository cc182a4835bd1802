using System.Globalization;
using System.Text;
using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Jobs;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Predictors;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Core.Scoring;
using CreditWorkbench.Core.Store.Trail;
using CreditWorkbench.Tests.Registry;
using CreditWorkbench.Tests.Scenarios;
using Xunit;

namespace CreditWorkbench.Tests.Monitoring;

/// <summary>Batches while a canary is in force: a row's own reference is the subject, as in single calls.</summary>
public sealed class BatchCanaryTests : IAsyncLifetime
{
    private const int Rows = 700;
    private readonly TemporaryFolder _folder = new();
    private readonly TickingClock _clock = new();
    private RolloutStage _stage = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private ServingLines Lines => _stage.Workbench.Get<ServingLines>();

    private RolloutRecorder Recorder => _stage.Workbench.Get<RolloutRecorder>();

    public async ValueTask InitializeAsync() => _stage = await RolloutStage.OpenAsync(_folder.Path, _clock);

    public async ValueTask DisposeAsync()
    {
        await _stage.Workbench.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("ref")]
    [InlineData(null)]
    public async Task Run_CanaryInForce_ScoresEveryRowByTheSideThatASingleCallMeets(string? id)
    {
        var rollout = await _stage.StartAsync(RolloutMode.Canary, 40);

        var rows = await ScoreAsync(id);

        var form = new StatelessForm(TinyPackage.Model.Scorecard);
        foreach (var (i, row) in rows.Index())
        {
            var record = Record(i);
            var choice = (await Lines.ChooseAsync("tiny", id is null ? ContentHash.Of(form.Writer.ToBytes(record)).Hex : $"r{i}", Cancellation)).Value;
            var single = choice.Line.Score(record, default).Score;
            Assert.Equal((choice.Line.Release.Model.Reference, single.Issued.ToString(CultureInfo.InvariantCulture)), (row["modelVersion"], row["score"]));
        }

        Assert.InRange(rows.Count(row => row["modelVersion"] == "tiny@2"), 1, Rows - 1);
        var tallies = Recorder.Fetch().Where(tally => tally.RolloutId == rollout.Id).ToList();
        foreach (var (arm, model) in new[] { (RolloutArm.Champion, "tiny@1"), (RolloutArm.Challenger, "tiny@2") })
        {
            foreach (var decision in Enum.GetValues<Recommendation>())
            {
                var issued = rows.Count(row => row["modelVersion"] == model && string.Equals(row["decision"], decision.ToString(), StringComparison.OrdinalIgnoreCase));
                Assert.Equal(issued, tallies.Where(tally => tally.Arm == arm && tally.Measure == RolloutMeasures.Decision && tally.Bin == (int)decision).Sum(tally => tally.Count));
            }
        }

        Assert.Equal(Rows, tallies.Where(tally => tally.Measure == RolloutMeasures.Run).Sum(tally => tally.Count));
        Assert.False(Recorder.Waiting.TryRead(out _));
    }

    [Fact]
    public async Task Batch_CanaryInForce_TellsTheTrailWhichReleasesScored()
    {
        var rollout = await _stage.StartAsync(RolloutMode.Canary, 40);
        var workbench = _stage.Workbench;
        var (batches, files, jobs) = (workbench.Get<IBatchStore>(), workbench.Get<IBatchFiles>(), workbench.Get<IJobStore>());
        var ending = new BatchEnding(batches, files, workbench.Get<IWebhookStore>(), _clock);
        var desk = new BatchDesk(batches, files, new JobDesk(jobs, workbench.Get<JobSignal>(), _clock), Lines, ending);
        var caller = new Actor(Guid.CreateVersion7(), "caller", ActorKind.Client, new HashSet<Permission> { Permission.ScoreStateless });
        var request = new BatchRequest("tiny", SheetExplanation.None, "ref", ["contract"], null);
        var batch = (await desk.TakeAsync(request, new MemoryStream(Encoding.UTF8.GetBytes(Csv())), caller, _clock.GetUtcNow(), Cancellation)).Value;

        var done = await new BatchJob(batches, files, Lines, ending, new BatchWork(jobs, _clock, threads: 2, partRows: 256))
            .RunAsync((await jobs.FindAsync(batch.Id, Cancellation))!, new Progress<JobProgress>(), Cancellation);

        Assert.True(done.Succeeded, string.Join(' ', done.Problems));
        await workbench.Get<AuditSequencer>().SequenceAsync(Cancellation);
        var entry = Assert.Single(await workbench.Audit.SearchAsync(new("batch.completed"), Cancellation));
        var challenged = Enumerable.Range(0, Rows).Count(i => RolloutDraw.Takes(rollout, $"r{i}"));
        Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"{rollout.ChallengerRelease.Hex}: {challenged}"), entry.Payload!["challenged"]);
    }

    [Fact]
    public async Task Run_CanaryEndedOrShadow_IsTheChampionsAlone()
    {
        var rollout = await _stage.StartAsync(RolloutMode.Canary, 40);
        Assert.True((await _stage.Desk.EndAsync(rollout.Id, rollout.RowVersion, "Enough.", People.Risk, Cancellation)).Succeeded);
        await _stage.StartAsync(RolloutMode.Shadow, 0);

        var rows = await ScoreAsync("ref");

        Assert.All(rows, row => Assert.Equal("tiny@1", row["modelVersion"]));
        Assert.Empty(Recorder.Fetch());
    }

    [Fact]
    public async Task Run_ChallengerThatThrows_LeavesItsRowsToTheChampionAndCountsThem()
    {
        var rollout = await _stage.StartAsync(RolloutMode.Canary, 40);
        var line = (await Lines.InProductionAsync("tiny", Cancellation)).Value;
        var running = new RunningCanary(rollout, (await Lines.CanaryAsync(line, Cancellation))!.Challenger, Recorder);
        var sheet = ScoreSheet.Open(line, "ref", SheetExplanation.None, Core.Explanation.AttributionMethod.Interventional, roadmap: false).Value;
        var model = new Throwing();
        var broken = new ServingLine(Release.Of(TinyPackage.Model with { Predictor = model }, Releases.Registered(TinyPackage.Model)));
        model.IsBroken = true;
        var challenger = new ScoreSheet(broken, "ref", SheetExplanation.None, Core.Explanation.AttributionMethod.Interventional, roadmap: false);
        var (csv, rows) = (new CsvBuffer(), Enumerable.Range(0, 50).Select(i => new SheetRow($"r{i}", i + 1, Record(i))).ToList());

        var challenged = new SideScorer(sheet, null).Write(rows, csv, running, challenger);

        Assert.Null(challenged);
        Assert.Equal(50, Encoding.UTF8.GetString(csv.Written.Span).Split("tiny@1").Length - 1);
        var tallies = Recorder.Fetch();
        Assert.Equal(rows.Count(row => running.Takes(row.Id!)), tallies.Where(tally => tally is { Arm: RolloutArm.Challenger, Measure: RolloutMeasures.Error }).Sum(tally => tally.Count));
        Assert.Equal(50, tallies.Where(tally => tally is { Arm: RolloutArm.Champion, Measure: RolloutMeasures.Decision }).Sum(tally => tally.Count));
    }

    private async Task<List<Dictionary<string, string>>> ScoreAsync(string? id)
    {
        var line = (await Lines.InProductionAsync("tiny", Cancellation)).Value;
        var sheet = BatchSheet.Open(Lines, line, id, SheetExplanation.None).Value;
        using var output = new MemoryStream();
        var (run, reader) = (await sheet.OpenRunAsync(new MemoryStream(Encoding.UTF8.GetBytes(Csv())), threads: 2, Cancellation)).Value;
        await using (reader) Assert.True((await run.WriteAsync(output, 0, Cancellation)).Succeeded);
        var lines = Encoding.UTF8.GetString(output.ToArray()).TrimEnd('\n').Split('\n').Select(text => text.Split(',')).ToList();
        Assert.Equal(Rows + 1, lines.Count);
        return [.. lines.Skip(1).Select(cells => lines[0].Zip(cells).ToDictionary(pair => pair.First, pair => pair.Second))];
    }

    private static InputRecord Record(int i) =>
        new(TinyPackage.Model.Scorecard, [InputValue.OfNumber(10_000_000 + 1_000 * i), InputValue.OfNumber(i * 12_000), InputValue.OfNumber(i % 60)]);

    private static string Csv()
    {
        var names = TinyPackage.Model.Scorecard.Inputs.Select(input => input.Name).ToList();
        var csv = new StringBuilder("ref," + string.Join(',', names) + "\n");
        for (var i = 0; i < Rows; i++)
        {
            var record = Record(i);
            csv.Append(CultureInfo.InvariantCulture, $"r{i}").AppendJoin("", names.Select(name => "," + record[name].Number.ToString("R", CultureInfo.InvariantCulture))).Append('\n');
        }

        return csv.ToString();
    }

    /// <summary>A model whose arithmetic breaks.</summary>
    private sealed class Throwing() : AdditivePredictor(0, [0, 0])
    {
        public bool IsBroken { get; set; }

        public override string Family => "logistic";

        public override double Term(int column, float value) => IsBroken ? throw new InvalidOperationException() : 0;
    }
}

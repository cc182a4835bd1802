using System.Text.Json;
using CreditWorkbench.Core.Datasets;
using CreditWorkbench.Core.Jobs;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Leakage;
using CreditWorkbench.Core.ModelBuilding;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Tests.Registry;
using Xunit;

namespace CreditWorkbench.Tests.ModelBuilding;

public sealed class TrainingDeskTests
{
    private static readonly Actor Analyst = PersonWith(Permission.ReadModels, Permission.BuildModels);
    private readonly LabInMemory _store = new();
    private readonly JobsInMemory _jobs = new();
    private readonly ModelsInMemory _models = new();
    private readonly ApplicantRows _rows = new();
    private readonly TrainingDesk _desk;
    private readonly TrainingJob _job;

    public TrainingDeskTests()
    {
        _desk = new TrainingDesk(_rows, _store, _jobs, RegistryRoom.Desk(_models, TimeProvider.System), TimeProvider.System);
        _job = new TrainingJob(_rows, _store, _jobs, TimeProvider.System, "test", threads: 2);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static LabRequest Request => new()
    {
        Title = "Applicants",
        Data = ApplicantRows.Honest,
        Candidates = ["boosting", "forest"],
        Parameters = Applicants.Quick.Parameters,
        Folds = 3,
        ConfidenceRefits = 2,
    };

    [Fact]
    public async Task Run_FromDesignToRegistry_LeavesACandidateInStageDev()
    {
        var run = (await _desk.StartAsync(Request, Analyst, Cancellation)).Value;
        var ended = await WorkAsync(run);
        var study = (await _desk.OpenAsync(run.Id, Analyst, Cancellation)).Value;

        var model = (await _desk.RegisterAsync(run.Id, "boosting", "applicants", Analyst, Cancellation)).Value;

        Assert.Equal(["boosting", "forest"], ended.Summary!.Candidates.Select(candidate => candidate.Family).Order());
        Assert.Equal((1_600, 3), (ended.Facts!.Rows, ended.Facts.Parts.Count));
        Assert.Equal(study.Rows.Test.Count, study.Rows.Test.Of("forest")!.Pd.Length);
        Assert.Equal(("applicants@1", ModelStage.Dev, "boosting"), (model.Reference, model.Stage, model.Family));
        Assert.Equal(study.Of("boosting")!.Test.Report.Auc, JsonDocument.Parse(model.ReportJson).RootElement.GetProperty("test").GetProperty("auc").GetDouble(), 1e-12);
        var view = (await _desk.FindAsync(run.Id, Analyst, Cancellation)).Value;
        Assert.Equal("applicants@1", Assert.Single(view.Registered).Model);
        Assert.Equal(["training.started", "training.candidateRegistered"], _store.Audit.Select(entry => entry.Kind));
    }

    [Fact]
    public async Task Run_KilledWhileTuning_EndsWithTheBytesOfAnUndisturbedOne()
    {
        var request = Request with { BudgetSeconds = 3_600, BudgetTrials = 12 };
        var run = (await _desk.StartAsync(request, Analyst, Cancellation)).Value;
        await WorkAsync(run);
        var undisturbed = _store.Parts.Where(part => part.Key.Run == run.Id).ToDictionary(part => part.Key.Name, part => part.Value);
        var (second, job, stop) = (new LabInMemory(), _jobs.Jobs[run.JobId], new CancellationTokenSource());
        await second.AddAsync(run, _store.Audit[0], Cancellation);
        var killed = new TrainingJob(_rows, second, _jobs, TimeProvider.System, "test", threads: 1);
        var told = new Told(progress =>
        {
            if (LabCheckpoint.Read(progress.Checkpoint).Trials.Count == 5) stop.Cancel();
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => killed.RunAsync(job, told, stop.Token));
        var resumed = await killed.RunAsync(job with { Checkpoint = told.Latest }, new Told(_ => { }), Cancellation);

        Assert.True(resumed.Succeeded, string.Join(" ", resumed.Problems));
        Assert.Equal(5, LabCheckpoint.Read(told.Latest).Trials.Count);
        Assert.Equal(["package:boosting", "package:forest", "record", "rows"], undisturbed.Keys.Order());
        Assert.All(undisturbed, part => Assert.Equal(part.Value, second.Parts[(run.Id, part.Key)]));
    }

    [Fact]
    public async Task Register_OpenLeak_IsRefusedUntilSomebodyTakesResponsibility()
    {
        var run = (await _desk.StartAsync(Request with { Data = ApplicantRows.Leaking, Candidates = ["boosting"] }, Analyst, Cancellation)).Value;
        await WorkAsync(run);

        var refused = await _desk.RegisterAsync(run.Id, "boosting", "applicants", Analyst, Cancellation);
        var hasty = await _desk.AcknowledgeAsync(run.Id, "collections", LeakageKinds.FeatureAuc, "trust me", Analyst, Cancellation);
        var open = (await _desk.OpenAsync(run.Id, Analyst, Cancellation)).Value.OpenOf("boosting", []);
        foreach (var leak in open) Assert.True((await _desk.AcknowledgeAsync(run.Id, leak.Column, leak.Kind, "A test of the acknowledgement, never to be used.", Analyst, Cancellation)).Succeeded);
        var model = await _desk.RegisterAsync(run.Id, "boosting", "applicants", Analyst, Cancellation);

        Assert.Contains(refused.Problems, problem => problem is { Code: "lab.finding.open", Field: "collections" });
        Assert.Equal("lab.reason.short", Assert.Single(hasty.Problems).Code);
        var finding = JsonDocument.Parse(model.Value.ReportJson).RootElement.GetProperty("leakage").EnumerateArray().First(one => one.GetProperty("kind").GetString() == LeakageKinds.FeatureAuc);
        Assert.True(finding.GetProperty("acknowledged").GetBoolean());
        Assert.StartsWith("A test", finding.GetProperty("acknowledgement").GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal(open.Count, _store.Audit.Count(entry => entry.Kind == "training.findingAcknowledged"));
    }

    [Fact]
    public async Task Acknowledge_FindingThatIsNone_IsRefused()
    {
        var run = (await _desk.StartAsync(Request with { Candidates = ["boosting"] }, Analyst, Cancellation)).Value;
        await WorkAsync(run);

        var outcome = await _desk.AcknowledgeAsync(run.Id, "income", LeakageKinds.TargetCopy, "There is no such finding here.", Analyst, Cancellation);

        Assert.Equal("lab.finding.unknown", Assert.Single(outcome.Problems).Code);
    }

    [Fact]
    public async Task Resume_CancelledRun_GoesOnFromTheCheckpointOfTheFormerJob()
    {
        var run = (await _desk.StartAsync(Request, Analyst, Cancellation)).Value;
        Assert.Equal("lab.run.running", (await _desk.ResumeAsync(run.Id, Analyst, Cancellation)).Problems[0].Code);
        await _desk.CancelAsync(run.Id, Analyst, Cancellation);

        var resumed = (await _desk.ResumeAsync(run.Id, Analyst, Cancellation)).Value;

        Assert.NotEqual(run.JobId, resumed.JobId);
        Assert.Contains(run.JobId.ToString(), _jobs.Jobs[resumed.JobId].PayloadJson, StringComparison.Ordinal);
        await WorkAsync(resumed);
        Assert.Equal("lab.run.ended", (await _desk.ResumeAsync(run.Id, Analyst, Cancellation)).Problems[0].Code);
    }

    [Fact]
    public async Task Preview_OtherSplit_CountsItsPartsWithoutReadingAgain()
    {
        var usual = (await _desk.PreviewAsync(Request, Analyst, Cancellation)).Value;
        var eighty = (await _desk.PreviewAsync(Request with { Split = new SplitPlan(0.8, 0, 0.2) }, Analyst, Cancellation)).Value;
        var late = (await _desk.PreviewAsync(Request with { Split = SplitPlan.Default with { OutOfTimeFrom = new DateOnly(2026, 1, 1) } }, Analyst, Cancellation)).Value;

        Assert.Equal([LabPart.Train, LabPart.Calibration, LabPart.Test], usual.Parts.Select(part => part.Part));
        Assert.Equal([LabPart.Train, LabPart.Test], eighty.Parts.Select(part => part.Part));
        Assert.Equal(1_600, usual.Parts.Sum(part => part.Rows));
        Assert.All(usual.Parts, part => Assert.Equal((double)usual.Bad / usual.Rows, part.BadRate!.Value, 0.01));
        Assert.NotEmpty(late.Problems);
        Assert.Equal(1, _rows.Opened);
    }

    [Theory]
    [InlineData("", 5, 25, "lab.title")]
    [InlineData("Run", 1, 25, "lab.range")]
    [InlineData("Run", 5, 900, "lab.range")]
    public async Task Start_BadDesign_IsRefusedBeforeAnythingIsStored(string title, int folds, int refits, string code)
    {
        var outcome = await _desk.StartAsync(Request with { Title = title, Folds = folds, ConfidenceRefits = refits }, Analyst, Cancellation);

        Assert.Contains(outcome.Problems, problem => problem.Code == code);
        Assert.Empty(await _store.ListAsync(Cancellation));
    }

    [Fact]
    public async Task Start_UnknownParameter_NamesIt()
    {
        var parameters = new Dictionary<string, IReadOnlyDictionary<string, string>> { ["boosting"] = new Dictionary<string, string> { ["tree"] = "5" } };

        var outcome = await _desk.StartAsync(Request with { Parameters = parameters }, Analyst, Cancellation);

        Assert.Equal(("training.parameter.unknown", "boosting.tree"), (outcome.Problems[0].Code, outcome.Problems[0].Field));
    }

    [Fact]
    public async Task Desk_WithoutPermission_RefusesReadingAndBuilding()
    {
        var (nobody, reader) = (PersonWith(), PersonWith(Permission.ReadModels));

        Assert.Equal("permission.missing", (await _desk.ListAsync(nobody, Cancellation)).Problems[0].Code);
        Assert.Equal("permission.missing", (await _desk.OpenAsync(Guid.Empty, nobody, Cancellation)).Problems[0].Code);
        Assert.Equal("permission.missing", (await _desk.StartAsync(Request, reader, Cancellation)).Problems[0].Code);
        Assert.Equal("permission.missing", (await _desk.PreviewAsync(Request, reader, Cancellation)).Problems[0].Code);
        Assert.Equal("permission.missing", (await _desk.CancelAsync(Guid.Empty, reader, Cancellation)).Problems[0].Code);
        Assert.Equal("permission.missing", (await _desk.AcknowledgeAsync(Guid.Empty, "a", "b", "c", reader, Cancellation)).Problems[0].Code);
        Assert.Equal("permission.missing", (await _desk.RegisterAsync(Guid.Empty, "a", "b", reader, Cancellation)).Problems[0].Code);
    }

    private static Actor PersonWith(params Permission[] permissions) => new(Guid.CreateVersion7(), "Tomi", ActorKind.User, permissions.ToHashSet());

    private async Task<LabRun> WorkAsync(LabRun run)
    {
        var outcome = await _job.RunAsync(_jobs.Jobs[run.JobId], new Told(_ => { }), Cancellation);
        Assert.True(outcome.Succeeded, string.Join(" ", outcome.Problems));
        return (await _store.FindAsync(run.Id, Cancellation))!;
    }

    private sealed class Told(Action<JobProgress> then) : IProgress<JobProgress>
    {
        public string? Latest { get; private set; }

        public void Report(JobProgress value)
        {
            Latest = value.Checkpoint;
            then(value);
        }
    }
}

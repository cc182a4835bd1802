using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.ModelBuilding;
using CreditWorkbench.Core.Predictors;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Tests.Registry;
using Xunit;

namespace CreditWorkbench.Tests.ModelBuilding;

/// <summary>A registered candidate is served every row of its own run; what differs in a single leaf is found.</summary>
public sealed class ParityTests
{
    private readonly LabInMemory _store = new();
    private readonly ApplicantRows _rows = new();
    private readonly ModelsInMemory _models = new();

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Measure_RowsOfTheRun_EqualsTrainingOnEveryOne()
    {
        var release = await ReleaseAsync();

        var served = await new LineageRows(_store, _rows).MeasureAsync(release, Now);

        Assert.Equal((release.Package.Lineage.Rows, 0L, 0.0, true), (served!.Rows, served.Differing, served.Largest, served.MatchesPackage));
        Assert.Equal(GateState.Passed, GateMeasures.Parity(served).State);
        Assert.Equal(GateState.Passed, GateMeasures.Additivity(release, served.Sample).State);
    }

    [Fact]
    public async Task Measure_PredictorChangedAfterTraining_IsFoundByTheFingerprint()
    {
        var trained = await ReleaseAsync();
        var changed = Release.Of(trained.Package with { Predictor = new BlendPredictor([new(trained.Package.Predictor, 1, 1, 0.001)]) }, trained.Model);

        var served = await new LineageRows(_store, _rows).MeasureAsync(changed, Now);

        Assert.Equal(false, served!.MatchesPackage);
        Assert.Equal(GateState.Failed, GateMeasures.Parity(served).State);
    }

    [Fact]
    public async Task Measure_LineageNamesRowsThatAreNotThere_SaysSo()
    {
        var trained = await ReleaseAsync();
        var elsewhere = Release.Of(trained.Package with { Lineage = trained.Package.Lineage with { DataHash = ContentHash.Of("other rows").Hex } }, trained.Model);

        var served = await new LineageRows(_store, _rows).MeasureAsync(elsewhere, Now);

        Assert.Null(served);
        Assert.Equal("parity.noData", GateMeasures.Parity(served).Code);
    }

    private async Task<Release> ReleaseAsync()
    {
        var jobs = new JobsInMemory();
        var desk = new TrainingDesk(_rows, _store, jobs, RegistryRoom.Desk(_models, TimeProvider.System), TimeProvider.System);
        var request = new LabRequest { Title = "Applicants", Data = ApplicantRows.Honest, Candidates = ["boosting"], Parameters = Applicants.Quick.Parameters, Folds = 3, ConfidenceRefits = 0 };
        var run = (await desk.StartAsync(request, Actor.System, Now)).Value;
        var done = await new TrainingJob(_rows, _store, jobs, TimeProvider.System, "test", threads: 2).RunAsync(jobs.Jobs[run.JobId], new Progress<Core.Jobs.JobProgress>(), Now);
        Assert.True(done.Succeeded, string.Join(" ", done.Problems));
        var model = (await desk.RegisterAsync(run.Id, "boosting", "applicants", Actor.System, Now)).Value;
        return (await new ReleaseSource(_models, TestKeys.Shared, TimeProvider.System).OfAsync(model)).Value;
    }
}

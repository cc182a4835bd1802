using System.Text.Json;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Registry;
using Xunit;

namespace CreditWorkbench.Tests.Registry;

/// <summary>Every gate passes on a sound model and fails on one that was broken for it; only people sign what only people can.</summary>
public sealed class GateDeskTests
{
    private const string Sound = """{"leakage":[],"curves":{"calibrationAfter":{"value":0.011,"nullLimit":0.02,"bins":[{"count":500,"meanProbability":0.05,"badRate":0.052},{"count":500,"meanProbability":0.2,"badRate":0.19},{"count":500,"meanProbability":0.5,"badRate":0.505}]}}}""";
    private const string OpenLeak = """{"leakage":[{"column":"sector","kind":"dominantFeature","severity":"error","acknowledged":false}]}""";
    private static readonly Actor Builder = Person("Ayu", Permission.BuildModels, Permission.PromoteModels, Permission.ReadModels);
    private static readonly Actor Colleague = Person("Budi", Permission.PromoteModels, Permission.ReadModels);
    private readonly RegistryRoom _room = new(new ModelsInMemory(), new TickingClock());

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_SoundModel_EveryMeasuredGateHoldsAndIsAudited()
    {
        var model = await RegisterAsync(TinyPackage.Model with { ReportJson = Sound });

        var found = (await _room.Gates.RunAsync(model, Builder, Now)).Value;

        Assert.Equal(GateDesk.All.Where(gate => gate != EvidenceGate.Fairness), found.Select(gate => gate.Gate));
        Assert.All(found, gate => Assert.True(gate.State == GateState.Passed, gate.Detail));
        Assert.Equal(3_000, found[0].Figures.Single(figure => figure.Name == "rows").Value);
        Assert.Equal((Builder.Id, "trial@1"), (found[0].By, _room.Models.Audit.Single(entry => entry.Kind == "model.gatesMeasured").SubjectId));
    }

    public static TheoryData<EvidenceGate, string, string> Broken => new()
    {
        { EvidenceGate.Leakage, "leakage.open", OpenLeak },
        { EvidenceGate.Calibration, "calibration.error", """{"curves":{"calibrationAfter":{"value":0.08,"nullLimit":0.03,"bins":[{"count":500,"meanProbability":0.05,"badRate":0.2}]}}}""" },
        { EvidenceGate.Calibration, "calibration.slope", """{"curves":{"calibrationAfter":{"value":0.02,"nullLimit":0.03,"bins":[{"count":90000,"meanProbability":0.05,"badRate":0.2},{"count":90000,"meanProbability":0.5,"badRate":0.45}]}}}""" },
        { EvidenceGate.Calibration, "calibration.notMeasured", "{}" },
    };

    [Theory, MemberData(nameof(Broken))]
    public async Task Run_ReportThatSaysSo_FailsTheGate(EvidenceGate gate, string code, string report)
    {
        var model = await RegisterAsync(TinyPackage.Model with { ReportJson = report });

        var found = (await _room.Gates.RunAsync(model, Builder, Now)).Value.Single(result => result.Gate == gate);

        Assert.Equal((GateState.Failed, code), (found.State, found.Code));
    }

    [Fact]
    public async Task Run_AcknowledgedLeak_Passes()
    {
        var model = await RegisterAsync(TinyPackage.Model with { ReportJson = """{"leakage":[{"column":"sector","kind":"dominantFeature","severity":"error","acknowledged":true}]}""" });

        var found = (await _room.Gates.RunAsync(model, Builder, Now)).Value.Single(result => result.Gate == EvidenceGate.Leakage);

        Assert.Equal((GateState.Passed, "leakage.acknowledged"), (found.State, found.Code));
    }

    [Theory]
    [InlineData(1, 0.5, true)]
    [InlineData(0, 0.0, false)]
    public async Task Run_ServingDiffersFromTraining_Fails(long differing, double largest, bool matches)
    {
        _room.Rows.Evidence = new RowEvidence(3_000, differing, largest, matches, TinyPackage.Model.ExplanationBackground);
        var model = await RegisterAsync(TinyPackage.Model with { ReportJson = Sound });

        var found = (await _room.Gates.RunAsync(model, Builder, Now)).Value.Single(result => result.Gate == EvidenceGate.Parity);

        Assert.Equal((GateState.Failed, "parity.differs"), (found.State, found.Code));
        Assert.Equal("model.gate.waive", (await _room.Gates.WaiveAsync(model, EvidenceGate.Parity, "It will be fine, surely.", Colleague, Now)).Problems.Single().Code);
    }

    [Fact]
    public async Task Run_RowsOutOfReach_SaysSoAndAPersonMayTakeItOn()
    {
        _room.Rows.Evidence = null;
        var model = await RegisterAsync(TinyPackage.Model with { ReportJson = Sound });
        var found = (await _room.Gates.RunAsync(model, Builder, Now)).Value.Single(result => result.Gate == EvidenceGate.Parity);

        var self = await _room.Gates.WaiveAsync(model, EvidenceGate.Parity, "I know my own model.", Builder, Now);
        var terse = await _room.Gates.WaiveAsync(model, EvidenceGate.Parity, "ok", Colleague, Now);
        var signed = await _room.Gates.WaiveAsync(model, EvidenceGate.Parity, "Compared on the branch's own file.", Colleague, Now);
        var again = (await _room.Gates.RunAsync(model, Builder, Now)).Value.Single(result => result.Gate == EvidenceGate.Parity);

        Assert.Equal((GateState.Failed, "parity.noData"), (found.State, found.Code));
        Assert.Equal(("model.gate.self", "model.gate.note"), (self.Problems.Single().Code, terse.Problems.Single().Code));
        Assert.Equal((GateState.Waived, "Compared on the branch's own file.", Colleague.Id), (signed.Value.State, signed.Value.Note, signed.Value.By));
        Assert.Equal(signed.Value, again);
    }

    [Fact]
    public async Task Run_RowsGoneAfterTheyWereServed_KeepsWhatWasShown()
    {
        var model = await RegisterAsync(TinyPackage.Model with { ReportJson = Sound });
        await _room.Gates.RunAsync(model, Builder, Now);
        _room.Rows.Evidence = null;

        var found = (await _room.Gates.RunAsync(model, Builder, Now)).Value.Single(result => result.Gate == EvidenceGate.Parity);

        Assert.Equal(GateState.Passed, found.State);
    }

    [Fact]
    public void ReasonTexts_FeatureWithoutAReason_Fail()
    {
        var muteLanguage = TinyPackage.Model.Scorecard.Reasons.Select(reason => reason with { Adverse = new(new Dictionary<string, string> { ["en"] = "The burden is high." }) }).ToList();
        var found = GateMeasures.ReasonTexts(TinyPackage.Model with { Scorecard = TinyPackage.Model.Scorecard with { Reasons = muteLanguage } }, FeatureProgram.Compile(TinyPackage.Model.Scorecard, FittedTransforms.None).Columns);

        Assert.Equal((GateState.Failed, "reasonTexts.missing"), (found.State, found.Code));
        Assert.Equal(GateState.Passed, GateMeasures.ReasonTexts(TinyPackage.Model, FeatureProgram.Compile(TinyPackage.Model.Scorecard, FittedTransforms.None).Columns).State);
    }

    [Fact]
    public void Reasons_WithoutRowsToCompareWith_Fail()
    {
        var bare = TinyPackage.Model with { ReasonBackground = TinyPackage.Model.ReasonBackground.Take([]) };

        Assert.Equal(("reasons.background", "reasons.exact"), (GateMeasures.Reasons(bare).Code, GateMeasures.Reasons(TinyPackage.Model).Code));
    }

    [Fact]
    public void Additivity_ModelWithoutABackground_IsNotApplicable()
    {
        var bare = TinyPackage.Model with { ExplanationBackground = TinyPackage.Model.ExplanationBackground.Take([]) };

        Assert.Equal(GateState.NotApplicable, GateMeasures.Additivity(Releases.Of(bare), null).State);
        Assert.Equal(GateState.Passed, GateMeasures.Additivity(Releases.Of(TinyPackage.Model), null).State);
    }

    [Fact]
    public async Task Promote_WithOpenGates_NamesEachOfThem()
    {
        _room.Rows.Evidence = null;
        var model = await RegisterAsync(TinyPackage.Model with { ReportJson = OpenLeak });

        var refused = await _room.Registry.ChangeStageAsync("trial", ModelStage.Staging, "As planned.", Colleague, Now);

        Assert.Equal(["gate.parity", "gate.leakage"], refused.Problems.Select(problem => problem.Code));
        Assert.Equal(ModelStage.Dev, (await _room.Registry.FindAsync(model.Reference, Now)).Value.Stage);
    }

    /// <summary>The command line's note does for staging; production asks a person for the same, and nothing that was measured can be noted away.</summary>
    [Fact]
    public async Task Promote_StagedOnTheInstallationsNote_StillNeedsAPersonForProduction()
    {
        _room.Rows.Evidence = null;
        var good = await RegisterAsync(TinyPackage.Model);
        var staged = await _room.Registry.ChangeStageAsync("trial", ModelStage.Staging, "First look.", Actor.System, Now);
        await _room.Registry.RegisterAsync("leaky", TinyPackage.Other with { ReportJson = OpenLeak }, Builder, Now);

        var leaky = await _room.Registry.ChangeStageAsync("leaky", ModelStage.Staging, "Never mind.", Actor.System, Now);
        var open = await _room.Registry.ChangeStageAsync("trial", ModelStage.Production, "As planned.", Colleague, Now);
        await RegistryRoom.SignAsync(_room.Gates, good, Colleague, Now);
        var promoted = await _room.Registry.ChangeStageAsync("trial", ModelStage.Production, "As planned.", Colleague, Now);

        Assert.True(staged.Succeeded);
        Assert.Equal("gate.leakage", leaky.Problems.Single().Code);
        Assert.Equal(["gate.parity", "gate.calibration", "gate.fairness"], open.Problems.Select(problem => problem.Code));
        Assert.True(promoted.Succeeded, string.Join(' ', promoted.Problems));
        var gates = (await _room.Gates.HistoryAsync(good, Colleague, Now)).Value;
        Assert.Equal([Colleague.Id, Actor.System.Id], gates.Where(gate => gate.Gate == EvidenceGate.Parity && gate.Note is not null).Select(gate => gate.By));
    }

    [Fact]
    public void Calibration_SlopeOfGroupedRows_IsThatOfANewtonFit()
    {
        // 200 Newton steps of a binomial regression in Python: [90, 240, 510] bad of 1000 each on logit([.05, .2, .5]).
        using var report = JsonDocument.Parse("""{"curves":{"calibrationAfter":{"value":0.01,"nullLimit":0.02,"bins":[{"count":1000,"meanProbability":0.05,"badRate":0.09},{"count":1000,"meanProbability":0.2,"badRate":0.24},{"count":1000,"meanProbability":0.5,"badRate":0.51}]}}}""");

        var evidence = CalibrationEvidence.Of(report.RootElement)!;

        Assert.Equal(0.8110, evidence.Slope, 4);
        Assert.Equal(0.0418, evidence.SlopeError, 4);
    }

    private async Task<RegisteredModel> RegisterAsync(ModelPackage package) => (await _room.Registry.RegisterAsync("trial", package, Builder, Now)).Value;

    private static Actor Person(string name, params Permission[] permissions) => new(Guid.NewGuid(), name, ActorKind.User, permissions.ToHashSet());
}

using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Monitoring;
using CreditWorkbench.Core.Predictors;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Tests.Registry;
using CreditWorkbench.Tests.Scenarios;
using CreditWorkbench.Tests.Scorecards;
using Xunit;

namespace CreditWorkbench.Tests.Monitoring;

/// <summary>Rollouts on the real store: who decides, what is compared unseen, and what takes a challenger back.</summary>
public sealed class RolloutTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly TickingClock _clock = new();
    private RolloutStage _stage = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _stage = await RolloutStage.OpenAsync(_folder.Path, _clock);

    public async ValueTask DisposeAsync()
    {
        await _stage.Workbench.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Start_EveryReasonAgainstIt_IsNamed()
    {
        Assert.Equal("permission.missing", await RefusalAsync(_stage.TryStartAsync(RolloutMode.Shadow, 0, People.Officer)));
        Assert.Equal("rollout.note", await RefusalAsync(_stage.TryStartAsync(RolloutMode.Shadow, 0, note: " ")));
        Assert.Equal("rollout.share", await RefusalAsync(_stage.TryStartAsync(RolloutMode.Shadow, 10)));
        Assert.Equal("rollout.share", await RefusalAsync(_stage.TryStartAsync(RolloutMode.Canary, 0)));
        Assert.Equal("rollout.share", await RefusalAsync(_stage.TryStartAsync(RolloutMode.Canary, 101)));
        Assert.Equal("rollout.self", await RefusalAsync(_stage.TryStartAsync(RolloutMode.Canary, 10, People.Analyst)));
        Assert.Equal("rollout.stage", await RefusalAsync(_stage.TryStartAsync(RolloutMode.Shadow, 0, challenger: "tiny@1")));
        Assert.Equal("model.notFound", await RefusalAsync(_stage.TryStartAsync(RolloutMode.Shadow, 0, challenger: "tiny@9")));
        Assert.Empty(await _stage.Rows.ListAsync(null, Cancellation));
    }

    [Fact]
    public async Task Start_ChallengerOfAnotherDictionary_IsRefused()
    {
        var wider = ScorecardFiles.Read(ScorecardFiles.Tiny.Replace("range: [0, 120]", "range: [0, 240]", StringComparison.Ordinal));
        await _stage.StageAsync(TinyPackage.Of(wider, rightLeaf: 1.25));

        Assert.Equal("rollout.dictionary", await RefusalAsync(_stage.TryStartAsync(RolloutMode.Shadow, 0, challenger: "tiny@3")));
    }

    [Fact]
    public async Task Start_ReasonsOnlySampled_MayRunUnseenButNotDecide()
    {
        NeuralNetwork network = new(
            [new NetworkColumn(0, 1, 0f, 1f, 0, 0), new NetworkColumn(0, 1, 0f, 1f, 0, 1)], [new NetworkLayer(5, [1, 1, 1, 1, 1], [0]), new NetworkLayer(1, [1], [0])]);
        await _stage.StageAsync(TinyPackage.Model with { Predictor = network });

        Assert.Equal("rollout.reasons", await RefusalAsync(_stage.TryStartAsync(RolloutMode.Canary, 10, challenger: "tiny@3")));
        Assert.True((await _stage.TryStartAsync(RolloutMode.Shadow, 0, People.Analyst, "tiny@3")).Succeeded);
    }

    [Fact]
    public async Task Shadow_CaseScored_IsAnsweredByTheChampionAndSeenByBoth()
    {
        var application = await _stage.ApplyAsync(1);
        var alone = await _stage.ScoreAsync(application);
        var rollout = await _stage.StartAsync(RolloutMode.Shadow, 0);

        var beside = await _stage.ScoreAsync(application);
        Assert.Empty(beside.Warnings);
        Assert.Equal(1, _stage.Workbench.Get<RolloutRecorder>().Waiting.Count);
        Assert.NotNull(beside.Explanation);
        var pair = Assert.Single(await _stage.CompareAsync());

        Assert.Equal(alone.Release, beside.Release);
        Assert.Equal(alone.Score, beside.Score);
        Assert.Equal((beside.Id, application.Id, RolloutArm.Champion), (pair.SubjectId, pair.ApplicationId!.Value, pair.IssuedBy));
        Assert.Equal(beside.Score.Issued, pair.Champion.Score);
        Assert.NotEqual(pair.Champion.Score, pair.Challenger.Score);
        Assert.Equal(beside.Explanation!.Reasons.Select(reason => reason.Code), pair.Champion.Reasons);
        Assert.Equivalent(pair, Assert.Single(await _stage.Evidence.PairsAsync(rollout.Id, DateTimeOffset.UnixEpoch, 10, Cancellation)), strict: true);
        var counts = await _stage.Evidence.CountsAsync(rollout.Id, DateTimeOffset.UnixEpoch, Cancellation);
        Assert.All([RolloutArm.Champion, RolloutArm.Challenger], arm => Assert.Equal((1, 0), (ArmFigures.Of(counts, arm).Cases, ArmFigures.Of(counts, arm).Errors)));
    }

    [Fact]
    public async Task Canary_WholeShare_TheChallengerDecidesAndReplaysAndTheChampionSeesItUnseen()
    {
        var application = await _stage.ApplyAsync(1);
        var rollout = await _stage.StartAsync(RolloutMode.Canary, 100);

        var issued = await _stage.ScoreAsync(application);
        var pair = Assert.Single(await _stage.CompareAsync());

        Assert.Equal("tiny@2", issued.Release.Model);
        Assert.Equal((RolloutArm.Challenger, issued.Score.Issued), (pair.IssuedBy, pair.Challenger.Score));
        Assert.True((await _stage.Workbench.Replay.ReplayAsync(issued.Id, People.Auditor, Cancellation)).Value.Equal);
        var counts = await _stage.Evidence.CountsAsync(rollout.Id, DateTimeOffset.UnixEpoch, Cancellation);
        Assert.Equal((0, 1), (ArmFigures.Of(counts, RolloutArm.Champion).Cases, ArmFigures.Of(counts, RolloutArm.Challenger).Cases));
        Assert.Equal((1, 1), (ArmFigures.Of(counts, RolloutArm.Champion).Runs, ArmFigures.Of(counts, RolloutArm.Challenger).Runs));
    }

    [Fact]
    public async Task Canary_ShareRaised_WhoMetTheChallengerMeetsItAgainOnEveryNode()
    {
        await using var other = await Workbench.OpenAsync(_folder.Path, _clock);
        var subjects = Enumerable.Range(0, 300).Select(n => $"reference-{n}").ToList();
        var rollout = await _stage.StartAsync(RolloutMode.Canary, 10);
        var before = await ChallengedAsync(_stage.Workbench, subjects);

        rollout = (await _stage.Desk.ChangeShareAsync(rollout.Id, 50, rollout.RowVersion, "Wider.", People.Risk, Cancellation)).Value;
        _clock.Advance(TimeSpan.FromSeconds(1));
        var here = await ChallengedAsync(_stage.Workbench, subjects);
        var there = await ChallengedAsync(other, subjects);

        Assert.InRange(before.Count, 5, 75);
        Assert.True(here.Count > before.Count && before.IsSubsetOf(here));
        Assert.Equal(here, there);
        await _stage.Desk.RollBackAsync(rollout.Id, rollout.RowVersion, "Back.", People.Risk, Cancellation);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Empty(await ChallengedAsync(other, subjects));
    }

    [Fact]
    public async Task Canary_ChallengerCannotBeLoaded_TheChampionDecidesAndItIsTakenBack()
    {
        var rollout = await _stage.StartAsync(RolloutMode.Canary, 100);
        await _stage.Workbench.TamperAsync("UPDATE Packages SET Content = zeroblob(length(Content)) WHERE ModelId IN (SELECT Id FROM Models WHERE Version = 2)");
        await using var fresh = await Workbench.OpenAsync(_folder.Path, _clock); // has not loaded it yet
        var stage = new RolloutStage(fresh, _clock);
        var application = await stage.ApplyAsync(1);

        for (var i = 0; i < GuardrailJudge.FewestRuns; i++) Assert.Equal("tiny@1", (await stage.ScoreAsync(application)).Release.Model);
        await stage.CompareAsync();
        Assert.Empty(await stage.Watch.CheckAsync(Cancellation));
        await stage.ScoreAsync(application);
        await stage.CompareAsync();

        Assert.Equal((rollout.Id, RolloutState.RolledBack), Assert.Single(await stage.Watch.CheckAsync(Cancellation)) is { } closed ? (closed.Id, closed.State) : default);
    }

    [Fact]
    public async Task Queue_Full_LetsCasesGoAndCountsThemAndTheAnswerComes()
    {
        var rollout = await _stage.StartAsync(RolloutMode.Shadow, 0);
        var choice = (await _stage.Workbench.Lines.ChooseAsync("tiny", "someone", Cancellation)).Value;
        var scored = choice.Line.Score(new(TinyPackage.Model.Scorecard, [Core.Intake.InputValue.OfNumber(10), Core.Intake.InputValue.OfNumber(5), Core.Intake.InputValue.OfNumber(18)]), new(null, null));
        var decided = new DecidedCase(Guid.CreateVersion7(), scored, new(null, null), scored.Policy.Recommendation, [], Explained: false, TimeSpan.FromMilliseconds(1));

        for (var i = 0; i < RolloutRecorder.Capacity + 5; i++) choice.Decided(decided);

        Assert.Equal(RolloutRecorder.Capacity, (await _stage.CompareAsync()).Count);
        var challenger = ArmFigures.Of(await _stage.Evidence.CountsAsync(rollout.Id, DateTimeOffset.UnixEpoch, Cancellation), RolloutArm.Challenger);
        Assert.Equal((5, RolloutRecorder.Capacity), (challenger.Dropped, challenger.Cases));
    }

    [Theory]
    [InlineData(RolloutMode.Shadow, 0)]
    [InlineData(RolloutMode.Canary, 10)]
    public async Task Watch_ApprovalGapTwiceInARow_RollsBackWithAlertAndEntry(RolloutMode mode, int share)
    {
        var rollout = await _stage.StartAsync(mode, share);
        await BothAsync(rollout, approved: 300, declined: 700);
        Assert.Empty(await _stage.Watch.CheckAsync(Cancellation));
        Assert.Empty(await _stage.Watch.CheckAsync(Cancellation)); // the same cases again confirm nothing
        await BothAsync(rollout, approved: 3, declined: 7);

        var closed = Assert.Single(await _stage.Watch.CheckAsync(Cancellation));

        Assert.Equal((RolloutState.RolledBack, Actor.System.Id), (closed.State, closed.EndedBy));
        Assert.StartsWith("Guardrail Approval:", closed.Note, StringComparison.Ordinal);
        var alert = Assert.Single((await _stage.Workbench.Get<AlertDesk>().ListAsync(new AlertQuery(Open: true), Reader, Cancellation)).Value.Items);
        Assert.Equal(("rollout.rolledBack", AlertSeverity.Critical, "Approval", rollout.Id.ToString()), (alert.Kind, alert.Severity, alert.Facts["guardrail"], alert.SubjectId));
        Assert.Equal(["started", "rolledBack"], (await _stage.Rows.HistoryAsync(rollout.Id, Cancellation)).Select(change => change.Kind));
        Assert.Single(await _stage.Workbench.Audit.SearchAsync(new AuditQuery("rollout.rolledBack", rollout.Id.ToString()), Cancellation));
        Assert.Empty(await _stage.Watch.CheckAsync(Cancellation));
    }

    [Fact]
    public async Task Watch_ThreeBadCases_ChangeNothing()
    {
        var rollout = await _stage.StartAsync(RolloutMode.Canary, 10);
        for (var look = 0; look < 4; look++)
        {
            await _stage.CountAsync(rollout, RolloutArm.Champion, 250, 0);
            await _stage.CountAsync(rollout, RolloutArm.Challenger, 0, look == 0 ? 3 : 0, milliseconds: 2_000);

            Assert.Empty(await _stage.Watch.CheckAsync(Cancellation));
        }

        Assert.True((await _stage.ReadAsync(rollout)).Runs);
    }

    [Fact]
    public async Task Watch_GapBetweenTwoGoodLooks_StartsAnew()
    {
        var rollout = await _stage.StartAsync(RolloutMode.Canary, 10);
        await _stage.CountAsync(rollout, RolloutArm.Champion, 700, 300);
        await _stage.CountAsync(rollout, RolloutArm.Challenger, 300, 700);
        await _stage.Watch.CheckAsync(Cancellation);
        await _stage.CountAsync(rollout, RolloutArm.Challenger, 6_000, 2_000); // now 70 % as well
        await _stage.Watch.CheckAsync(Cancellation);

        Assert.Equal(0, (await _stage.Rows.StreaksAsync(rollout.Id, Cancellation)).GetValueOrDefault("Approval"));
        Assert.True((await _stage.ReadAsync(rollout)).Runs);
    }

    [Fact]
    public async Task Watch_ChampionReplacedElsewhere_EndsTheRollout()
    {
        var rollout = await _stage.StartAsync(RolloutMode.Canary, 100);
        await _stage.Workbench.PromoteAsync("tiny", TinyPackage.Of(TinyPackage.Model.Scorecard, rightLeaf: 1.5));
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Empty(await ChallengedAsync(_stage.Workbench, ["anyone"])); // even before the watch has looked
        Assert.Equal((rollout.Id, RolloutState.Ended), (await _stage.Watch.CheckAsync(Cancellation)).Select(closed => (closed.Id, closed.State)).Single());
    }

    [Fact]
    public async Task Watch_ChallengerPromotedElsewhere_ClosesAsPromoted()
    {
        var rollout = await _stage.StartAsync(RolloutMode.Canary, 10);
        await _stage.Workbench.Registry.ChangeStageAsync("tiny@2", ModelStage.Production, "Approved.", People.Risk, Cancellation);

        await _stage.Watch.CheckAsync(Cancellation);

        Assert.Equal(RolloutState.Promoted, (await _stage.ReadAsync(rollout)).State);
    }

    [Fact]
    public async Task Promote_ByAColleague_PutsTheChallengerIntoProduction()
    {
        var rollout = await _stage.StartAsync(RolloutMode.Canary, 10);

        Assert.Equal("model.stage.self", await RefusalAsync(_stage.Desk.PromoteAsync(rollout.Id, rollout.RowVersion, "Mine.", People.Analyst, Cancellation)));
        Assert.Equal("version.stale", await RefusalAsync(_stage.Desk.PromoteAsync(rollout.Id, rollout.RowVersion + 1, "Good.", People.Risk, Cancellation)));
        var promoted = (await _stage.Desk.PromoteAsync(rollout.Id, rollout.RowVersion, "Good.", People.Risk, Cancellation)).Value;

        Assert.Equal(RolloutState.Promoted, promoted.State);
        Assert.Equal("tiny@2", (await _stage.Workbench.Get<IModelStore>().InProductionAsync("tiny", Cancellation))!.Reference);
        Assert.Equal("rollout.over", await RefusalAsync(_stage.Desk.RollBackAsync(rollout.Id, promoted.RowVersion, "Back.", People.Risk, Cancellation)));
    }

    /// <summary>The installation may let a challenger look on; that it decides, or goes into production, is for a person to say.</summary>
    [Fact]
    public async Task Rollout_ByNobodyInParticular_LooksOnButNeverDecides()
    {
        Assert.Equal("model.stage.person", await RefusalAsync(_stage.TryStartAsync(RolloutMode.Canary, 1, Actor.System)));
        var shadow = (await _stage.TryStartAsync(RolloutMode.Shadow, 0, Actor.System)).Value;

        Assert.Equal("model.stage.person", await RefusalAsync(_stage.Desk.ChangeShareAsync(shadow.Id, 100, shadow.RowVersion, "All.", Actor.System, Cancellation)));
        Assert.Equal("model.stage.person", await RefusalAsync(_stage.Desk.PromoteAsync(shadow.Id, shadow.RowVersion, "Good.", Actor.System, Cancellation)));
        Assert.Equal((RolloutMode.Shadow, "tiny@1"), ((await _stage.ReadAsync(shadow)).Mode, (await _stage.Workbench.Get<IModelStore>().InProductionAsync("tiny", Cancellation))!.Reference));
    }

    [Fact]
    public async Task Canary_ByWhoAskedForTheApproval_IsRefused()
    {
        Assert.True((await _stage.Workbench.Get<ApprovalDesk>().RequestAsync("tiny@2", "Please.", People.Risk, Cancellation)).Succeeded);

        Assert.Equal("rollout.self", await RefusalAsync(_stage.TryStartAsync(RolloutMode.Canary, 100)));
    }

    [Fact]
    public async Task ChangeShare_OfAShadow_MakesItACanaryUnlessTheBuilderAsks()
    {
        var rollout = await _stage.StartAsync(RolloutMode.Shadow, 0);

        Assert.Equal("rollout.self", await RefusalAsync(_stage.Desk.ChangeShareAsync(rollout.Id, 10, rollout.RowVersion, "Mine.", People.Analyst, Cancellation)));
        var canary = (await _stage.Desk.ChangeShareAsync(rollout.Id, 10, rollout.RowVersion, "Wider.", People.Risk, Cancellation)).Value;
        var narrower = (await _stage.Desk.ChangeShareAsync(rollout.Id, 5, canary.RowVersion, "Careful.", People.Analyst, Cancellation)).Value;

        Assert.Equal((RolloutMode.Canary, 10), (canary.Mode, canary.Share));
        Assert.Equal(5, narrower.Share); // taking back is open to everybody who may
        Assert.Equal([0, 10, 5], (await _stage.Rows.HistoryAsync(rollout.Id, Cancellation)).Select(change => change.Share));
    }

    [Fact]
    public async Task ChangeGuardrails_OfACanary_BuilderOnlyTightensAndEveryLimitIsWrittenDown()
    {
        var rollout = await _stage.StartAsync(RolloutMode.Canary, 10);
        var (loose, strict) = (rollout.Guardrails with { GroupRatio = 0.7, LatencyMilliseconds = 250 }, rollout.Guardrails with { ApprovalGap = 0.03 });

        Assert.Equal("permission.missing", await RefusalAsync(LimitAsync(rollout, loose, People.Officer)));
        Assert.Equal("rollout.limits.self", await RefusalAsync(LimitAsync(rollout, loose, People.Analyst)));
        Assert.Equal("model.stage.person", await RefusalAsync(LimitAsync(rollout, loose, Actor.System)));
        Assert.Equal("rollout.guardrail", await RefusalAsync(LimitAsync(rollout, loose with { Confirmations = 0 }, People.Risk)));
        Assert.Equal("rollout.note", await RefusalAsync(LimitAsync(rollout, loose, People.Risk, note: " ")));
        var tightened = (await LimitAsync(rollout, strict, People.Analyst)).Value;
        Assert.Equal("version.stale", await RefusalAsync(LimitAsync(rollout, loose, People.Risk)));
        var loosened = (await LimitAsync(tightened, loose, People.Risk)).Value;
        var untouched = (await LimitAsync(loosened, loose, People.Risk)).Value;

        Assert.Equal((strict, loose, loosened.RowVersion), (tightened.Guardrails, (await _stage.ReadAsync(rollout)).Guardrails, untouched.RowVersion));
        var entries = (await _stage.Workbench.Audit.SearchAsync(new AuditQuery("rollout.guardrailsChanged", rollout.Id.ToString()), Cancellation)).Select(entry => entry.Payload!["note"]);
        Assert.Equal(
            ["Measured. (approvalGap 0.03 to 0.05, groupRatio 0.8 to 0.7, latencyMilliseconds 100 to 250)", "Measured. (approvalGap 0.05 to 0.03)"], entries.Order(StringComparer.Ordinal));
        Assert.Equal(["started", "guardrailsChanged", "guardrailsChanged"], (await _stage.Rows.HistoryAsync(rollout.Id, Cancellation)).Select(change => change.Kind));
    }

    private Task<Outcome<Rollout>> LimitAsync(Rollout rollout, RolloutGuardrails limits, Actor actor, string note = "Measured.") =>
        _stage.Desk.ChangeGuardrailsAsync(rollout.Id, limits, rollout.RowVersion, note, actor, Cancellation);

    private static Actor Reader { get; } = new(Guid.CreateVersion7(), "Vera", ActorKind.User, new HashSet<Permission> { Permission.ReadDashboards });

    private async Task BothAsync(Rollout rollout, int approved, int declined)
    {
        await _stage.CountAsync(rollout, RolloutArm.Champion, declined, approved);
        await _stage.CountAsync(rollout, RolloutArm.Challenger, approved, declined);
    }

    private static async Task<HashSet<string>> ChallengedAsync(Workbench workbench, IEnumerable<string> subjects)
    {
        var challenged = new HashSet<string>();
        foreach (var subject in subjects)
            if ((await workbench.Lines.ChooseAsync("tiny", subject, Cancellation)).Value.Arm == RolloutArm.Challenger) challenged.Add(subject);
        return challenged;
    }

    private static async Task<string> RefusalAsync(Task<Outcome<Rollout>> refused) => (await refused).Problems.Single().Code;
}

using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Core.Scoring;
using CreditWorkbench.Tests.Registry;
using CreditWorkbench.Tests.Scenarios;
using CreditWorkbench.Tests.Scorecards;
using Xunit;

namespace CreditWorkbench.Tests.Decisioning;

/// <summary>What the desk refuses, on the real store.</summary>
public sealed class ScoringDeskTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly TickingClock _clock = new();
    private Workbench _workbench = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _workbench = await Workbench.OpenAsync(_folder.Path, _clock);

    public async ValueTask DisposeAsync()
    {
        await _workbench.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Score_NoModelInProduction_IsRefused()
    {
        await _workbench.Registry.RegisterAsync("tiny", TinyPackage.Model, People.Analyst, Cancellation);
        var application = await ApplyAsync();

        await RefusedAsync(application.Id, People.Officer, "model.none");
    }

    [Fact]
    public async Task Score_ActorWithoutPermission_IsRefused()
    {
        await _workbench.PromoteAsync("tiny", TinyPackage.Model);
        var application = await ApplyAsync();

        await RefusedAsync(application.Id, People.Auditor, "permission.missing");
    }

    [Fact]
    public async Task Score_UnknownApplication_IsRefused()
    {
        await _workbench.PromoteAsync("tiny", TinyPackage.Model);

        await RefusedAsync(Guid.CreateVersion7(), People.Officer, "application.notFound");
    }

    [Fact]
    public async Task Score_DictionaryChangedSinceTheEntry_AsksForALinkedApplication()
    {
        await _workbench.PromoteAsync("tiny", TinyPackage.Model);
        var application = await ApplyAsync();
        var wider = ScorecardFiles.Read(ScorecardFiles.Tiny.Replace("range: [0, 120]", "range: [0, 240]", StringComparison.Ordinal));
        await _workbench.PromoteAsync("tiny", TinyPackage.Of(wider, rightLeaf: 1.25));
        _clock.Advance(TimeSpan.FromSeconds(2));

        await RefusedAsync(application.Id, People.Officer, "application.dictionary");
    }

    [Fact]
    public async Task Score_AfterAPromotion_UsesTheNewReleaseAndReplaysTheOldOne()
    {
        await _workbench.PromoteAsync("tiny", TinyPackage.Model);
        var application = await ApplyAsync();
        var before = (await _workbench.Scoring.ScoreAsync(application.Id, People.Officer, Cancellation)).Value;
        await _workbench.PromoteAsync("tiny", TinyPackage.Other);
        _clock.Advance(TimeSpan.FromSeconds(2));

        var after = (await _workbench.Scoring.ScoreAsync(application.Id, People.Officer, Cancellation)).Value;

        Assert.Equal(("tiny@1", "tiny@2"), (before.Release.Model, after.Release.Model));
        Assert.NotEqual(before.Score.Issued, after.Score.Issued);
        Assert.True((await _workbench.Replay.ReplayAsync(before.Id, People.Auditor, Cancellation)).Value.Equal);
        Assert.True((await _workbench.Replay.ReplayAsync(after.Id, People.Auditor, Cancellation)).Value.Equal);
    }

    [Theory]
    [InlineData(299)]
    [InlineData(901)]
    public async Task Plan_TargetOffTheScale_IsRefused(int target)
    {
        await _workbench.PromoteAsync("tiny", TinyPackage.Model);
        var issued = (await _workbench.Scoring.ScoreAsync((await ApplyAsync()).Id, People.Officer, Cancellation)).Value;

        var outcome = await _workbench.Scoring.PlanAsync(issued.Id, target, People.Officer, Cancellation);

        Assert.Equal(("roadmap.target", "targetScore"), (outcome.Problems.Single().Code, outcome.Problems.Single().Field));
    }

    [Fact]
    public async Task Score_PackageAlteredInTheStore_IsNeverLoaded_AndRulesAloneRefer()
    {
        await _workbench.PromoteAsync("tiny", TinyPackage.Model);
        var application = await ApplyAsync();
        var touched = await _workbench.TamperAsync("UPDATE Packages SET Content = zeroblob(length(Content))");

        Assert.Equal(1, touched);
        var issued = (await _workbench.Scoring.ScoreAsync(application.Id, People.Officer, Cancellation)).Value;
        Assert.Equal(("rules", Recommendation.Refer, "none", 0.0), (issued.Release.Model, issued.Policy.Recommendation, issued.Confidence.Kind, issued.Confidence.Value));
        Assert.Equal([Fallbacks.Baseline], issued.Warnings);
        Assert.Null(issued.Explanation);
        var entry = Assert.Single(await _workbench.Audit.SearchAsync(new("application.scored"), Cancellation));
        Assert.Equal(Fallbacks.Baseline, entry.Payload!["warnings"]);
        Assert.True((await _workbench.Replay.ReplayAsync(issued.Id, People.Auditor, Cancellation)).Value.Equal);
    }

    [Fact]
    public async Task Score_OfAnApplicationThatWasChangedSince_KeepsWhatWasAskedForThen()
    {
        await _workbench.PromoteAsync("tiny", TinyPackage.Model);
        var application = await ApplyAsync();
        var first = (await _workbench.Scoring.ScoreAsync(application.Id, People.Officer, Cancellation)).Value;
        var scored = (await _workbench.ApplicationRows.FindAsync(application.Id, Cancellation))!;
        var larger = new ApplicationRequest(Record(), Money.FromMajor(60_000_000, "IDR"), 24, null);
        Assert.True((await _workbench.Applications.ChangeAsync(application.Id, scored.Version, larger, People.Officer, Cancellation)).Succeeded);

        var second = (await _workbench.Scoring.ScoreAsync(application.Id, People.Officer, Cancellation)).Value;

        Assert.Equal(new ApplicationTerms(12_000_000, 12), (await _workbench.ScoreRows.FindAsync(first.Id, Cancellation))!.Terms);
        Assert.Equal(new ApplicationTerms(60_000_000, 24), (await _workbench.ScoreRows.FindAsync(second.Id, Cancellation))!.Terms);
        Assert.True((await _workbench.Replay.ReplayAsync(first.Id, People.Auditor, Cancellation)).Value.Equal);
    }

    private static InputRecord Record() => new(TinyPackage.Model.Scorecard, [InputValue.OfNumber(10_000_000), InputValue.OfNumber(5_000_000), InputValue.OfNumber(18)]);

    private async Task<CreditApplication> ApplyAsync()
    {
        var applicant = await _workbench.RegisterAsync(1);
        await _workbench.ConsentAsync(applicant.Id, TinyPackage.Model.Scorecard);
        return await _workbench.ApplyAsync(applicant.Id, Record());
    }

    private async Task RefusedAsync(Guid applicationId, Actor actor, string code)
    {
        var outcome = await _workbench.Scoring.ScoreAsync(applicationId, actor, Cancellation);

        Assert.Equal(code, outcome.Problems.Single().Code);
        Assert.Empty(await _workbench.ScoreRows.OfApplicationAsync(applicationId, Cancellation));
    }
}

using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;
using Xunit;

namespace CreditWorkbench.Tests.Scenarios;

/// <summary>Trials on an issued score: exact, bounded, kept per person, and never a change of what was issued.</summary>
public sealed class WhatIfTests(TrustModel trust) : IClassFixture<TrustModel>, IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private Workbench _workbench = null!;
    private IssuedScore _score = null!;
    private WhatIfSession _session = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private WhatIfDesk Desk => _workbench.Get<WhatIfDesk>();

    public async ValueTask InitializeAsync()
    {
        _workbench = await Workbench.OpenAsync(_folder.Path);
        await _workbench.PromoteAsync("trust", trust.Package);
        var applicant = await _workbench.RegisterAsync(1);
        await _workbench.ConsentAsync(applicant.Id, trust.Definition);
        var application = await _workbench.ApplyAsync(applicant.Id, trust.Applicants(1)[0]);
        _score = (await _workbench.Scoring.ScoreAsync(application.Id, People.Officer, Cancellation)).Value;
        _session = (await Desk.OpenAsync(_score.Id, People.Officer, Cancellation)).Value;
    }

    public async ValueTask DisposeAsync()
    {
        await _workbench.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public void Try_NothingChanged_GivesTheIssuedScoreAndItsBars()
    {
        var trial = _session.Try(new Dictionary<string, InputValue>()).Value;

        Assert.Equal(_score.Score, trial.Scored.Score);
        Assert.Equal(_score.Policy.Recommendation, trial.Policy.Recommendation);
        Assert.Equal(_score.Explanation!.Contributions.Select(c => c.Points), trial.Explanation!.Contributions.Select(c => c.Points));
    }

    [Fact]
    public void Try_EverySliderAtBothEnds_AddsUpToTheTrialScore()
    {
        var moved = 0;
        foreach (var lever in _session.Levers.Where(lever => lever.IsSlider))
        {
            foreach (var end in new[] { lever.Low!.Value, lever.High!.Value })
            {
                var trial = _session.Try(new Dictionary<string, InputValue> { [lever.Input.Name] = InputValue.OfNumber(end) }).Value;
                var bars = trial.Explanation!;

                Assert.Equal(trial.Scored.Score.Issued, bars.BasePoints + bars.Contributions.Sum(c => c.Points) + bars.Rounding + bars.Clip, 6);
                moved += trial.Scored.Score.Issued == _score.Score.Issued ? 0 : 1;
            }
        }

        Assert.True(moved > 4, $"only {moved} ends of sliders move the score");
    }

    [Fact]
    public void Levers_OfACase_LeaveOutWhatIsPersonalOrSensitiveAndStayInTheBounds()
    {
        Assert.NotEmpty(_session.Levers);
        Assert.All(_session.Levers, lever =>
        {
            Assert.False(lever.Input.Sensitive);
            Assert.Null(lever.Input.Pii);
            Assert.True(!lever.IsSlider || (lever.Low >= lever.Input.Minimum && lever.High <= lever.Input.Maximum && lever.Step > 0));
        });
    }

    [Fact]
    public void Try_SensitiveOrOutOfBounds_IsRefusedByField()
    {
        var sensitive = trust.Definition.Inputs.First(input => input.Sensitive).Name;
        var bounded = _session.Levers.First(lever => lever.IsSlider).Input;

        var outcome = _session.Try(new Dictionary<string, InputValue> { [sensitive] = InputValue.OfNumber(20), [bounded.Name] = InputValue.OfNumber(bounded.Maximum!.Value + 1) });

        Assert.Equal([("whatif.fixed", sensitive), ("whatif.range", bounded.Name)], outcome.Problems.Select(problem => (problem.Code, problem.Field!)));
    }

    [Fact]
    public async Task Keep_UpToFourPerPerson_IsStoredAuditedAndLeavesTheScoreAlone()
    {
        var lever = _session.Levers.First(lever => lever.IsSlider);
        var changes = new Dictionary<string, InputValue> { [lever.Input.Name] = InputValue.OfNumber(lever.High!.Value) };

        for (var i = 1; i <= 4; i++) Assert.True((await Desk.KeepAsync(_session, $"Plan {i}", changes, People.Officer, Cancellation)).Succeeded);
        var fifth = await Desk.KeepAsync(_session, "Plan 5", changes, People.Officer, Cancellation);
        var kept = (await Desk.ListAsync(_score.ApplicationId, People.Officer, Cancellation)).Value;
        var others = (await Desk.ListAsync(_score.ApplicationId, People.Senior, Cancellation)).Value;
        var dropped = await Desk.DropAsync(kept[0], People.Officer, Cancellation);

        Assert.Equal("scenario.full", Assert.Single(fifth.Problems).Code);
        Assert.Equal(["Plan 1", "Plan 2", "Plan 3", "Plan 4"], kept.Select(scenario => scenario.Name));
        Assert.Equal(changes, kept[0].Changes);
        Assert.Empty(others);
        Assert.True(dropped.Succeeded);
        Assert.Equal(3, (await Desk.ListAsync(_score.ApplicationId, People.Officer, Cancellation)).Value.Count);
        Assert.Equal(_score.Score, (await _workbench.ScoreRows.FindAsync(_score.Id, Cancellation))!.Score);
        Assert.Single(await _workbench.ScoreRows.OfApplicationAsync(_score.ApplicationId, Cancellation));
    }

    [Fact]
    public async Task Keep_NothingChangedOrByAReader_IsRefused()
    {
        var changes = new Dictionary<string, InputValue> { [_session.Levers[0].Input.Name] = InputValue.Missing };

        var same = await Desk.KeepAsync(_session, "Plan", new Dictionary<string, InputValue>(), People.Officer, Cancellation);
        var unnamed = await Desk.KeepAsync(_session, " ", changes, People.Officer, Cancellation);
        var reader = await Desk.KeepAsync(_session, "Plan", changes, People.Senior, Cancellation);

        Assert.Equal(["scenario.same", "scenario.name", "permission.missing"], new[] { same, unnamed, reader }.Select(outcome => outcome.Problems[0].Code));
    }

    [Fact]
    public void Offers_OfACase_AreApprovableWhenScoredAgain()
    {
        var offers = _session.Offers().Value;

        Assert.True(offers.Scored >= 1);
        Assert.All(offers.Offers, offer => Assert.True(offer.ScoreAfter >= trust.Definition.Policy.ApproveFrom));
    }
}

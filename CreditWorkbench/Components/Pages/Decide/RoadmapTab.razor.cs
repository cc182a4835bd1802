using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Recourse;
using CreditWorkbench.Web.Components.Charts;
using CreditWorkbench.Web.Resources;
using Microsoft.AspNetCore.Components;

namespace CreditWorkbench.Web.Components.Pages.Decide;

/// <summary>What would change the score: steps in time, each re-scored, or the proof that none reach the target.</summary>
public sealed partial class RoadmapTab
{
    private IReadOnlyList<Problem> _problems = [];
    private IssuedScore? _planned;
    private bool _busy;

    /// <summary>The case; it has a score.</summary>
    [Parameter, EditorRequired] public CaseFile File { get; set; } = null!;

    /// <summary>Target in the address; null shows the roadmap that was issued with the score.</summary>
    [Parameter] public int? Target { get; set; }

    private IssuedScore Score => _planned ?? File.View.Score!;

    private Roadmap? Plan => Score.Roadmap;

    private IReadOnlyList<(string Words, int Score)> Targets
    {
        get
        {
            var cut = Score.Policy.ApproveFrom;
            var targets = new List<(string, int)> { (Texts.T("roadmap.toApproval", cut), cut) };
            targets.AddRange(CaseFigures.Bands(File.View.Definition).Where(band => band.From > Score.Score.Issued && band.From != cut).Reverse().Select(band => (Texts.T("roadmap.toGrade", band.Code, band.From), band.From)));
            if (Plan is { } plan && targets.TrueForAll(t => t.Item2 != plan.Target)) targets.Add((Texts.T("roadmap.toScore", plan.Target), plan.Target));
            return [.. targets.OrderBy(target => target.Item2)];
        }
    }

    private IReadOnlyList<(string Words, int Score)> Others => [.. Targets.Where(target => target.Score != Plan?.Target && target.Score > Score.Score.Issued)];

    private string Headline => Plan switch
    {
        { Outcome: RoadmapOutcome.Found, Steps.Count: 0 } plan => Texts.T("roadmap.reached", plan.Target),
        { Outcome: RoadmapOutcome.Found } plan => Texts.Count("roadmap.found", plan.Steps.Count, plan.ScoreAfter, plan.Months),
        { Outcome: RoadmapOutcome.Impossible } plan => Texts.T("roadmap.impossibleTitle", plan.Target),
        var plan => Texts.T("roadmap.timedOutTitle", plan!.Target),
    };

    private string? Note => Plan is { Outcome: RoadmapOutcome.Found, Steps.Count: > 0 } plan ? Texts.T("roadmap.foundNote", plan.ScoreNow, plan.ScoreAfter) : null;

    private string Verdict => Plan switch
    {
        { Outcome: RoadmapOutcome.Found } plan => Texts.T("roadmap.reachedText", plan.ScoreNow, plan.Target),
        { Outcome: RoadmapOutcome.Impossible } plan => Texts.T("roadmap.impossible", plan.Target, plan.ScoreAfter),
        var plan => Texts.T("roadmap.timedOut", plan!.Target),
    };

    private ChartTwin Twin => new(
        [Texts.T("roadmap.step"), Texts.T("roadmap.when"), Texts.T("roadmap.effort"), Texts.T("explanation.points"), Texts.T("chart.score")],
        [.. Plan!.Steps.Select(step => (IReadOnlyList<string>)[Words.Of(step.Label), Formats.Integer(step.Months), Words.Of(step.Effort), Formats.Signed(step.PointsAdded, 0), Formats.Integer(step.ScoreAfter)])],
        Texts.T("roadmap.origin", File.View.Application.Number, Plan.Target, Score.Release.Model));

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (Target is { } target && target != Plan?.Target && !_busy && File.Reader.May(Permission.Score) && RendererInfo.IsInteractive) await PlanAsync(target);
    }

    private Task ChooseAsync(int target)
    {
        Navigation.NavigateTo($"/applications/{File.View.Application.Id}/roadmap?target={target}", replace: true);
        return Task.CompletedTask;
    }

    private async Task PlanAsync(int target)
    {
        (_busy, _problems) = (true, []);
        StateHasChanged();
        var outcome = await Desk.PlanAsync(Score.Id, target, File.Reader, Leaving);
        if (outcome.TryGet(out var planned, out var problems)) _planned = planned;
        else _problems = problems;
        _busy = false;
    }

    private string InputLabel(RoadmapStep step) => File.View.Definition.Input(step.Input) is { } input ? Words.Of(input.Label) : step.Input;

    private string ValueOf(RoadmapStep step, InputValue value) => File.View.Definition.Input(step.Input) is { } input ? Words.Of(input, value) : value.ToString();
}

using CreditWorkbench.Core.Jobs;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.ModelBuilding;
using CreditWorkbench.Web.Components.Controls;
using CreditWorkbench.Web.Resources;
using Microsoft.AspNetCore.Components;

namespace CreditWorkbench.Web.Components.Pages.Build.Lab;

/// <summary>Training runs, newest first; those at work move as one looks.</summary>
public sealed partial class LabPage
{
    private IReadOnlyList<LabLine>? _runs;
    private IReadOnlyList<Problem> _problems = [];
    private IReadOnlyList<DataColumn<LabLine>> _columns = [];
    private bool _watching;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        await base.OnInitializedAsync();
        _columns =
        [
            new("run", Texts.T("lab.run"), line => line.Run.Request.Title) { SortBy = line => line.Run.Request.Title, Cell = LinkCell },
            new("data", Texts.T("lab.data"), line => line.Run.DataName) { SortBy = line => line.Run.DataName, WideOnly = true },
            new("scorecard", Texts.T("queue.scorecard"), line => line.Run.ScorecardId) { SortBy = line => line.Run.ScorecardId, WideOnly = true },
            new("best", Texts.T("lab.bestCandidate"), line => line.Run.Summary is { } done ? LabWords.Family(done.Chosen) : Formats.Unknown) { PhoneOrder = 2 },
            new("auc", Texts.T("lab.testAuc"), line => LabWords.Number(Auc(line))) { Numeric = true, SortBy = line => Auc(line), PhoneOrder = 1 },
            new("registered", Texts.T("lab.registered"), line => line.Registered.Count == 0 ? Formats.Unknown : string.Join(", ", line.Registered.Select(one => one.Model))) { WideOnly = true },
            new("state", Texts.T("lab.stateHead"), line => LabWords.State(line.State)) { SortBy = line => line.State?.ToString(), Cell = StateCell, PhoneOrder = 3, Filter = ColumnFilterKind.Choice },
            new("created", Texts.T("lab.begun"), line => Formats.Time(line.Run.CreatedAt, Zone)) { SortBy = line => line.Run.CreatedAt, WideOnly = true, NoWrap = true },
        ];
        await LookAsync();
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_watching || !AnyAtWork) return;
        _watching = true;
        await WatchAsync(LookAsync);
        _watching = false;
    }

    private bool AnyAtWork => _runs?.Any(line => line.State is JobState.Queued or JobState.Running) == true;

    private async Task<bool> LookAsync()
    {
        if ((await Desk.ListAsync(Reader!, Leaving)).TryGet(out var runs, out var problems)) _runs = runs;
        else _problems = problems;
        return AnyAtWork;
    }

    private static double? Auc(LabLine line) => line.Run.Summary is { } done ? done.Candidates.First(candidate => candidate.Family == done.Chosen).Test.Auc : null;

    private static RenderFragment LinkCell(LabLine line) => builder =>
    {
        builder.OpenElement(0, "a");
        builder.AddAttribute(1, "href", $"/lab/runs/{line.Run.Id}");
        builder.AddContent(2, line.Run.Request.Title);
        builder.CloseElement();
    };

    private static RenderFragment StateCell(LabLine line) => builder =>
    {
        builder.OpenComponent<Badge>(0);
        builder.AddComponentParameter(1, nameof(Badge.Text), LabWords.State(line.State));
        builder.AddComponentParameter(2, nameof(Badge.Tone), LabWords.ToneOf(line.State));
        builder.CloseComponent();
    };
}

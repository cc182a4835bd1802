using CreditWorkbench.Core.Jobs;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Staging;
using CreditWorkbench.Web.Components.Controls;
using CreditWorkbench.Web.Queue;
using CreditWorkbench.Web.Resources;
using Microsoft.AspNetCore.Components;

namespace CreditWorkbench.Web.Components.Pages.Run.Staging;

/// <summary>Runs of staging: what came in, what became of it, how current the features are; and the way to run a delivery now.</summary>
public sealed partial class StagingPage
{
    private const int Newest = 500;
    private static readonly JobQuery Live = new() { Kinds = [StagingJobs.Kind], States = [JobState.Queued, JobState.Running] };
    private Actor? _actor;
    private IReadOnlyList<StagingRun>? _runs;
    private IReadOnlyList<Job> _jobs = [];
    private IReadOnlyList<FeatureSet> _latest = [];
    private IReadOnlyList<ScorecardDefinition> _scorecards = [];
    private IReadOnlyList<string> _deliveries = [];
    private IReadOnlyDictionary<Guid, string> _names = new Dictionary<Guid, string>();
    private IReadOnlyList<DataColumn<StagingRun>> _columns = [];
    private string _scorecard = "";
    private string _delivery = "";
    private DateOnly? _asOf;
    private string? _message;
    private bool _failed;
    private bool _asking;
    private bool _busy;

    private bool MayRun => _actor?.May(Permission.BuildModels) == true;

    /// <summary>The last word on each scorecard, where that is a refusal or a failure.</summary>
    private IEnumerable<StagingRun> Warnings => (_runs ?? []).Where(run => run.State is not StagingRunState.Running and not StagingRunState.Cancelled).GroupBy(run => run.ScorecardId)
        .Select(group => group.First()).Where(run => run.State is StagingRunState.Refused or StagingRunState.Failed);

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _actor = await ActorAsync();
        _columns =
        [
            new("started", Texts.T("staging.started"), run => Formats.Time(run.StartedAt, Zone)) { SortBy = run => run.StartedAt, NoWrap = true, Cell = run => builder => Cells.Link(builder, $"/staging/{run.Id}", Formats.Time(run.StartedAt, Zone)) },
            new("scorecard", Texts.T("queue.scorecard"), run => run.ScorecardId) { SortBy = run => run.ScorecardId, Filter = ColumnFilterKind.Choice, PhoneOrder = 1 },
            new("state", Texts.T("staging.state"), run => Words.Of(run.State)) { SortBy = run => run.State, Filter = ColumnFilterKind.Choice, PhoneOrder = 3, Cell = run => builder => Cells.Badge(builder, StagingWords.ToneOf(run.State), Words.Of(run.State)) },
            new("version", Texts.T("features.version"), run => run.Version is { } version ? Formats.Integer(version) : Formats.Unknown) { SortBy = run => run.Version, Numeric = true, WideOnly = true },
            new("rows", Texts.T("staging.rowsRead"), run => StagingWords.RowsRead(run) is { } rows ? Formats.Integer(rows) : Formats.Unknown) { SortBy = run => StagingWords.RowsRead(run), Numeric = true, WideOnly = true },
            new("passed", Texts.T("staging.passed"), run => StagingWords.PassRate(run) is { } share ? Formats.Percent(share, 2) : Formats.Unknown) { SortBy = run => StagingWords.PassRate(run), Numeric = true, PhoneOrder = 2 },
            new("findings", Texts.T("staging.findings"), run => Formats.Integer(run.Findings)) { SortBy = run => run.Findings, Numeric = true, WideOnly = true },
            new("trigger", Texts.T("staging.trigger"), run => Words.Of(run.Trigger)) { SortBy = run => run.Trigger, Filter = ColumnFilterKind.Choice, WideOnly = true },
            new("by", Texts.T("jobs.by"), run => _names.GetValueOrDefault(run.RequestedBy, "")) { WideOnly = true },
        ];
        _scorecards = [.. (await Scorecards.ListAsync(Leaving)).Where(definition => definition.Staging is not null)];
        _deliveries = Asking.Deliveries();
        (_scorecard, _delivery) = (_scorecards.Count > 0 ? _scorecards[0].Id : "", _deliveries.Count > 0 ? _deliveries[0] : "");
        await ReadAsync();
    }

    /// <inheritdoc/>
    protected override Task OnAfterRenderAsync(bool firstRender) => firstRender ? WatchAsync(Jobs.ChangedAsync, LookAsync) : Task.CompletedTask;

    private async Task<bool> LookAsync()
    {
        if (await ReadJobsAsync()) StateHasChanged();
        return true;
    }

    // The history changes when a job does.
    private async Task<bool> ReadJobsAsync()
    {
        var jobs = (await Jobs.ListAsync(Live, 1, Newest, _actor!, Leaving)).Items;
        if (jobs.Select(Shown).SequenceEqual(_jobs.Select(Shown))) return false;
        var ended = _jobs.Any(job => jobs.All(other => other.Id != job.Id)) || jobs.Count != _jobs.Count;
        _jobs = jobs;
        if (ended) await ReadAsync();
        return true;
    }

    private async Task ReadAsync()
    {
        _jobs = (await Jobs.ListAsync(Live, 1, Newest, _actor!, Leaving)).Items;
        if (!(await Desk.ListAsync(new StagingQuery(), 1, Newest, _actor!, Leaving)).TryGet(out var page, out var problems) || !(await Features.SetsAsync(null, _actor!, Leaving)).TryGet(out var sets, out problems))
        {
            (_failed, _message, _runs) = (true, Words.Of(problems), []);
            return;
        }

        _names = Names.Of(page.Items.Select(run => run.RequestedBy));
        _latest = [.. sets.GroupBy(set => set.ScorecardId).Select(group => group.MaxBy(set => set.Version)!).OrderBy(set => set.ScorecardId, StringComparer.Ordinal)];
        _runs = page.Items;
    }

    private async Task AskAsync()
    {
        if (_busy) return;
        _busy = true;
        try
        {
            var outcome = await Asking.AskAsync(_scorecard, _delivery, _asOf, _actor!, Leaving);
            (_failed, _message) = (!outcome.Succeeded, outcome.Succeeded ? Texts.T("staging.asked") : Words.Of(outcome.Problems));
            if (!_failed) _asking = false;
            await ReadAsync();
        }
        finally
        {
            _busy = false;
        }
    }

    private async Task CancelAsync(Job job)
    {
        var outcome = await Jobs.CancelAsync(job.Id, _actor!, Leaving);
        (_failed, _message) = (!outcome.Succeeded, outcome.Succeeded ? Texts.T("jobs.asked", job.Title) : Words.Of(outcome.Problems));
        await ReadAsync();
    }

    private static Job Shown(Job job) => job with { LeaseUntil = null };
}

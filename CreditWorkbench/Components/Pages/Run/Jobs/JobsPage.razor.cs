using CreditWorkbench.Core.Jobs;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Web.Components.Controls;
using CreditWorkbench.Web.Resources;
using Microsoft.AspNetCore.Components;

namespace CreditWorkbench.Web.Components.Pages.Run.Jobs;

/// <summary>All long work: what waits, what runs and how far it is, what failed and why; drawn again when a job changes.</summary>
public sealed partial class JobsPage
{
    private const int Newest = 500;
    private Actor? _actor;
    private IReadOnlyList<Job>? _jobs;
    private IReadOnlyDictionary<Guid, string> _names = new Dictionary<Guid, string>();
    private IReadOnlyList<DataColumn<Job>> _columns = [];
    private string? _message;
    private bool _failed;

    /// <summary>The chosen job.</summary>
    [SupplyParameterFromQuery(Name = "job")] private string? JobId { get; set; }

    private Job? Chosen => Guid.TryParse(JobId, out var id) ? _jobs?.FirstOrDefault(job => job.Id == id) : null;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _actor = await ActorAsync();
        _columns =
        [
            new("title", Texts.T("jobs.title"), job => job.Title) { SortBy = job => job.Title, Cell = LinkCell },
            new("kind", Texts.T("jobs.kind"), JobWords.KindOf) { SortBy = JobWords.KindOf, Filter = ColumnFilterKind.Choice, WideOnly = true },
            new("state", Texts.T("jobs.state"), JobWords.StateOf) { SortBy = job => job.State, Filter = ColumnFilterKind.Choice, PhoneOrder = 3, Cell = job => builder => Cells.Badge(builder, JobWords.ToneOf(job), JobWords.StateOf(job)) },
            new("progress", Texts.T("jobs.progress"), job => job.EndedAt is null ? $"{Formats.Percent(job.Progress, 0)} {JobWords.PhaseOf(job)}" : Formats.Unknown) { PhoneOrder = 1 },
            new("by", Texts.T("jobs.by"), NameOf) { SortBy = NameOf, WideOnly = true },
            new("created", Texts.T("jobs.created"), job => Formats.Time(job.CreatedAt, Zone)) { SortBy = job => job.CreatedAt, NoWrap = true, PhoneOrder = 2 },
        ];
        await ReadAsync();
    }

    /// <inheritdoc/>
    protected override Task OnAfterRenderAsync(bool firstRender) => firstRender ? WatchAsync(Desk.ChangedAsync, LookAsync) : Task.CompletedTask;

    private async Task<bool> LookAsync()
    {
        if (await ReadAsync()) StateHasChanged();
        return true;
    }

    private async Task<bool> ReadAsync()
    {
        var jobs = (await Desk.ListAsync(new JobQuery(), 1, Newest, _actor!, Leaving)).Items;
        // Leases are renewed all the time; nobody looks at that.
        if (_jobs is not null && jobs.Select(Shown).SequenceEqual(_jobs.Select(Shown))) return false;
        _names = Names.Of(jobs.Select(job => job.CreatedBy));
        _jobs = jobs;
        return true;
    }

    private async Task CancelAsync(Job job)
    {
        var outcome = await Desk.CancelAsync(job.Id, _actor!, Leaving);
        _failed = !outcome.Succeeded;
        _message = _failed ? Words.Of(outcome.Problems) : Texts.T(outcome.Value.State == JobState.Cancelled ? "jobs.cancelled" : "jobs.asked", job.Title);
        await ReadAsync();
    }

    private int CountOf(JobState state) => _jobs!.Count(job => job.State == state);

    private string NameOf(Job job) => _names.GetValueOrDefault(job.CreatedBy, "");

    private static Job Shown(Job job) => job with { LeaseUntil = null };

    private static RenderFragment LinkCell(Job job) => builder => Cells.Link(builder, $"/jobs?job={job.Id}", job.Title);
}

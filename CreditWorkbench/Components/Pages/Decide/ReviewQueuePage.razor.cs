using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Review;
using CreditWorkbench.Web.Components.Controls;
using CreditWorkbench.Web.Components.Pages.Decide.Cases;
using CreditWorkbench.Web.Resources;
using Microsoft.AspNetCore.Components;

namespace CreditWorkbench.Web.Components.Pages.Decide;

/// <summary>Cases that need a person, most urgent first: read page by page, kept up to date while others work. Filter, search, order and page
/// stand in the address.</summary>
public sealed partial class ReviewQueuePage
{
    private static readonly string[] Filters = ["all", "mine", "free", "second", "objections", "late", "decided"];
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(300);
    private readonly QueueCells _cells;
    private Actor? _actor;
    private QueueCounts? _counts;
    private DataTable<QueueRow>? _table;
    private IReadOnlyList<DataColumn<QueueRow>> _columns = [];
    private IReadOnlyList<(string Id, string Title)> _scorecards = [];
    private IReadOnlyList<SavedView> _views = [];
    private IReadOnlyList<Problem> _problems = [];
    private IDisposable? _ear;
    private string? _told;
    private string _shown = "all";
    private string? _shownCard;
    private int _pending;
    private bool _busy;
    private bool _gone;

    /// <summary>Makes the page.</summary>
    public ReviewQueuePage() => _cells = new QueueCells(this, ClaimAsync, () => Clock.Now, () => _actor!, () => _busy);

    [SupplyParameterFromQuery] private string? Filter { get; set; }

    [SupplyParameterFromQuery] private string? Card { get; set; }

    [SupplyParameterFromQuery] private string? Q { get; set; }

    [SupplyParameterFromQuery] private string? Sort { get; set; }

    [SupplyParameterFromQuery] private bool Desc { get; set; }

    [SupplyParameterFromQuery] private int? Page { get; set; }

    private string CurrentFilter => Filters.Contains(Filter) ? Filter! : "all";

    private TableState TableHeld => new(Q ?? "", Sort, Desc, Page ?? 1);

    private string QueryNow => new Uri(Navigation.Uri).Query.TrimStart('?');

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        var actor = await ActorAsync();
        var definitions = await Scorecards.ListAsync(Leaving);
        _scorecards = [.. definitions.Select(card => (card.Id, Words.Of(card.Title)))];
        _columns = _cells.Columns(definitions.ToDictionary(card => card.Id));
        var views = await Queue.ViewsAsync(actor, Leaving);
        _views = views.Succeeded ? views.Value : [];
        _actor = actor;
        await CountAsync();
        if (RendererInfo.IsInteractive) _ear = Feed.Listen(Hear);
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        // Chips narrow what the source reads without touching the table's own state.
        if (_actor is null || (_shown == CurrentFilter && _shownCard == Card)) return;
        var counted = _shownCard == Card;
        (_shown, _shownCard) = (CurrentFilter, Card);
        if (!counted) await CountAsync();
        if (_table is not null) await _table.RefreshAsync();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _gone = true;
        if (disposing) _ear?.Dispose();
        base.Dispose(disposing);
    }

    private async Task<TablePage<QueueRow>> ReadAsync(TableQuery asked, CancellationToken cancellationToken)
    {
        var query = new QueueQuery(FilterOf(CurrentFilter), _actor!.Id, Clock.Now)
        {
            ScorecardId = Card is { Length: > 0 } ? Card : null,
            Search = asked.State.Search,
            Sort = QueueCells.SortOf(asked.State.Sort),
            Descending = asked.State.Descending,
            Page = asked.Skip / Math.Max(1, asked.Take) + 1,
            PageSize = Math.Min(asked.Take, QueueQuery.MostRows),
        };
        return (await Queue.PageAsync(query, _actor, cancellationToken)).TryGet(out var page, out var problems)
            ? new TablePage<QueueRow>(page.Items, page.Total)
            : Refused(problems);
    }

    private TablePage<QueueRow> Refused(IReadOnlyList<Problem> problems)
    {
        _problems = problems;
        return new TablePage<QueueRow>([], 0);
    }

    private async Task CountAsync() => _counts = (await Queue.CountAsync(Card is { Length: > 0 } ? Card : null, _actor!, Leaving)).TryGet(out var counts, out _problems!) ? counts : null;

    private void Hear(CaseChange change) => _ = InvokeAsync(HeardAsync);

    // Many changes at once become one reading.
    private async Task HeardAsync()
    {
        if (_gone || ++_pending > 1) return;
        await Task.Delay(Gathering, Leaving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        _pending = 0;
        if (_gone || _busy) return;
        await CountAsync();
        if (_table is not null) await _table.RefreshAsync();
        _told = Texts.T("queue.told", Formats.Time(Clock.Now, Zone));
        StateHasChanged();
    }

    private void Hold(TableState state) => GoTo(CurrentFilter, Card, state);

    private void GoTo(string filter, string? card, TableState state) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(new Dictionary<string, object?>
    {
        ["filter"] = filter == "all" ? null : filter,
        ["card"] = card is { Length: > 0 } ? card : null,
        ["q"] = state.Search.Length > 0 ? state.Search : null,
        ["sort"] = state.Sort,
        ["desc"] = state.Descending ? true : null,
        ["page"] = state.Page > 1 ? state.Page : null,
    }), replace: true);

    private async Task ClaimNextAsync()
    {
        if (_busy) return;
        var next = await Queue.PageAsync(new QueueQuery(QueueFilter.Free, _actor!.Id, Clock.Now) { PageSize = 1, ScorecardId = Card is { Length: > 0 } ? Card : null }, _actor, Leaving);
        if (next.Succeeded && next.Value.Items is [var row, ..]) await ClaimAsync(row);
    }

    private async Task ClaimAsync(QueueRow row)
    {
        if (_busy) return;
        _busy = true;
        var outcome = await Desk.ClaimAsync(row.Case.Id, _actor!, Leaving);
        if (outcome.Succeeded)
        {
            Navigation.NavigateTo($"/applications/{row.Case.ApplicationId}/review");
            return;
        }
        await CountAsync();
        (_problems, _busy) = (outcome.Problems, false);
        if (_table is not null) await _table.RefreshAsync();
    }

    private async Task SaveViewAsync(string name)
    {
        var saved = await Queue.SaveViewAsync(name, QueryNow, _actor!, Leaving);
        _problems = saved.Problems;
        if (saved.Succeeded) await ReadViewsAsync();
    }

    private async Task DropViewAsync(Guid id)
    {
        _problems = (await Queue.DropViewAsync(id, _actor!, Leaving)).Problems;
        await ReadViewsAsync();
    }

    private async Task ReadViewsAsync() => _views = (await Queue.ViewsAsync(_actor!, Leaving)) is { Succeeded: true } views ? views.Value : _views;

    private static QueueFilter FilterOf(string name) => name switch
    {
        "mine" => QueueFilter.Mine,
        "free" => QueueFilter.Free,
        "second" => QueueFilter.Second,
        "objections" => QueueFilter.Objections,
        "late" => QueueFilter.Late,
        "decided" => QueueFilter.Decided,
        _ => QueueFilter.Open,
    };

    private static string Number(int? count) => count is { } known ? Formats.Integer(known) : Formats.Unknown;
}

using CreditWorkbench.Web.Resources;
using Microsoft.AspNetCore.Components;

namespace CreditWorkbench.Web.Components.Controls;

/// <summary>A semantic table: search, filters, order by one or two columns, pages, choice of columns, export of all rows, two-line rows on a phone.</summary>
/// <remarks>
/// Rows come either all at once (<see cref="Items"/>: searched, filtered and ordered here) or page by page (<see cref="Source"/>: asked with a <see cref="TableQuery"/>;
/// a column can then be sorted when its <c>SortBy</c> is set, whatever it returns). <c>Filter</c> of a column gives it a place under "Filter".
/// The browser remembers columns, order, rows per page and filters per person and <see cref="Id"/>, so an id is unique in the workbench; what stands in the address wins.
/// In the table, arrow keys and J and K move between rows, Home and End jump, Enter opens the row's first link, Space ticks its first box.
/// </remarks>
public sealed partial class DataTable<TItem> : IDisposable
{
    private TableState _own = new();
    private IReadOnlyList<TItem> _rows = [];
    private IReadOnlyList<TItem> _page = [];
    private IReadOnlyList<string>? _hidden;
    private int _total = -1;
    private TextFile? _file;
    private readonly HashSet<string> _typed = new(StringComparer.Ordinal);
    private string _given = "";
    private int _field;

    /// <summary>Id of the table; also the name of its file.</summary>
    [Parameter, EditorRequired] public string Id { get; set; } = "";

    /// <summary>What the table holds, as a phrase.</summary>
    [Parameter, EditorRequired] public string Caption { get; set; } = "";

    /// <summary>Columns: identity, measure, verdict, action.</summary>
    [Parameter, EditorRequired] public IReadOnlyList<DataColumn<TItem>> Columns { get; set; } = [];

    /// <summary>What makes a row the same row after a refresh.</summary>
    [Parameter, EditorRequired] public Func<TItem, object> RowKey { get; set; } = null!;

    /// <summary>All rows, already filtered by what stands in <see cref="Filters"/>; left out with a <see cref="Source"/>.</summary>
    [Parameter] public IReadOnlyList<TItem> Items { get; set; } = [];

    /// <summary>Reads one page from a store; null when all rows are in <see cref="Items"/>.</summary>
    [Parameter] public Func<TableQuery, CancellationToken, Task<TablePage<TItem>>>? Source { get; set; }

    /// <summary>Search, order and page when the page keeps them in the address; null lets the table keep them.</summary>
    [Parameter] public TableState? Held { get; set; }

    /// <summary>Raised when the reader searches, filters, orders or turns the page.</summary>
    [Parameter] public EventCallback<TableState> HeldChanged { get; set; }

    /// <summary>Rows per page, until the reader chooses another count.</summary>
    [Parameter] public int PageSize { get; set; } = 25;

    /// <summary>Whether search, filters, columns, export and the count are shown.</summary>
    [Parameter] public bool ShowTools { get; set; } = true;

    /// <summary>What the search box suggests.</summary>
    [Parameter] public string? SearchHint { get; set; }

    /// <summary>Chips that the page filters by.</summary>
    [Parameter] public RenderFragment? Filters { get; set; }

    /// <summary>What stands here when there is nothing at all.</summary>
    [Parameter] public RenderFragment? Empty { get; set; }

    /// <summary>Whether a row is the chosen one.</summary>
    [Parameter] public Func<TItem, bool>? Selected { get; set; }

    /// <summary>Extra words for the exported file: time, filter, data hash.</summary>
    [Parameter] public string? Origin { get; set; }

    // A page that keeps search, order and page number in its address leaves the rest to the table.
    private TableState State => Held is null ? _own : Held with
    {
        Filters = Held.Filters.Count > 0 ? Held.Filters : _own.Filters,
        PageSize = Held.PageSize > 0 ? Held.PageSize : _own.PageSize,
        Then = Held.Then ?? (Held.Sort == _own.Sort ? _own.Then : null),
        ThenDescending = Held.Then is null ? _own.ThenDescending : Held.ThenDescending,
    };

    private int PageSizeNow => State.PageSize > 0 ? State.PageSize : PageSize;

    private int PageNow => TableView.Clamp(State.Page, _total, PageSizeNow);

    // Nothing to search, to filter or to save: only the words that say why.
    private bool IsBare => _total == 0 && Filters is null && Items.Count == 0 && !IsNarrowed;

    private bool IsNarrowed => State.Search.Length > 0 || State.Filters.Count > 0;

    private IReadOnlyList<string> HiddenKeys => _hidden ?? [.. Columns.Where(column => column.HiddenAtFirst).Select(column => column.Key)];

    private IEnumerable<DataColumn<TItem>> Shown => Columns.Where(column => !HiddenKeys.Contains(column.Key));

    private IEnumerable<(DataColumn<TItem> Column, ColumnFilter Filter)> Filtered =>
        Columns.Where(column => State.Filters.ContainsKey(column.Key)).Select(column => (column, State.Filters[column.Key]));

    private TableMemory Memory => new(_hidden, State.Sort, State.Descending, State.PageSize, State.Filters);

    /// <inheritdoc/>
    protected override Task OnParametersSetAsync()
    {
        if (State.Search != _given && !_typed.Contains(State.Search)) Give(State.Search);
        if (Source is not null) return _total < 0 || Held is not null && State != _asked ? LoadAsync(wait: false) : Task.CompletedTask;
        Arrange();
        return Task.CompletedTask;
    }

    // What is typed is never written back into the field, for an answer would overtake what is typed meanwhile; another search gets another field.
    private void Give(string search)
    {
        _typed.Clear();
        (_given, _field) = (search, _field + 1);
    }

    private void Arrange()
    {
        _rows = TableView.Rows(Items, Columns, State);
        _total = _rows.Count;
        _page = TableView.Page(_rows, State, PageSizeNow);
    }

    private Task ChangeAsync(TableState state)
    {
        if (state.Search != State.Search) Give(state.Search);
        return ApplyAsync(state);
    }

    private async Task ApplyAsync(TableState state)
    {
        _file = null;
        _own = state;
        if (Source is null)
        {
            _rows = TableView.Rows(Items, Columns, state);
            (_total, _page) = (_rows.Count, TableView.Page(_rows, state, PageSizeNow));
        }
        await HeldChanged.InvokeAsync(state);
        if (Source is not null && Held is null) await LoadAsync(wait: false);
    }

    private Task SortAsync(string? choice)
    {
        var words = (choice ?? "").Split(' ');
        var column = Columns.FirstOrDefault(each => each.Key == words[0] && each.SortBy is not null);
        return ChangeAsync(State with { Sort = column?.Key, Descending = column is not null && words.Length > 1, Then = null, Page = 1 });
    }

    private void HideAsync(IReadOnlyList<string> hidden) => _hidden = hidden;

    private async Task RecallAsync(ChangeEventArgs kept)
    {
        if (TableMemory.Read(kept.Value as string, Columns) is not { } memory) return;
        _hidden = memory.Hidden;
        var state = State with { PageSize = memory.PageSize };
        // What somebody follows a link to is not to be bent by what this browser remembers.
        if (State.Sort is null && !IsNarrowed && State.Page == 1) state = state with { Sort = memory.Sort, Descending = memory.Descending, Filters = memory.Filters! };
        await ChangeAsync(state);
    }
}

using CreditWorkbench.Web.Resources;
using Microsoft.AspNetCore.Components;

namespace CreditWorkbench.Web.Components.Controls;

/// <summary>A semantic table: search, order, pages, export of all rows, two-line rows on a phone.</summary>
public sealed partial class DataTable<TItem>
{
    private TableState _own = new();
    private IReadOnlyList<TItem> _rows = [];
    private TextFile? _file;

    /// <summary>Id of the table; also the name of its file.</summary>
    [Parameter, EditorRequired] public string Id { get; set; } = "";

    /// <summary>What the table holds, as a phrase.</summary>
    [Parameter, EditorRequired] public string Caption { get; set; } = "";

    /// <summary>Rows, already filtered by what stands in <see cref="Filters"/>.</summary>
    [Parameter, EditorRequired] public IReadOnlyList<TItem> Items { get; set; } = [];

    /// <summary>Columns: identity, measure, verdict, action.</summary>
    [Parameter, EditorRequired] public IReadOnlyList<DataColumn<TItem>> Columns { get; set; } = [];

    /// <summary>What makes a row the same row after a refresh.</summary>
    [Parameter, EditorRequired] public Func<TItem, object> RowKey { get; set; } = null!;

    /// <summary>Search, order and page when the page keeps them in the address; null lets the table keep them.</summary>
    [Parameter] public TableState? Held { get; set; }

    /// <summary>Raised when the reader searches, orders or turns the page.</summary>
    [Parameter] public EventCallback<TableState> HeldChanged { get; set; }

    /// <summary>Rows per page.</summary>
    [Parameter] public int PageSize { get; set; } = 25;

    /// <summary>Whether search, export and the count are shown.</summary>
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

    private TableState State => Held ?? _own;

    private int PageNow => TableView.Clamp(State.Page, _rows.Count, PageSize);

    private int First => (PageNow - 1) * PageSize + 1;

    private int Last => Math.Min(PageNow * PageSize, _rows.Count);

    /// <inheritdoc/>
    protected override void OnParametersSet() => _rows = TableView.Rows(Items, Columns, State);

    private static string? CellClass(DataColumn<TItem> column) =>
        string.Join(' ', new[] { column.Numeric ? "numeric" : null, column.NoWrap ? "nowrap" : null, column.WideOnly ? "wide-only" : null, column.FullRow ? "full-row" : null }.OfType<string>())
            is { Length: > 0 } classes ? classes : null;

    private string? SortWord(DataColumn<TItem> column) =>
        column.SortBy is null ? null : State.Sort != column.Key ? "none" : State.Descending ? "descending" : "ascending";

    private Task SortAsync(DataColumn<TItem> column) =>
        ChangeAsync(State with { Sort = column.Key, Descending = State.Sort == column.Key && !State.Descending, Page = 1 });

    private async Task ChangeAsync(TableState state)
    {
        _file = null;
        _own = state;
        _rows = TableView.Rows(Items, Columns, state);
        await HeldChanged.InvokeAsync(state);
    }

    private void Export()
    {
        var words = State.Search.Length == 0 ? Texts.T("table.all") : Texts.T("table.filtered", State.Search);
        _file = TextFile.Csv(Id, TableView.ToCsv(_rows, Columns, string.Join("; ", new[] { Caption, words, Origin }.OfType<string>())));
    }
}

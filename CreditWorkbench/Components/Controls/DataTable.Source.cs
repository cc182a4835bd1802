using CreditWorkbench.Web.Resources;

namespace CreditWorkbench.Web.Components.Controls;

/// <summary>Rows that come from a store page by page, and the export, which reads all of them.</summary>
public sealed partial class DataTable<TItem>
{
    private const int MostExported = 50_000;
    private const int ExportStep = 1_000;
    private static readonly TimeSpan Typing = TimeSpan.FromMilliseconds(200);
    private readonly CancellationTokenSource _leaving = new();
    private CancellationTokenSource? _reading;
    private TableState? _asked;
    private bool _loading;
    private bool _exporting;

    /// <summary>Reads the page again: after a deed that changed what the store holds. Only with a <see cref="Source"/>.</summary>
    public Task RefreshAsync() => LoadAsync(wait: false);

    /// <inheritdoc/>
    public void Dispose()
    {
        _reading?.Cancel();
        _reading?.Dispose();
        _leaving.Cancel();
        _leaving.Dispose();
    }

    private async Task SearchAsync(string words)
    {
        _typed.Add(words.Length <= 200 ? words : words[..200]);
        var state = State with { Search = words.Length <= 200 ? words : words[..200], Page = 1 };
        if (Source is null || Held is not null)
        {
            await ApplyAsync(state);
            return;
        }
        (_file, _own) = (null, state);
        await HeldChanged.InvokeAsync(state);
        await LoadAsync(wait: true);
    }

    // A later question overtakes an earlier one: the answer that arrives is the one that was asked for last.
    private async Task LoadAsync(bool wait)
    {
        if (_reading is not null) await _reading.CancelAsync();
        _reading?.Dispose();
        var mine = _reading = CancellationTokenSource.CreateLinkedTokenSource(_leaving.Token);
        var token = mine.Token;
        (_asked, _loading) = (State, true);
        try
        {
            if (wait) await Task.Delay(Typing, token);
            var (state, size) = (State, PageSizeNow);
            var page = await Source!(new TableQuery(state, (Math.Max(1, state.Page) - 1) * size, size), token);
            if (token.IsCancellationRequested) return;
            if (page.Items.Count == 0 && page.Total > 0) page = await Source(new TableQuery(state, (TableView.Pages(page.Total, size) - 1) * size, size), token);
            (_page, _total, _loading) = (page.Items, page.Total, false);
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            return;
        }
        StateHasChanged();
    }

    private async Task ExportAsync()
    {
        _exporting = true;
        var rows = Source is null ? _rows : await ReadAllAsync();
        var whole = rows.Count < _total ? Texts.T("table.cut", Formats.Integer(rows.Count), Formats.Integer(_total)) : null;
        _file = TextFile.Csv(Id, TableView.ToCsv(rows, Columns, string.Join("; ", new[] { Caption, Narrowing(), whole, Origin }.OfType<string>())));
        _exporting = false;
    }

    private async Task<IReadOnlyList<TItem>> ReadAllAsync()
    {
        var rows = new List<TItem>();
        while (rows.Count < MostExported)
        {
            var page = await Source!(new TableQuery(State, rows.Count, ExportStep), _leaving.Token);
            rows.AddRange(page.Items);
            if (page.Items.Count == 0 || rows.Count >= page.Total) break;
        }
        return rows;
    }
}

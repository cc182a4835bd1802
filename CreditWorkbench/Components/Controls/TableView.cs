namespace CreditWorkbench.Web.Components.Controls;

/// <summary>Search, order and paging of a table's rows: pure, so that the screen and the export agree.</summary>
public static class TableView
{
    /// <summary>All rows that contain every word of the search, in the state's order; ties keep the given order.</summary>
    public static IReadOnlyList<TItem> Rows<TItem>(IReadOnlyList<TItem> items, IReadOnlyList<DataColumn<TItem>> columns, TableState state)
    {
        var words = state.Search.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var kept = words.Length == 0 ? items : [.. items.Where(item => Array.TrueForAll(words, word => columns.Any(column => Contains(column.Text(item), word))))];
        return columns.FirstOrDefault(c => c.Key == state.Sort)?.SortBy is not { } key ? kept
            : state.Descending ? [.. kept.OrderByDescending(key)]
            : [.. kept.OrderBy(key)];
    }

    /// <summary>The rows of the state's page.</summary>
    public static IReadOnlyList<TItem> Page<TItem>(IReadOnlyList<TItem> rows, TableState state, int pageSize) =>
        [.. rows.Skip((Clamp(state.Page, rows.Count, pageSize) - 1) * pageSize).Take(pageSize)];

    /// <summary>How many pages there are, at least one.</summary>
    public static int Pages(int rows, int pageSize) => Math.Max(1, (rows + pageSize - 1) / pageSize);

    /// <summary>A page that exists.</summary>
    public static int Clamp(int page, int rows, int pageSize) => Math.Clamp(page, 1, Pages(rows, pageSize));

    /// <summary>The table as CSV: what is searched for, all pages, with headers and a line that names the origin.</summary>
    public static string ToCsv<TItem>(IReadOnlyList<TItem> rows, IReadOnlyList<DataColumn<TItem>> columns, string origin)
    {
        var written = columns.Where(c => !c.NotExported).ToList();
        return Csv.Write([.. written.Select(c => c.Title)], rows.Select(row => (IReadOnlyList<string>)[.. written.Select(c => c.Text(row))]), origin);
    }

    private static bool Contains(string text, string word) => text.Contains(word, StringComparison.CurrentCultureIgnoreCase);
}

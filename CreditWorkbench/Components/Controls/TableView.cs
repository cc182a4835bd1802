using System.Globalization;

namespace CreditWorkbench.Web.Components.Controls;

/// <summary>Search, filters, order and paging of a table's rows: pure, so that the screen and the export agree.</summary>
public static class TableView
{
    /// <summary>Most values that a filter by choice lists.</summary>
    public const int MostChoices = 60;

    /// <summary>All rows that contain every word of the search and pass every filter, in the state's order; ties keep the given order.</summary>
    public static IReadOnlyList<TItem> Rows<TItem>(IReadOnlyList<TItem> items, IReadOnlyList<DataColumn<TItem>> columns, TableState state)
    {
        var words = state.Search.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var filters = columns.Where(column => state.Filters.ContainsKey(column.Key)).Select(column => (Column: column, Filter: state.Filters[column.Key])).ToList();
        var kept = words.Length == 0 && filters.Count == 0 ? items
            : [.. items.Where(item => filters.TrueForAll(each => Passes(item, each.Column, each.Filter))
                && Array.TrueForAll(words, word => columns.Any(column => Contains(column.Text(item), word))))];
        return Ordered(kept, Key(columns, state.Sort), state.Descending, Key(columns, state.Then), state.ThenDescending);
    }

    /// <summary>The rows of the state's page.</summary>
    public static IReadOnlyList<TItem> Page<TItem>(IReadOnlyList<TItem> rows, TableState state, int pageSize) =>
        [.. rows.Skip((Clamp(state.Page, rows.Count, pageSize) - 1) * pageSize).Take(pageSize)];

    /// <summary>How many pages there are, at least one.</summary>
    public static int Pages(int rows, int pageSize) => Math.Max(1, (rows + pageSize - 1) / pageSize);

    /// <summary>A page that exists.</summary>
    public static int Clamp(int page, int rows, int pageSize) => Math.Clamp(page, 1, Pages(rows, pageSize));

    /// <summary>What a filter by choice offers: the column's own choices, else the values that the rows hold, in order.</summary>
    public static IReadOnlyList<(string Value, string Label)> Choices<TItem>(IReadOnlyList<TItem> items, DataColumn<TItem> column) =>
        column.Choices ?? [.. items.Select(column.FilterTextOf).Where(text => text.Length > 0).Distinct(StringComparer.Ordinal)
            .Order(StringComparer.CurrentCulture).Take(MostChoices).Select(text => (text, text))];

    /// <summary>The table as CSV: what is searched for and filtered, all pages, with headers and a line that names the origin.</summary>
    public static string ToCsv<TItem>(IReadOnlyList<TItem> rows, IReadOnlyList<DataColumn<TItem>> columns, string origin)
    {
        var written = columns.Where(c => !c.NotExported).ToList();
        return Csv.Write([.. written.Select(c => c.Title)], rows.Select(row => (IReadOnlyList<string>)[.. written.Select(c => c.Text(row))]), origin);
    }

    private static IReadOnlyList<TItem> Ordered<TItem>(IReadOnlyList<TItem> rows, Func<TItem, IComparable?>? key, bool descending, Func<TItem, IComparable?>? then, bool thenDescending)
    {
        if (key is null) return rows;
        var ordered = descending ? rows.OrderByDescending(key) : rows.OrderBy(key);
        if (then is not null) ordered = thenDescending ? ordered.ThenByDescending(then) : ordered.ThenBy(then);
        return [.. ordered];
    }

    private static Func<TItem, IComparable?>? Key<TItem>(IReadOnlyList<DataColumn<TItem>> columns, string? key) =>
        key is null ? null : columns.FirstOrDefault(column => column.Key == key)?.SortBy;

    private static bool Passes<TItem>(TItem item, DataColumn<TItem> column, ColumnFilter filter) => column.Filter switch
    {
        ColumnFilterKind.Choice => filter.Admits(column.FilterTextOf(item)),
        ColumnFilterKind.Range => filter.Admits(Number(column.SortBy?.Invoke(item))),
        _ => true,
    };

    private static double? Number(IComparable? value) =>
        value is IConvertible and not string and not DateTime ? Convert.ToDouble(value, CultureInfo.InvariantCulture) : null;

    private static bool Contains(string text, string word) => text.Contains(word, StringComparison.CurrentCultureIgnoreCase);
}

using System.Text.Json;

namespace CreditWorkbench.Web.Components.Controls;

/// <summary>What a browser remembers of a table for one person: hidden columns, order, rows per page, filters. Search words are not kept.</summary>
/// <param name="Hidden">Keys of columns that are not shown; null for the table's own choice.</param>
/// <param name="Sort">Key of the column that orders the rows.</param>
/// <param name="Descending">Largest first.</param>
/// <param name="PageSize">Rows per page; 0 for the table's own.</param>
/// <param name="Filters">Filters by key of the column.</param>
public sealed record TableMemory(IReadOnlyList<string>? Hidden, string? Sort, bool Descending, int PageSize, IReadOnlyDictionary<string, ColumnFilter>? Filters)
{
    private const int MostCharacters = 8_000;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Rows per page that a reader can choose.</summary>
    public static IReadOnlyList<int> PageSizes { get; } = [10, 25, 50, 100];

    /// <summary>As it is kept; empty when nothing differs from the table's own choice.</summary>
    public string Write() =>
        Hidden is null && Sort is null && PageSize == 0 && Filters is not { Count: > 0 } ? "" : JsonSerializer.Serialize(this, Json);

    /// <summary>Reads what a browser kept. What does not fit the table (a column that has gone, a nonsense page size) is left out; null when nothing can be read.</summary>
    public static TableMemory? Read<TItem>(string? text, IReadOnlyList<DataColumn<TItem>> columns)
    {
        if (text is not { Length: > 0 and <= MostCharacters }) return null;
        try
        {
            return JsonSerializer.Deserialize<TableMemory>(text, Json)?.Fitting(columns);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private TableMemory Fitting<TItem>(IReadOnlyList<DataColumn<TItem>> columns) => new(
        Hidden is null ? null : [.. columns.Skip(1).Select(column => column.Key).Where(key => Hidden.Contains(key, StringComparer.Ordinal))],
        columns.Any(column => column.Key == Sort && column.SortBy is not null) ? Sort : null,
        Descending,
        PageSizes.Contains(PageSize) ? PageSize : 0,
        (Filters ?? new Dictionary<string, ColumnFilter>())
            .Where(filter => filter.Value is { Values: not null } && columns.Any(column => column.Key == filter.Key && column.Filter != ColumnFilterKind.None))
            .ToDictionary(filter => filter.Key, filter => filter.Value));
}

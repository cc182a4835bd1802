using CreditWorkbench.Web.Resources;

namespace CreditWorkbench.Web.Components.Controls;

/// <summary>How the table words its order and its filters.</summary>
public sealed partial class DataTable<TItem>
{
    private string SortValue => State.Sort is null ? "" : State.Descending ? State.Sort + " down" : State.Sort;

    private static string? CellClass(DataColumn<TItem> column) =>
        string.Join(' ', new[] { column.Numeric ? "numeric" : null, column.NoWrap ? "nowrap" : null, column.WideOnly ? "wide-only" : null, column.FullRow ? "full-row" : null }.OfType<string>())
            is { Length: > 0 } classes ? classes : null;

    private string? SortWord(DataColumn<TItem> column) =>
        column.SortBy is null ? null : State.Sort != column.Key ? "none" : State.Descending ? "descending" : "ascending";

    private string? SortIcon(DataColumn<TItem> column) =>
        State.Sort == column.Key ? State.Descending ? "down" : "up" : State.Then == column.Key ? State.ThenDescending ? "down" : "up" : null;

    private static string FilterWords(DataColumn<TItem> column, ColumnFilter filter) => (filter.From, filter.To) switch
    {
        ({ } from, { } to) => Texts.T("table.between", column.Title, Formats.Plain(from), Formats.Plain(to)),
        ({ } from, null) => Texts.T("table.atLeast", column.Title, Formats.Plain(from)),
        (null, { } to) => Texts.T("table.atMost", column.Title, Formats.Plain(to)),
        _ => Texts.T("table.oneOf", column.Title, string.Join(", ", filter.Values.Select(value => Label(column, value)))),
    };

    private static string Label(DataColumn<TItem> column, string value) =>
        column.Choices?.FirstOrDefault(choice => choice.Value == value).Label ?? value;

    private string Narrowing() => string.Join("; ", new[] { State.Search.Length == 0 ? null : Texts.T("table.filtered", State.Search) }
        .Concat(Filtered.Select(each => FilterWords(each.Column, each.Filter))).OfType<string>().DefaultIfEmpty(Texts.T("table.all")));
}

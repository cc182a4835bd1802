namespace CreditWorkbench.Web.Components.Controls;

/// <summary>What a table asks its source for: search words, filters and order of the state, and one page of rows.</summary>
/// <param name="State">Search, filters and order.</param>
/// <param name="Skip">Rows before the page.</param>
/// <param name="Take">Rows of the page.</param>
public sealed record TableQuery(TableState State, int Skip, int Take)
{
    /// <summary>The chosen values of a column; empty for all.</summary>
    public IReadOnlyList<string> Chosen(string column) => State.Filters.TryGetValue(column, out var filter) ? filter.Values : [];
}

/// <summary>One page of what a source holds.</summary>
/// <param name="Items">Rows of the page.</param>
/// <param name="Total">Rows that match, on all pages.</param>
public sealed record TablePage<TItem>(IReadOnlyList<TItem> Items, int Total);

using System.Collections.Frozen;

namespace CreditWorkbench.Web.Components.Controls;

/// <summary>What a reader has done to a table; belongs into the address.</summary>
/// <param name="Search">Words that every shown row contains; empty for all.</param>
/// <param name="Sort">Key of the column that orders the rows; null for the given order.</param>
/// <param name="Descending">Largest first.</param>
/// <param name="Page">Page, from 1.</param>
public sealed record TableState(string Search = "", string? Sort = null, bool Descending = false, int Page = 1)
{
    private static readonly FrozenDictionary<string, ColumnFilter> Unfiltered = FrozenDictionary<string, ColumnFilter>.Empty;

    /// <summary>Key of the column that orders rows which the first leaves equal; null for none.</summary>
    public string? Then { get; init; }

    /// <summary>Largest first, in the second order.</summary>
    public bool ThenDescending { get; init; }

    /// <summary>Rows per page; 0 for the table's own.</summary>
    public int PageSize { get; init; }

    /// <summary>Filters by key of the column.</summary>
    public IReadOnlyDictionary<string, ColumnFilter> Filters { get; init; } = Unfiltered;

    /// <summary>The same with another filter on a column; an empty one takes it away. Goes back to the first page.</summary>
    public TableState With(string column, ColumnFilter filter)
    {
        var filters = new Dictionary<string, ColumnFilter>(Filters);
        if (filter.IsEmpty) filters.Remove(column);
        else filters[column] = filter;
        return this with { Filters = filters.Count == 0 ? Unfiltered : filters, Page = 1 };
    }

    /// <summary>The same ordered by a column: first up, then down; as the second order when asked for.</summary>
    public TableState SortedBy(string column, bool asSecond) =>
        asSecond && Sort is not null && Sort != column
            ? this with { Then = column, ThenDescending = Then == column && !ThenDescending, Page = 1 }
            : this with { Sort = column, Descending = Sort == column && !Descending, Then = null, ThenDescending = false, Page = 1 };

    /// <summary>Everything is shown again, in the same order.</summary>
    public TableState Cleared() => this with { Search = "", Filters = Unfiltered, Page = 1 };
}

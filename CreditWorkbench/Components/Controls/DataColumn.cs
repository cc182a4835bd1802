using Microsoft.AspNetCore.Components;

namespace CreditWorkbench.Web.Components.Controls;

/// <summary>One column of a table.</summary>
/// <param name="Key">Stands in the address when the table is sorted by it; also what a remembered table knows it by.</param>
/// <param name="Title">Header, with the unit.</param>
/// <param name="Text">The cell as text: shown when there is no <see cref="Cell"/>, searched and exported always.</param>
public sealed record DataColumn<TItem>(string Key, string Title, Func<TItem, string> Text)
{
    /// <summary>What the rows are ordered by; null when the column cannot be sorted. A table with a source orders by the key alone.</summary>
    public Func<TItem, IComparable?>? SortBy { get; init; }

    /// <summary>How readers filter by this column.</summary>
    public ColumnFilterKind Filter { get; init; }

    /// <summary>What a filter by choice compares and lists; null for <see cref="Text"/>.</summary>
    public Func<TItem, string>? FilterText { get; init; }

    /// <summary>What a filter by choice offers, as value and label; null lists what the rows hold. A table with a source needs them.</summary>
    public IReadOnlyList<(string Value, string Label)>? Choices { get; init; }

    /// <summary>Right-aligned figures.</summary>
    public bool Numeric { get; init; }

    /// <summary>The cell as markup; null shows the text.</summary>
    public RenderFragment<TItem>? Cell { get; init; }

    /// <summary>The header is read out but not shown (columns of buttons).</summary>
    public bool HiddenTitle { get; init; }

    /// <summary>Left out on a phone, where a row has two lines.</summary>
    public bool WideOnly { get; init; }

    /// <summary>Takes a line of its own on a phone.</summary>
    public bool FullRow { get; init; }

    /// <summary>Stays on one line.</summary>
    public bool NoWrap { get; init; }

    /// <summary>Place in the two lines of a phone's row, from 0: identity, measure, reason, badge.</summary>
    public int PhoneOrder { get; init; }

    /// <summary>Left out of exports (columns of buttons).</summary>
    public bool NotExported { get; init; }

    /// <summary>Not shown until the reader asks for it under "Columns".</summary>
    public bool HiddenAtFirst { get; init; }

    /// <summary>What a filter by choice compares.</summary>
    public string FilterTextOf(TItem item) => (FilterText ?? Text)(item);
}

using Microsoft.AspNetCore.Components;

namespace CreditWorkbench.Web.Components.Controls;

/// <summary>One column of a table.</summary>
/// <param name="Key">Stands in the address when the table is sorted by it.</param>
/// <param name="Title">Header, with the unit.</param>
/// <param name="Text">The cell as text: shown when there is no <see cref="Cell"/>, searched and exported always.</param>
public sealed record DataColumn<TItem>(string Key, string Title, Func<TItem, string> Text)
{
    /// <summary>What the rows are ordered by; null when the column cannot be sorted.</summary>
    public Func<TItem, IComparable?>? SortBy { get; init; }

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
}

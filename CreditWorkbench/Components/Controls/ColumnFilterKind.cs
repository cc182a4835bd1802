namespace CreditWorkbench.Web.Components.Controls;

/// <summary>How a column is filtered.</summary>
public enum ColumnFilterKind
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>By ticking some of its values.</summary>
    Choice,

    /// <summary>By a smallest and a largest number; the column's order must be one of numbers.</summary>
    Range,
}

namespace CreditWorkbench.Web.Components.Controls;

/// <summary>What a reader keeps of one column.</summary>
/// <param name="Values">Values of which one must stand in the row; empty for all.</param>
/// <param name="From">Smallest number; null for none.</param>
/// <param name="To">Largest number; null for none.</param>
public sealed record ColumnFilter(IReadOnlyList<string> Values, double? From = null, double? To = null)
{
    /// <summary>Keeps everything.</summary>
    public bool IsEmpty => Values.Count == 0 && From is null && To is null;

    /// <summary>Whether a text is among the values.</summary>
    public bool Admits(string text) => Values.Count == 0 || Values.Contains(text, StringComparer.Ordinal);

    /// <summary>Whether a number lies within the limits; nothing does when it is missing and a limit is set.</summary>
    public bool Admits(double? number) => (From is null || number >= From) && (To is null || number <= To);
}

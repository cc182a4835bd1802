using System.Buffers;
using System.Globalization;

namespace CreditWorkbench.Core.Intake;

/// <summary>Cells as lines of CSV (RFC 4180).</summary>
public static class CsvText
{
    private static readonly SearchValues<char> NeedQuotes = SearchValues.Create(",\"\r\n");

    private static readonly SearchValues<char> BeginFormulas = SearchValues.Create("=+-@\t\r");

    /// <summary>One line without its end.</summary>
    public static string Line(IEnumerable<string> cells) => string.Join(',', cells.Select(Cell));

    /// <summary>A text from outside as a text that a spreadsheet shows and does not run: what would begin a formula gets an apostrophe in front.
    /// Numbers in the invariant culture stay as they are.</summary>
    public static string Harmless(string text) =>
        text.Length > 0 && BeginFormulas.Contains(text[0]) && !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _) ? "'" + text : text;

    /// <summary>One cell, in quotes where it needs them.</summary>
    public static string Cell(string text) => text.AsSpan().ContainsAny(NeedQuotes) ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}

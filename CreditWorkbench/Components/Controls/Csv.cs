using System.Globalization;
using System.Text;
using CreditWorkbench.Core.Intake;

namespace CreditWorkbench.Web.Components.Controls;

/// <summary>Writes tables as CSV (RFC 4180) that a spreadsheet opens without running anything.</summary>
public static class Csv
{
    /// <summary>The table as text: a byte order mark, header, rows, CR LF at line ends, and a last line that names the origin.</summary>
    /// <param name="columns">Header cells.</param>
    /// <param name="rows">Cells per row, in the order of the header.</param>
    /// <param name="origin">What the table is and how it was filtered; null for none.</param>
    public static string Write(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows, string? origin = null)
    {
        var text = new StringBuilder("\uFEFF");
        AppendRow(text, columns);
        foreach (var row in rows) AppendRow(text, row);
        if (origin is not null) AppendRow(text, ["# " + origin]);
        return text.ToString();
    }

    /// <summary>A cell: quoted where it must be; a text that a spreadsheet would take for a formula gets a leading apostrophe.</summary>
    /// <remarks>Numbers keep their sign: only what does not parse as a number is disarmed. A true minus (U+2212) is written as a hyphen.</remarks>
    public static string Cell(string value)
    {
        var plain = value.Replace('\u2212', '-').Replace('\u00A0', ' ');
        if (!IsNumber(plain)) plain = CsvText.Harmless(plain);
        return plain.AsSpan().IndexOfAny("\",;\r\n") < 0 ? plain : "\"" + plain.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
    }

    private static bool IsNumber(string value) =>
        double.TryParse(value, NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out _)
        || double.TryParse(value, NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.CurrentCulture, out _);

    private static void AppendRow(StringBuilder text, IReadOnlyList<string> cells)
    {
        for (var i = 0; i < cells.Count; i++)
        {
            if (i > 0) text.Append(',');
            text.Append(Cell(cells[i]));
        }
        text.Append("\r\n");
    }
}

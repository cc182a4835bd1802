using System.Globalization;
using System.Text;

namespace CreditWorkbench.Benchmarks.Peers;

/// <summary>Rows as a table of text, ready to be pasted into a results page.</summary>
internal static class PeerTable
{
    private static readonly string[] Head = ["task", "peer", "unit", "ours", "peer's", "ratio", "quality", "peer's", "peak MiB", "peer's", "busy", "peer's", "rounds"];

    /// <summary>A Markdown table with aligned columns.</summary>
    public static string Render(IEnumerable<PeerRow> rows)
    {
        string[][] lines = [Head, .. rows.Select(Cells)];
        var widths = Enumerable.Range(0, Head.Length).Select(column => lines.Max(line => line[column].Length)).ToArray();
        var text = new StringBuilder();
        for (var i = 0; i < lines.Length; i++)
        {
            text.Append("| ").AppendJoin(" | ", lines[i].Select((cell, column) => cell.PadRight(widths[column]))).AppendLine(" |");
            if (i == 0) text.Append('|').AppendJoin('|', widths.Select(width => new string('-', width + 2))).AppendLine("|");
        }

        return text.ToString();
    }

    private static string[] Cells(PeerRow row) =>
    [
        row.Task, row.PeerName, row.Unit switch { PeerUnit.Seconds => "s", PeerUnit.RowsPerSecond => "rows/s", _ => "us" },
        Number(row.Ours), Number(row.Peer), row.Ratio.ToString("F2", CultureInfo.InvariantCulture), Number(row.OursQuality), Number(row.PeerQuality),
        Number(row.OursPeakMiB), Number(row.PeerPeakMiB), Number(row.Busy, "F2"), Number(row.PeerBusy, "F2"), row.Rounds.ToString(CultureInfo.InvariantCulture),
    ];

    private static string Number(double? value, string? format = null) => value is not { } number ? "" : number.ToString(
        format ?? (Math.Abs(number) >= 1_000 ? "N0" : "G4"), CultureInfo.InvariantCulture);
}

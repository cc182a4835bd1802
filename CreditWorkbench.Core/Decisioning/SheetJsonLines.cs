using System.Globalization;
using System.Text;
using System.Text.Json;

namespace CreditWorkbench.Core.Decisioning;

/// <summary>Turns our own sheets of CSV into JSON, line by line.</summary>
internal static class SheetJsonLines
{
    private static readonly HashSet<string> Texts = new(StringComparer.Ordinal) { "grade", "riskLevel", "decision", "modelVersion", "error", "unit", "roadmap_outcome", "roadmap_json" };

    /// <summary>Writes one object per row.</summary>
    /// <param name="csv">A sheet with its header.</param>
    /// <param name="target">Receives UTF-8.</param>
    /// <param name="hasId">Whether the first column is the caller's own, and so a text.</param>
    /// <param name="cancellationToken">Cancels between lines.</param>
    public static async Task WriteAsync(Stream csv, Stream target, bool hasId, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(csv, Encoding.UTF8, detectEncodingFromByteOrderMarks: false, 1 << 16, leaveOpen: true);
        var header = await ReadAsync(reader, cancellationToken);
        if (header is null) return;
        using var buffer = new MemoryStream(1 << 17);
        await using var json = new Utf8JsonWriter(buffer);
        while (await ReadAsync(reader, cancellationToken) is { } cells)
        {
            Write(json, header, cells, hasId);
            buffer.WriteByte((byte)'\n');
            json.Reset();
            if (buffer.Length < 1 << 16) continue;
            await target.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), cancellationToken);
            buffer.SetLength(0);
        }

        await target.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), cancellationToken);
    }

    private static void Write(Utf8JsonWriter json, List<string> header, List<string> cells, bool hasId)
    {
        json.WriteStartObject();
        for (var i = 0; i < header.Count; i++)
        {
            if (cells[i].Length == 0 && header[i] != "error") json.WriteNull(header[i]);
            else if (!(hasId && i == 0) && !Texts.Contains(header[i]) && !header[i].EndsWith("_code", StringComparison.Ordinal)
                && double.TryParse(cells[i], NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)) json.WriteNumber(header[i], number);
            else json.WriteString(header[i], cells[i]);
        }

        json.WriteEndObject();
        json.Flush();
    }

    // The next record, which may hold line ends in quotes; null at the end.
    private static async Task<List<string>?> ReadAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        if (await reader.ReadLineAsync(cancellationToken) is not { } line) return null;
        while (line.Count(character => character == '"') % 2 == 1 && await reader.ReadLineAsync(cancellationToken) is { } more) line += "\n" + more;
        if (!line.Contains('"', StringComparison.Ordinal)) return [.. line.Split(',')];
        var (cells, cell, quoted) = (new List<string>(), new StringBuilder(), false);
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '"' && quoted && i + 1 < line.Length && line[i + 1] == '"') cell.Append(line[i++]);
            else if (line[i] == '"') quoted = !quoted;
            else if (line[i] == ',' && !quoted) (cells, cell) = ([.. cells, cell.ToString()], cell.Clear());
            else cell.Append(line[i]);
        }

        cells.Add(cell.ToString());
        return cells;
    }
}

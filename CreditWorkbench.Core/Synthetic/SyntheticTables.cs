using System.Text;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Staging;

namespace CreditWorkbench.Core.Synthetic;

/// <summary>Writes generated tables into a folder, one file per table. The files appear together when all are complete.</summary>
public static class SyntheticTables
{
    private const long UnknownKey = 9_000_000_000_000;

    /// <summary>Writes the tables of a number of customers, streaming.</summary>
    /// <param name="generator">Generator.</param>
    /// <param name="customers">Rows of the first table, at least 0.</param>
    /// <param name="switches">Seed, drift and bias.</param>
    /// <param name="folder">Made when it is absent; files of the same names are replaced.</param>
    /// <param name="withFaults">Whether the faults of the dictionary are written, to try the quarantine.</param>
    /// <param name="progress">Receives the number of customers written; null for none.</param>
    /// <param name="cancellation">Stops between batches and leaves no file.</param>
    /// <returns>Rows per table.</returns>
    /// <exception cref="IOException">The disk fails.</exception>
    public static IReadOnlyDictionary<string, long> Write(
        TableGenerator generator, int customers, SyntheticSwitches switches, string folder, bool withFaults, IProgress<int>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(generator);
        Directory.CreateDirectory(folder);
        var tables = generator.Definition.Staging!.Tables;
        var rows = tables.ToDictionary(table => table.Name, _ => 0L, StringComparer.Ordinal);
        var parts = tables.ToDictionary(table => table.Name, table => Path.Combine(folder, table.File + ".part"), StringComparer.Ordinal);
        try
        {
            var writers = parts.ToDictionary(part => part.Key, part => new StreamWriter(part.Value, append: false, new UTF8Encoding(false), 1 << 16), StringComparer.Ordinal);
            try
            {
                var faults = withFaults ? new TableFaults(generator.Definition, switches) : null;
                var columns = tables.ToDictionary(table => table.Name, table => Columns(generator.Definition, table), StringComparer.Ordinal);
                foreach (var table in tables) writers[table.Name].Write(CsvText.Line(columns[table.Name].Select(column => table.Columns[column].Name)) + "\n");
                var done = 0;
                foreach (var batch in generator.Batches(customers, switches))
                {
                    cancellation.ThrowIfCancellationRequested();
                    foreach (var table in tables) rows[table.Name] += Write(batch.Tables[table.Name], columns[table.Name], writers[table.Name], faults);
                    progress?.Report(done = Math.Min(customers, done + batch.Tables[generator.Definition.Synthetic!.Tables[0].Table].Count));
                }
            }
            finally
            {
                foreach (var writer in writers.Values) writer.Dispose();
            }

            foreach (var table in tables) File.Move(parts[table.Name], Path.Combine(folder, table.File), overwrite: true);
            return rows;
        }
        finally
        {
            foreach (var part in parts.Values) File.Delete(part);
        }
    }

    // An optional column that nothing draws stays out of the file, as in deliveries that do not have it.
    private static int[] Columns(ScorecardDefinition definition, StagingTable table)
    {
        var drawn = definition.Synthetic!.Tables.Where(generated => generated.Table == table.Name).SelectMany(generated => generated.Draws).Select(draw => draw.Name).ToHashSet(StringComparer.Ordinal);
        return [.. table.Columns.Index().Where(column => !column.Item.Optional || drawn.Contains(column.Item.Name) || column.Item.Name == definition.Target.Column).Select(column => column.Index)];
    }

    private static long Write(TableRows rows, int[] columns, StreamWriter writer, TableFaults? faults)
    {
        var written = 0L;
        for (var row = 0; row < rows.Count; row++)
        {
            var cells = columns.Select(column => Cell(rows, row, column)).ToArray();
            var fault = faults?.Next(rows.Table) ?? TableFault.None;
            if (fault == TableFault.Orphan && rows.IndexOf(rows.Table.On ?? "") is >= 0 and var on) cells[Array.IndexOf(columns, on)] = (UnknownKey + row).ToString(System.Globalization.CultureInfo.InvariantCulture);
            if (fault == TableFault.Unreadable) cells[Array.FindIndex(columns, column => rows.Table.Columns[column].Type is not (InputType.Category or InputType.Text) && rows.Table.Columns[column].Name != rows.Table.Key)] = "#REF!";
            for (var times = fault == TableFault.Duplicate ? 2 : 1; times > 0; times--)
            {
                writer.Write(CsvText.Line(cells));
                writer.Write('\n');
                written++;
            }
        }

        return written;
    }

    private static string Cell(TableRows rows, int row, int column)
    {
        var (definition, value) = (rows.Table.Columns[column], rows[row, column]);
        if (definition.Type == InputType.Category && !double.IsNaN(value)) return rows.TextOf(column, value);
        Span<byte> bytes = stackalloc byte[FeatureCell.LongestNumber];
        return Encoding.UTF8.GetString(bytes[..FeatureCell.Write(bytes, definition, value)]);
    }
}

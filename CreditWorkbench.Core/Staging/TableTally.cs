using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Staging;

/// <summary>Counts over the rows of a table, which may come in several parts.</summary>
/// <param name="files">Files in reading order, each with the count of rows before it.</param>
/// <param name="rowsRead">Rows of the files.</param>
internal sealed class TableTally(IReadOnlyList<(string Name, long RowsBefore)> files, long rowsRead)
{
    private readonly Dictionary<string, long> _missing = new(StringComparer.Ordinal);
    private long _used;

    /// <summary>The counts of a table that is in memory.</summary>
    public static TableTally Of(StagedTable table)
    {
        var tally = new TableTally(table.Files, table.RowsRead);
        tally.Add(table);
        return tally;
    }

    /// <summary>Adds rows that no rule kept out.</summary>
    public void Add(StagedTable rows)
    {
        _used += rows.Rows;
        foreach (var column in rows.Definition.Columns)
        {
            if (rows.Column(column.Name) is { } cells) _missing[column.Name] = _missing.GetValueOrDefault(column.Name) + Missing(cells);
        }
    }

    /// <summary>The report of the table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="findings">Findings per code.</param>
    public StagingTableReport Report(StagingTable table, IReadOnlyDictionary<string, long> findings)
    {
        var shares = table.Columns.Where(column => _missing.ContainsKey(column.Name))
            .ToDictionary(column => column.Name, column => _used == 0 ? 0 : _missing[column.Name] / (double)_used, StringComparer.Ordinal);
        return new StagingTableReport(table.Name, [.. files.Select(file => file.Name)], rowsRead, _used, findings, shares);
    }

    private static long Missing(double[] cells)
    {
        var missing = 0L;
        foreach (var cell in cells) missing += double.IsNaN(cell) && CodedNaN.CodeOf(cell) == 0 ? 1 : 0;
        return missing;
    }
}

using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Staging;

namespace CreditWorkbench.Web.Components.Pages.Run.Staging;

/// <summary>A table of a run beside the same table of the run before.</summary>
/// <param name="Report">Now.</param>
/// <param name="Before">Then; null without one.</param>
public sealed record TableLine(StagingTableReport Report, StagingTableReport? Before)
{
    /// <summary>The tables of a run.</summary>
    public static IReadOnlyList<TableLine> Of(StagingRun run, StagingRun? before) =>
        [.. (run.Report?.Tables ?? []).Select(table => new TableLine(table, before?.Report?.Tables.FirstOrDefault(other => other.Table == table.Table)))];
}

/// <summary>What a rule found in a table, beside what it found in the run before.</summary>
/// <param name="Table">Table.</param>
/// <param name="Code">Code of the rule.</param>
/// <param name="Rule">The rule; null for one that the dictionary no longer has.</param>
/// <param name="Rows">Findings now.</param>
/// <param name="RowsBefore">Findings then; null without a run before.</param>
/// <param name="RowsRead">Rows of the table.</param>
public sealed record RuleLine(string Table, string Code, QuarantineRule? Rule, long Rows, long? RowsBefore, long RowsRead)
{
    /// <summary>Every rule that found something now or in the run before, the most frequent first.</summary>
    public static IReadOnlyList<RuleLine> Of(StagingRun run, StagingRun? before, StagingDefinition? staging)
    {
        var lines = new List<RuleLine>();
        foreach (var (table, then) in TableLine.Of(run, before).Select(line => (line.Report, line.Before)))
        {
            foreach (var code in table.Findings.Keys.Union(then?.Findings.Keys ?? [], StringComparer.Ordinal))
            {
                var rule = staging?.Quarantine.FirstOrDefault(one => one.Code == code);
                lines.Add(new RuleLine(table.Table, code, rule, table.Findings.GetValueOrDefault(code), before is null ? null : then?.Findings.GetValueOrDefault(code) ?? 0, table.RowsRead));
            }
        }

        return [.. lines.OrderByDescending(line => line.Rows).ThenBy(line => line.Table, StringComparer.Ordinal).ThenBy(line => line.Code, StringComparer.Ordinal)];
    }
}

/// <summary>One finding of the quarantine file.</summary>
/// <param name="Number">One-based place in the file.</param>
/// <param name="Cells">Table, file, row, code, verdict, column, value, remedy.</param>
public sealed record FindingLine(int Number, IReadOnlyList<string> Cells)
{
    private const int Columns = 8;

    /// <summary>Findings from lines of the file, the header left out.</summary>
    public static IReadOnlyList<FindingLine> Of(IEnumerable<string> lines) =>
        [.. lines.Skip(1).Select(CellsOf).Where(cells => cells.Count == Columns).Select((cells, i) => new FindingLine(i + 1, cells))];

    // The file's own writer keeps a finding on one line and quotes by RFC 4180.
    private static List<string> CellsOf(string line)
    {
        var (cells, cell, quoted) = (new List<string>(), new System.Text.StringBuilder(), false);
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '"' && quoted && i + 1 < line.Length && line[i + 1] == '"') cell.Append(line[i++]);
            else if (line[i] == '"') quoted = !quoted;
            else if (line[i] == ',' && !quoted) AddTo(cells, cell);
            else cell.Append(line[i]);
        }

        AddTo(cells, cell);
        return cells;
    }

    private static void AddTo(List<string> cells, System.Text.StringBuilder cell)
    {
        cells.Add(cell.ToString());
        cell.Clear();
    }
}

using System.Text;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Decisioning;

/// <summary>What a scored file came to.</summary>
/// <param name="Rows">Data rows read.</param>
/// <param name="Rejected">Rows that could not be scored.</param>
public sealed record ScoreRunResult(long Rows, long Rejected);

/// <summary>Streams a file through a serving line into CSV: blocks of rows are scored by several threads and written in file order.</summary>
public sealed class ScoreRun
{
    private const int BlockRows = 512;
    private readonly ScoreSheet _sheet;
    private readonly RowReader _rows;
    private readonly RecordBinder _binder;
    private readonly int _idColumn;
    private readonly int _threads;

    private ScoreRun(ScoreSheet sheet, RowReader rows, RecordBinder binder, int idColumn, int threads) =>
        (_sheet, _rows, _binder, _idColumn, _threads) = (sheet, rows, binder, idColumn, threads);

    /// <summary>Matches the file's header with the dictionary.</summary>
    /// <param name="sheet">Columns to write.</param>
    /// <param name="definition">Dictionary of the model.</param>
    /// <param name="rows">An opened file.</param>
    /// <param name="id">Column to carry over; null without.</param>
    /// <param name="threads">Threads at most.</param>
    /// <returns>A run, or <c>column.missing</c> for each required column that the file lacks.</returns>
    public static Outcome<ScoreRun> Create(ScoreSheet sheet, ScorecardDefinition definition, RowReader rows, string? id, int threads)
    {
        if (id is not null && rows.IndexOf(id) < 0)
            return new Problem("column.missing", $"The file has no column {id}.") { Field = id, Remedy = $"Columns: {string.Join(", ", rows.Columns.Select(column => column.Name).Take(20))}." };
        return RecordBinder.Create(definition, [.. rows.Columns.Select(column => column.Name)], RecordReading.Strict)
            .Then<ScoreRun>(binder => new ScoreRun(sheet, rows, binder, id is null ? -1 : rows.IndexOf(id), threads));
    }

    /// <summary>Scores to the end of the file.</summary>
    /// <param name="output">Receives UTF-8 CSV with a header.</param>
    /// <param name="maxErrors">The run is refused when more rows are rejected.</param>
    /// <param name="cancellationToken">Cancels between blocks.</param>
    public async Task<Outcome<ScoreRunResult>> WriteAsync(Stream output, long maxErrors, CancellationToken cancellationToken)
    {
        await using var writer = new StreamWriter(output, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        await writer.WriteLineAsync(CsvText.Line(_sheet.Header));
        var (total, rejected) = (0L, 0L);
        while (true)
        {
            var (block, ended) = await ReadBlockAsync(cancellationToken);
            if (ended is not null) return ended;
            if (block.Count == 0) break;
            foreach (var line in Score(block)) await writer.WriteLineAsync(line);
            total += block.Count;
            rejected += block.Count(row => !row.Record.Succeeded);
            if (rejected > maxErrors)
                return new Problem("rows.rejected", $"{rejected} of the first {total} rows cannot be scored, more than the {maxErrors} allowed; the first: {block.First(row => !row.Record.Succeeded).Record.Problems[0]}") { Remedy = "Mend the rows or raise --max-errors." };
        }

        return total == 0
            ? new Problem("file.noRows", "The file has a header and no data row.") { Remedy = "Choose a file with at least one data row." }
            : new ScoreRunResult(total, rejected);
    }

    private string[] Score(List<PendingRow> block)
    {
        var lines = new string[block.Count];
        Parallel.For(0, block.Count, new ParallelOptions { MaxDegreeOfParallelism = _threads }, i =>
        {
            var row = block[i];
            lines[i] = CsvText.Line(row.Record.TryGet(out var record, out var problems) ? _sheet.Row(row.Id, row.Number, record) : _sheet.Refused(row.Id, row.Number, problems));
        });
        return lines;
    }

    private async Task<(List<PendingRow> Block, Problem? Refused)> ReadBlockAsync(CancellationToken cancellationToken)
    {
        var block = new List<PendingRow>(BlockRows);
        while (block.Count < BlockRows)
        {
            switch (await _rows.ReadAsync(cancellationToken))
            {
                case RowState.End:
                    return (block, null);
                case RowState.Refused:
                    return (block, _rows.Problem);
                case RowState.Rejected:
                    block.Add(new PendingRow(null, _rows.Row, _rows.Problem!));
                    break;
                default:
                    block.Add(new PendingRow(_idColumn < 0 ? null : _rows.Text(_idColumn), _rows.Row, _binder.Bind(_rows)));
                    break;
            }
        }

        return (block, null);
    }

    private sealed record PendingRow(string? Id, long Number, Outcome<InputRecord> Record);
}

using System.Text;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Decisioning;

/// <summary>What a scored file came to.</summary>
/// <param name="Rows">Data rows read.</param>
/// <param name="Rejected">Rows that could not be scored.</param>
public sealed record ScoreRunResult(long Rows, long Rejected);

/// <summary>Streams a file through a serving line into CSV. Each thread takes its turn at the file, scores the block of rows that it read and hands it on in
/// the file's order; so many blocks are in memory at a time as there are threads.</summary>
public sealed class ScoreRun
{
    private const int BlockRows = 512;
    private readonly ScoreSheet _sheet;
    private readonly RowReader _rows;
    private readonly RecordBinder _binder;
    private readonly int _idColumn;
    private readonly int _threads;
    private BatchCanary? _canary;

    private ScoreRun(ScoreSheet sheet, RowReader rows, RecordBinder binder, int idColumn, int threads) =>
        (_sheet, _rows, _binder, _idColumn, _threads) = (sheet, rows, binder, idColumn, Math.Max(1, threads));

    /// <summary>Matches the file's header with the dictionary.</summary>
    /// <param name="sheet">Columns to write.</param>
    /// <param name="definition">Dictionary of the model.</param>
    /// <param name="rows">An opened file.</param>
    /// <param name="id">Column to carry over; null without.</param>
    /// <param name="threads">Threads at most.</param>
    /// <param name="reading">What is demanded of values; null: everything that the dictionary demands.</param>
    /// <returns>A run, or <c>column.missing</c> for each required column that the file lacks.</returns>
    public static Outcome<ScoreRun> Create(ScoreSheet sheet, ScorecardDefinition definition, RowReader rows, string? id, int threads, RecordReading? reading = null)
    {
        if (id is not null && rows.IndexOf(id) < 0)
            return new Problem("column.missing", $"The file has no column {id}.") { Field = id, Remedy = $"Columns: {string.Join(", ", rows.Columns.Select(column => column.Name).Take(20))}." };
        return RecordBinder.Create(definition, [.. rows.Columns.Select(column => column.Name)], reading ?? RecordReading.Strict)
            .Then<ScoreRun>(binder => new ScoreRun(sheet, rows, binder, id is null ? -1 : rows.IndexOf(id), threads));
    }

    /// <summary>The same with a canary's draw: rows that it takes are scored by its challenger.</summary>
    internal ScoreRun With(BatchCanary canary)
    {
        _canary = canary;
        return this;
    }

    /// <summary>The header of the result, as a line.</summary>
    public string HeaderLine => CsvText.Line(_sheet.Header) + "\n";

    /// <summary>Scores to the end of the file.</summary>
    /// <param name="output">Receives UTF-8 CSV with a header.</param>
    /// <param name="maxErrors">The run is refused when more rows are rejected.</param>
    /// <param name="cancellationToken">Cancels between blocks.</param>
    public async Task<Outcome<ScoreRunResult>> WriteAsync(Stream output, long maxErrors, CancellationToken cancellationToken)
    {
        await output.WriteAsync(Encoding.UTF8.GetBytes(HeaderLine), cancellationToken);
        var (total, rejected) = (0L, 0L);
        BatchError? first = null;
        var ended = await RunAsync(
            async (block, stop) =>
            {
                await output.WriteAsync(block.Csv, stop);
                (total, rejected, first) = (total + block.Rows, rejected + block.Errors.Count, first ?? (block.Errors.Count > 0 ? block.Errors[0] : null));
                return rejected <= maxErrors
                    ? null
                    : new Problem("rows.rejected", $"{rejected} of the first {total} rows cannot be scored, more than the {maxErrors} allowed; the first: {first}") { Remedy = "Mend the rows or raise --max-errors." };
            },
            skip: 0, cancellationToken);
        if (ended is not null) return ended;
        return total == 0 ? NoRows : new ScoreRunResult(total, rejected);
    }

    /// <summary>The refusal of a file without data rows.</summary>
    public static Problem NoRows { get; } = new("file.noRows", "The file has a header and no data row.") { Remedy = "Choose a file with at least one data row." };

    /// <summary>Scores to the end of the file, block by block.</summary>
    /// <param name="receive">Takes the blocks.</param>
    /// <param name="skip">Data rows at the start that were scored before.</param>
    /// <param name="cancellationToken">Cancels between blocks.</param>
    /// <returns>Null at the end of the file; what the receiver or the file refused otherwise.</returns>
    public async Task<Problem?> RunAsync(ScoredBlockReceiver receive, long skip, CancellationToken cancellationToken)
    {
        using var turns = new BlockTurns(cancellationToken);
        for (; skip > 0; skip--)
        {
            cancellationToken.ThrowIfCancellationRequested();
            switch (await _rows.ReadAsync(cancellationToken))
            {
                case RowState.End: return null;
                case RowState.Refused: return _rows.Problem;
            }
        }

        await Task.WhenAll(Enumerable.Range(0, _threads).Select(_ => Task.Run(() => WorkAsync(turns, receive, cancellationToken), CancellationToken.None)));
        return turns.Ended;
    }

    private async Task WorkAsync(BlockTurns turns, ScoredBlockReceiver receive, CancellationToken cancellationToken)
    {
        var (scorer, csv, finished) = (new SideScorer(_sheet, _canary), new CsvBuffer(), false);
        try
        {
            while (await turns.ReadAsync(ReadBlockAsync) is { } turn)
            {
                csv.Clear();
                var challenged = turn.Rows.Count > 0 ? await scorer.WriteAsync(turn.Rows, csv, cancellationToken) : null;
                await turns.HandOnAsync(turn, new ScoredBlock(turn.Rows.Count, [.. turn.Rows.Where(row => !row.Record.Succeeded).Select(ErrorOf)], csv.Written, challenged), receive);
            }

            finished = true;
        }
        finally
        {
            if (!finished) await turns.BreakOffAsync();
        }
    }

    private async Task<(List<SheetRow> Block, Problem? Refused)> ReadBlockAsync(CancellationToken cancellationToken)
    {
        var block = new List<SheetRow>(BlockRows);
        while (block.Count < BlockRows)
        {
            switch (await _rows.ReadAsync(cancellationToken))
            {
                case RowState.End:
                    return (block, null);
                case RowState.Refused:
                    return (block, _rows.Problem);
                case RowState.Rejected:
                    block.Add(new SheetRow(null, _rows.Row, _rows.Problem!));
                    break;
                default:
                    block.Add(new SheetRow(_idColumn < 0 ? null : _rows.Text(_idColumn), _rows.Row, _binder.Bind(_rows)));
                    break;
            }
        }

        return (block, null);
    }

    private static BatchError ErrorOf(SheetRow row)
    {
        var problem = row.Record.Problems[0];
        return new BatchError(row.Number, problem.Code, problem.Field, (problem with { Row = null, Field = null }).ToString());
    }
}

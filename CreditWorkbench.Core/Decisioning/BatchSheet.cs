using CreditWorkbench.Core.Explanation;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Decisioning;

/// <summary>The columns of a batch, and how its input is read: the stateless door's way, which takes no personal data and leaves out what only an audit may read.</summary>
internal sealed class BatchSheet
{
    private readonly ScoreSheet _sheet;
    private readonly StatelessForm _form;
    private readonly string? _idColumn;
    private readonly BatchCanary _canary;

    private BatchSheet(ScoreSheet sheet, StatelessForm form, string? idColumn, BatchCanary canary) => (_sheet, _form, _idColumn, _canary) = (sheet, form, idColumn, canary);

    // A gz may unpack to more than the limit of uploads, within the ratio.
    private static FileReadOptions Limits { get; } = FileReadOptions.Default with { MaxBytes = 16L << 30, MaxRatio = 100 };

    /// <summary>Opens it; <c>background.missing</c> where the model lacks the rows that reasons compare with.</summary>
    /// <param name="lines">Rollouts in force.</param>
    /// <param name="line">The line in production when the batch was taken in.</param>
    /// <param name="idColumn">Column of the rows' own references; null without.</param>
    /// <param name="explanation">How much explanation each row gets.</param>
    public static Outcome<BatchSheet> Open(ServingLines lines, ServingLine line, string? idColumn, SheetExplanation explanation)
    {
        return OpenFor(line).Then<BatchSheet>(sheet => new BatchSheet(sheet, new StatelessForm(line.Release.Definition), idColumn, new BatchCanary(lines, sheet, OpenFor)));

        Outcome<ScoreSheet> OpenFor(ServingLine one) => ScoreSheet.Open(one, idColumn, explanation, AttributionMethod.Interventional, roadmap: false);
    }

    /// <summary>Looks whether an input can be read at all.</summary>
    /// <param name="input">The input, disposed.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<Outcome<BatchFormat>> FormatOfAsync(Stream input, CancellationToken cancellationToken)
    {
        if (!(await TabularFile.OpenAsync(input, Limits, cancellationToken)).TryGet(out var rows, out var problems)) return Outcome<BatchFormat>.Refused(problems);
        await using var reader = rows;
        var format = reader.Layout.Format switch { FileFormat.Delimited => BatchFormat.Csv, FileFormat.JsonLines => (BatchFormat?)BatchFormat.Ndjson, _ => null };
        if (format is null) return new Problem("file.format", "The file is neither CSV nor NDJSON.") { Remedy = "Send one record a line." };
        return Run(reader, threads: 1).Then<BatchFormat>(_ => format.Value);
    }

    /// <summary>Opens the input for scoring; the run owns the reader that comes with it.</summary>
    public async Task<Outcome<(ScoreRun Run, RowReader Rows)>> OpenRunAsync(Stream input, int threads, CancellationToken cancellationToken)
    {
        if (!(await TabularFile.OpenAsync(input, Limits, cancellationToken)).TryGet(out var rows, out var problems)) return Outcome<(ScoreRun, RowReader)>.Refused(problems);
        if (Run(rows, threads).TryGet(out var run, out problems)) return (run, rows);
        await rows.DisposeAsync();
        return Outcome<(ScoreRun, RowReader)>.Refused(problems);
    }

    private Outcome<ScoreRun> Run(RowReader rows, int threads)
    {
        var definition = _sheet.Line.Release.Definition;
        var personal = rows.Columns.Select(column => column.Name).Where(name => _form.Personal.Contains(definition.Read.RenamedColumns.GetValueOrDefault(name, name))).ToList();
        if (personal.Count > 0) return BatchProblems.Personal(personal);
        var reading = RecordReading.Strict with { KeptElsewhere = _form.Personal.Concat(_form.Ignored).ToHashSet(StringComparer.Ordinal) };
        return ScoreRun.Create(_sheet, definition, rows, _idColumn, threads, reading).Then<ScoreRun>(run => run.With(_canary));
    }
}

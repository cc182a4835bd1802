using CreditWorkbench.Core.Datasets;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>Reads the files that go with an imported model. A file has to have every feature: a column that is absent is a mistake,
/// not a missing value.</summary>
internal static class ImportRows
{
    /// <summary>Rows with their outcome.</summary>
    public static async Task<Outcome<LabelledDataset>> LabelledAsync(string file, ImportRequest request, ScorecardDefinition definition, FeatureProgram program, CancellationToken cancellationToken)
    {
        if (!(await OpenAsync(file, request, definition, program, cancellationToken)).TryGet(out var opened, out var problems)) return Outcome<LabelledDataset>.Refused(problems);
        await using var reader = opened.Reader;
        var labels = request.Bad is { } bad ? OutcomeLabels.Bad(bad) : OutcomeLabels.Of(definition.Target);
        var dataset = new DatasetRequest(Path.GetFileName(file), request.Target ?? definition.Target.Column, labels);
        return (await DatasetBuilder.BuildAsync(reader, dataset, opened.Vectorizer, cancellationToken)).Then<LabelledDataset>(built =>
            built.Rejected.Count == 0 ? built.Dataset : Rejected(file, built.Rejected));
    }

    /// <summary>Rows without an outcome.</summary>
    public static async Task<Outcome<FeatureMatrix>> UnlabelledAsync(string file, ImportRequest request, ScorecardDefinition definition, FeatureProgram program, CancellationToken cancellationToken)
    {
        if (!(await OpenAsync(file, request, definition, program, cancellationToken)).TryGet(out var opened, out var problems)) return Outcome<FeatureMatrix>.Refused(problems);
        await using var reader = opened.Reader;
        var (builder, rejected, wrong, vector) = (new FeatureMatrixBuilder(program), new RejectedRows(), new List<Problem>(), new float[program.Columns.Count]);
        while (true)
        {
            switch (await reader.ReadAsync(cancellationToken))
            {
                case RowState.Row when opened.Vectorizer.TryCompute(reader, vector, wrong):
                    builder.Add(opened.Vectorizer.Record!);
                    break;
                case RowState.Row:
                    rejected.Add(wrong[0]);
                    wrong.Clear();
                    break;
                case RowState.Rejected:
                    rejected.Add(reader.Problem!);
                    break;
                case RowState.Refused:
                    return reader.Problem!;
                default:
                    if (rejected.Count > 0) return Rejected(file, rejected);
                    return builder.Rows > 0 ? builder.Build() : new Problem("import.rows", $"{Path.GetFileName(file)} has no row.") { Remedy = "Bring rows of applicants." };
            }
        }
    }

    private static async Task<Outcome<(RowReader Reader, DictionaryVectorizer Vectorizer)>> OpenAsync(
        string file, ImportRequest request, ScorecardDefinition definition, FeatureProgram program, CancellationToken cancellationToken)
    {
        if (!(await TabularFile.OpenAsync(file, request.Reading, cancellationToken)).TryGet(out var reader, out var problems)) return Outcome<(RowReader, DictionaryVectorizer)>.Refused(problems);
        var made = Absent(reader, request, definition) is { Count: > 0 } absent
            ? Outcome<DictionaryVectorizer>.Refused(absent)
            : DictionaryVectorizer.Create(definition, program, reader);
        if (made.TryGet(out var vectorizer, out problems)) return (reader, vectorizer);
        await reader.DisposeAsync();
        return Outcome<(RowReader, DictionaryVectorizer)>.Refused(problems);
    }

    private static List<Problem> Absent(RowReader reader, ImportRequest request, ScorecardDefinition definition) => request.Definition is not null
        ? [.. definition.Inputs.Where(input => input.Required && reader.IndexOf(input.Name) < 0 && !definition.Read.RenamedColumns.Values.Contains(input.Name)).Select(input => ColumnProblems.ColumnUnknown(input.Name, reader.Columns))]
        : [.. request.Model.Features.Where(feature => reader.IndexOf(feature.Name) < 0).Select(feature => ColumnProblems.ColumnUnknown(feature.Name, reader.Columns))];

    // A background or a calibration that lacks rows in a pattern would be another one, so nothing is left out in silence.
    private static List<Problem> Rejected(string file, RejectedRows rejected) =>
        [new Problem("import.rows.rejected", $"{rejected.Count} rows of {Path.GetFileName(file)} cannot be used; the first follow.") { Remedy = "Mend or remove them." }, .. rejected.First.Take(5)];
}

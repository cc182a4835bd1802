using CreditWorkbench.Core.Datasets;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>A file to train on, by a dictionary or by what can be inferred from the file itself.</summary>
/// <param name="Path">Path of the file.</param>
public sealed record TrainingFile(string Path)
{
    private const string IdentifierCode = "column.identifier";

    /// <summary>Opens the bytes where they do not lie at <see cref="Path"/>, which then only names them; null for a file on disk.</summary>
    public Func<Stream>? Content { get; init; }

    /// <summary>How to open it.</summary>
    public FileReadOptions Reading { get; init; } = FileReadOptions.Default;

    /// <summary>Dictionary of the rows; null to infer one by <see cref="Inference"/>.</summary>
    public ScorecardDefinition? Definition { get; init; }

    /// <summary>What the user says of a file without a dictionary; null with one.</summary>
    public InferenceOptions? Inference { get; init; }

    /// <summary>Column that says how much a row counts beside the others; null for the one that <see cref="Inference"/> names, if any.</summary>
    public string? Weight { get; init; }

    /// <summary>A stored data set, read by its own mapping.</summary>
    /// <param name="rows">From <see cref="DatasetDesk.OpenAsync"/>.</param>
    /// <param name="definition">Dictionary of the rows; null to infer one by the mapping.</param>
    public static TrainingFile Of(StoredRows rows, ScorecardDefinition? definition = null) => new(rows.Version.FileName)
    {
        Content = rows.Open,
        Reading = rows.Version.Mapping.ToReading(),
        Definition = definition,
        Weight = rows.Version.Mapping.Weight,
        Inference = definition is null ? rows.Version.Mapping.ToInference(rows.Version.Name) : null,
    };

    /// <summary>Reads the file into a request for the training line.</summary>
    /// <param name="settings">How to build, by the dictionary that was found; it is called once.</param>
    /// <param name="cancellationToken">Stops between rows.</param>
    /// <returns>The request with what was noticed on the way, or every problem that stands in the way.</returns>
    public async Task<Outcome<OpenedTrainingFile>> OpenAsync(Func<ScorecardDefinition, TrainingSettings> settings, CancellationToken cancellationToken)
    {
        if (!(await DictionaryAsync(cancellationToken)).TryGet(out var dictionary, out var problems)) return Outcome<OpenedTrainingFile>.Refused(problems);
        if (!(await OpenRowsAsync(cancellationToken)).TryGet(out var opened, out problems)) return Outcome<OpenedTrainingFile>.Refused(problems);
        await using var reader = opened;
        var definition = dictionary.Definition;
        if (Weight is { } weight && ReadsAsInput(definition, weight)) return DatasetProblems.WeightIsLearnt(weight);
        if (!Vectorizer(definition, reader).TryGet(out var vectorizer, out problems)) return Outcome<OpenedTrainingFile>.Refused(problems);
        if (!(await DatasetBuilder.BuildAsync(reader, Request(reader, dictionary), vectorizer, cancellationToken)).TryGet(out var built, out problems)) return Outcome<OpenedTrainingFile>.Refused(problems);
        var request = new TrainingRequest(definition, built.Dataset, built.Manifest, settings(definition))
        {
            IsInferred = Inference is not null,
            LeftOutKeys = [.. dictionary.Warnings.Where(warning => warning.Code == IdentifierCode).Select(warning => warning.Field).OfType<string>()],
        };
        return new OpenedTrainingFile(request, dictionary.Warnings, built.Rejected);
    }

    // Where transforms are fitted, vectors come after the split, from the records.
    private static Outcome<IRowVectorizer> Vectorizer(ScorecardDefinition definition, RowReader reader) => FittedTransforms.Needed(definition)
        ? RecordBinder.Create(definition, [.. reader.Columns.Select(column => column.Name)], RecordReading.Training).Then(binder => Outcome<IRowVectorizer>.Success(new RecordsOnly(binder)))
        : DictionaryVectorizer.Create(definition, FeatureProgram.Compile(definition, FittedTransforms.None), reader).Then(Outcome<IRowVectorizer>.Success);

    // An input for audit only is no feature, but it would then be read twice with two meanings.
    private static bool ReadsAsInput(ScorecardDefinition definition, string column) =>
        definition.Input(definition.Read.RenamedColumns.GetValueOrDefault(column, column)) is not null;

    private Task<Outcome<RowReader>> OpenRowsAsync(CancellationToken cancellationToken) => Content is { } content
        ? TabularFile.OpenAsync(content(), Reading, cancellationToken)
        : TabularFile.OpenAsync(Path, Reading, cancellationToken);

    private async Task<Outcome<InferredDictionary>> DictionaryAsync(CancellationToken cancellationToken)
    {
        if (Definition is { } known) return new InferredDictionary(known, [], null);
        if (!(await OpenRowsAsync(cancellationToken)).TryGet(out var opened, out var problems)) return Outcome<InferredDictionary>.Refused(problems);
        await using var reader = opened;
        var options = Inference ?? throw new InvalidOperationException("A training file has a dictionary or says how to infer one.");
        return (await FileProfile.ReadAsync(reader, options.Specials, cancellationToken)).Then(profile => DictionaryInference.Infer(profile, options));
    }

    private DatasetRequest Request(RowReader reader, InferredDictionary dictionary)
    {
        var definition = dictionary.Definition;
        return new DatasetRequest(System.IO.Path.GetFileName(Path), definition.Target.Column, OutcomeLabels.Of(definition.Target))
        {
            Id = Present(reader, definition.Keys.Id),
            Group = Present(reader, definition.Training.By is { } by && by != definition.Keys.Id ? by : definition.Keys.Applicant),
            Time = Present(reader, definition.Keys.Time),
            TimeFormat = dictionary.TimeFormat,
            Weight = Weight ?? dictionary.Weight,
            Sensitive = [.. definition.Inputs.Where(input => input.Sensitive && reader.IndexOf(input.Name) >= 0).Select(input => input.Name)],
            // Profile, identity checks and costs read what the file said, not what the features made of it.
            KeepRecords = true,
            Scoring = definition.ScoringHash,
        };
    }

    private sealed class RecordsOnly(RecordBinder binder) : IRowVectorizer
    {
        public IReadOnlyList<FeatureColumn> Columns => [];

        public InputRecord? Record { get; private set; }

        public bool TryCompute(RowReader row, Span<float> vector, List<Problem> problems)
        {
            if (binder.Bind(row).TryGet(out var record, out var found)) Record = record;
            else problems.AddRange(found);
            return found.Count == 0;
        }
    }

    private static string? Present(RowReader reader, string? column) => column is not null && reader.IndexOf(column) >= 0 ? column : null;
}

/// <summary>A file on its way into training.</summary>
/// <param name="Request">For the training line.</param>
/// <param name="Warnings">What the user should know of the dictionary that was inferred.</param>
/// <param name="Rejected">Rows that were left out.</param>
public sealed record OpenedTrainingFile(TrainingRequest Request, IReadOnlyList<Problem> Warnings, RejectedRows Rejected);

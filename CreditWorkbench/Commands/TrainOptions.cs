using System.CommandLine;
using System.Globalization;
using System.Text;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Leakage;
using CreditWorkbench.Core.ModelBuilding;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Staging;
using CreditWorkbench.Core.Synthetic;
using CreditWorkbench.Web.Hosting;

namespace CreditWorkbench.Web.Commands;

/// <summary>Options of <c>train</c> and what they mean together.</summary>
public sealed class TrainOptions
{
    private readonly Option<string?> _scorecard = new("--scorecard") { Description = "Scorecard whose dictionary describes the rows." };
    private readonly Option<string?> _input = new("--input") { Description = "Delimited, ARFF, JSON or .npy file; gz and zip are unpacked. Without it rows are generated." };
    private readonly Option<bool> _fromStore = new("--from-store") { Description = "Train on the latest features of --scorecard that etl put into the store." };
    private readonly Option<DateTimeOffset?> _asOf = new("--as-of") { Description = "With --from-store: only rows whose own as-of instant is not later." };
    private readonly Option<int?> _version = new("--features") { Description = "With --from-store: this version of the features (default: the latest)." };
    private readonly Option<string?> _target = SharedOptions.Target();
    private readonly Option<string?> _bad = SharedOptions.Bad();
    private readonly Option<string?> _id = new("--id") { Description = "Identity column." };
    private readonly Option<string?> _group = new("--group") { Description = "Column whose equal values stay on one side of a split." };
    private readonly Option<string?> _time = new("--time") { Description = "Column of the date." };
    private readonly Option<DateOnly?> _outOfTime = new("--out-of-time-from") { Description = "Rows from this date on are judged apart (needs --time)." };
    private readonly Option<string?> _sensitive = new("--sensitive") { Description = "Columns for the fairness audit only, separated by commas." };
    private readonly Option<string?> _segment = new("--segment") { Description = "Column of a segment for reports." };
    private readonly Option<string?> _weight = SharedOptions.Weight();
    private readonly Option<string?> _special = new("--special") { Description = "Special codes: \"-9,-8\" for every column, or \"COL:96,98;COL2:999\"." };
    private readonly Option<string?> _exclude = new("--exclude") { Description = "Columns that never enter, separated by commas." };
    private readonly Option<string?> _candidates = new("--candidates") { Description = "Families to try, separated by commas." };
    private readonly Option<double?> _budget = new("--budget") { Description = "Seconds to look for better hyper-parameters; without it there is no tuning." };
    private readonly Option<string?> _checkpoint = new("--checkpoint") { Description = "File that keeps what tuning tried: the same command goes on where it was interrupted (default: tuning.ndjson in the report's folder)." };
    private readonly Option<string?> _refit = new("--refit") { Description = "NAME[@VERSION] or package file that learns on from the rows of --input, as a challenger of itself." };
    private readonly Option<string?> _params = new("--params") { Description = "JSON file with fixed hyper-parameters." };
    private readonly Option<int> _threads = SharedOptions.Threads();
    private readonly Option<int?> _seed = new("--seed") { Description = "Seed of everything random (default: the dictionary's, else 1)." };
    private readonly Option<string[]> _acknowledge = new("--acknowledge") { Description = "Leakage findings taken responsibility for: COL:KIND, repeatable or separated by commas, or all." };
    private readonly Option<string?> _reason = new("--acknowledge-reason") { Description = "Why the findings are acknowledged; kept in the record with who and when." };
    private readonly Option<bool> _strict = new("--strict") { Description = "Refuse to train on an unacknowledged leak." };
    private readonly Option<bool> _noHeader = new("--no-header") { Description = "The file has no header; columns are c1 to cN." };

    /// <summary>Folder of the report and the package.</summary>
    public Option<string?> Report { get; } = new("--report") { Description = "Folder for report.json, record.json and model.cwb." };

    /// <summary>Name to register under.</summary>
    public Option<string?> Register { get; } = new("--register") { Description = "Register the model under this name." };

    /// <summary>Who builds it.</summary>
    public Option<string?> By { get; } = CommandActor.Option();

    /// <summary>Machine-readable result.</summary>
    public Option<string?> Json { get; } = SharedOptions.Json();

    /// <summary>Data folder.</summary>
    public Option<string?> Data { get; } = SharedOptions.Data();

    /// <summary>All options, for the verb.</summary>
    public IEnumerable<Option> All =>
    [
        _scorecard, _input, _fromStore, _asOf, _version, _target, _bad, _id, _group, _time, _outOfTime, _sensitive, _segment, _weight, _special, _exclude, _candidates, _budget, _checkpoint, _refit, _params, _threads, _seed,
        _acknowledge, _reason, _strict, _noHeader, Report, Register, By, Json, Data,
    ];

    /// <summary>The file to train on; rows of a scorecard without a file are generated into one that lives as long as the result.</summary>
    public async Task<Outcome<TrainingSource>> FileAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var input = parsed.GetValue(_input);
        if (input is not null && !File.Exists(input)) return new Problem("file.missing", $"{input} does not exist.") { Field = "--input", Remedy = "Check the path." };
        if (parsed.GetValue(_refit) is { } parent) return await RefitAsync(parsed, parent, input, cancellationToken);
        if (parsed.GetValue(_scorecard) is { } scorecard)
        {
            if (!(await Dictionaries.FindAsync(scorecard, parsed.GetValue(Data), cancellationToken)).TryGet(out var definition, out var problems)) return Outcome<TrainingSource>.Refused(problems);
            if (input is null && parsed.GetValue(_weight) is not null) return new Problem("train.weight", "Weights are a column of a file.") { Field = "--weight", Remedy = "Give --input FILE with --weight." };
            if (parsed.GetValue(_fromStore)) return input is null ? await FromStoreAsync(parsed, definition, cancellationToken) : new Problem("train.input", "Rows come from the store or from a file.") { Field = "--from-store", Remedy = "Leave --input or --from-store out." };
            return input is not null
                ? new TrainingSource(new TrainingFile(input) { Definition = definition, Reading = Reading(parsed), Weight = parsed.GetValue(_weight) }, null)
                : await GenerateAsync(definition, parsed.GetValue(_seed) ?? definition.Training.Seed, cancellationToken);
        }

        if (input is null) return new Problem("train.input", "Nothing to train on.") { Remedy = "Give --scorecard, or --input with --target and --bad." };
        if (parsed.GetValue(_target) is not { } target) return new Problem("target.missing", "The file's outcome column is not named.") { Field = "--target", Remedy = "Give --target COL." };
        if (parsed.GetValue(_bad) is not { } bad) return new Problem("target.bad.missing", "Which values of the outcome are bad is not said.") { Field = "--bad", Remedy = "Give --bad VALUE[,VALUE]." };
        return Inference(parsed, input, target, bad).Then<TrainingSource>(options => new TrainingSource(new TrainingFile(input) { Inference = options, Reading = Reading(parsed) }, null));
    }

    /// <summary>The name to register under: the one that is given, else that of the model that is refitted.</summary>
    public string? RegisterName(ParseResult parsed, TrainingSource source) => parsed.GetValue(Register) ?? source.Parent?.Reference.Split('@')[0];

    private async Task<Outcome<TrainingSource>> RefitAsync(ParseResult parsed, string reference, string? input, CancellationToken cancellationToken)
    {
        if (input is null) return new Problem("train.input", "There are no new rows to learn from.") { Field = "--input", Remedy = "Give --input FILE with --refit." };
        if (parsed.GetValue(_scorecard) is not null || parsed.GetValue(_target) is not null)
            return new Problem("train.refit.dictionary", "A refitted model keeps its own dictionary.") { Field = "--refit", Remedy = "Leave --scorecard, --target and --bad out." };
        return (await ModelReferences.OpenAsync(reference, parsed.GetValue(Data), cancellationToken)).Then<TrainingSource>(line =>
        {
            var release = line.Release;
            var file = new TrainingFile(input) { Definition = release.Definition, Reading = Reading(parsed), Weight = parsed.GetValue(_weight) };
            return new TrainingSource(file, null) { Parent = new RefitParent(release.Model.Reference, release.Model.PackageHash.Hex, release.Package) };
        });
    }

    /// <summary>Turns the dictionary's way of training into the one that is asked for.</summary>
    public Outcome<Func<ScorecardDefinition, TrainingSettings>> Settings(ParseResult parsed)
    {
        IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>? parameters = null;
        if (parsed.GetValue(_params) is { } fixedBy && !Parameters(fixedBy).TryGet(out parameters, out var problems)) return Outcome<Func<ScorecardDefinition, TrainingSettings>>.Refused(problems);
        var acknowledged = (parsed.GetValue(_acknowledge) ?? []).SelectMany(List).ToList();
        if (acknowledged.Find(one => one != "all" && !one.Contains(':', StringComparison.Ordinal)) is { } odd)
            return new Problem("acknowledge", $"'{odd}' is not COL:KIND.") { Field = "--acknowledge", Remedy = "Write the column and the kind of the finding, or all." };
        return Outcome<Func<ScorecardDefinition, TrainingSettings>>.Success(definition =>
        {
            var settings = TrainingSettings.Of(definition);
            var candidates = parsed.GetValue(_candidates);
            return settings with
            {
                Seed = parsed.GetValue(_seed) ?? settings.Seed,
                Split = settings.Split with { OutOfTimeFrom = parsed.GetValue(_outOfTime) },
                Candidates = candidates is null ? settings.Candidates : List(candidates),
                Choose = candidates is null ? settings.Choose : "best",
                Parameters = parameters ?? settings.Parameters,
                BudgetSeconds = parsed.GetValue(_budget),
                Untuned = [.. parameters?.Keys ?? []],
                TuningRecord = Checkpoint(parsed) is { } file ? new TuningFile(file) : null,
                Threads = parsed.GetValue(_threads),
                Strict = parsed.GetValue(_strict),
                AcknowledgesAll = acknowledged.Contains("all"),
                Acknowledged = [.. acknowledged.Where(one => one != "all").Select(Acknowledgement)],
                AcknowledgedBy = acknowledged.Count == 0 ? null : new FindingAcknowledgement(Environment.UserName, TimeProvider.System.GetUtcNow(), parsed.GetValue(_reason)),
            };
        });
    }

    private string? Checkpoint(ParseResult parsed) =>
        parsed.GetValue(_checkpoint) ?? (parsed.GetValue(Report) is { } folder ? Path.Combine(folder, "tuning.ndjson") : null);

    private Outcome<InferenceOptions> Inference(ParseResult parsed, string input, string target, string bad)
    {
        var specials = parsed.GetValue(_special) is { } codes ? SpecialCodeList.Parse(codes) : SpecialCodeList.None;
        if (!specials.TryGet(out var declared, out var problems)) return Outcome<InferenceOptions>.Refused(problems);
        return OutcomeLabels.ParseList(bad).Then<InferenceOptions>(values => new InferenceOptions(parsed.GetValue(Register) ?? Path.GetFileNameWithoutExtension(input), target, values)
        {
            Id = parsed.GetValue(_id),
            Group = parsed.GetValue(_group),
            Time = parsed.GetValue(_time),
            Segment = parsed.GetValue(_segment),
            Weight = parsed.GetValue(_weight),
            Sensitive = List(parsed.GetValue(_sensitive)),
            Excluded = List(parsed.GetValue(_exclude)),
            Specials = declared,
            Seed = parsed.GetValue(_seed) ?? 1,
        });
    }

    private FileReadOptions Reading(ParseResult parsed) => FileReadOptions.Default with { HasHeader = !parsed.GetValue(_noHeader) };

    // Exported beside the system's other temporary files, readable by this account only, and removed with the result.
    private async Task<Outcome<TrainingSource>> FromStoreAsync(ParseResult parsed, ScorecardDefinition definition, CancellationToken cancellationToken)
    {
        await using var app = await WorkbenchHost.OpenAsync(parsed.GetValue(Data), cancellationToken);
        var file = Path.Combine(Path.GetTempPath(), $"{definition.Id}-features-{Guid.CreateVersion7():N}.csv");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Outcome<FeatureSet> exported;
        await using (var writer = new StreamWriter(file, new UTF8Encoding(false), options))
            exported = await app.Services.GetRequiredService<FeatureDesk>().ExportAsync(definition.Id, parsed.GetValue(_version), parsed.GetValue(_asOf), writer, Actor.System, cancellationToken);
        if (exported.TryGet(out var set, out var problems))
        {
            await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Training on version {set.Version} of the features of {definition.Id} ({set.ContentHash.Short})."));
            return new TrainingSource(new TrainingFile(file) { Definition = definition, Reading = Reading(parsed) }, file);
        }

        File.Delete(file);
        return Outcome<TrainingSource>.Refused(problems);
    }

    private static async Task<Outcome<TrainingSource>> GenerateAsync(ScorecardDefinition definition, int seed, CancellationToken cancellationToken)
    {
        var file = Path.Combine(Path.GetTempPath(), $"{definition.Id}-{seed.ToString(CultureInfo.InvariantCulture)}-{Guid.CreateVersion7():N}.csv");
        var written = await SyntheticFile.WriteAsync(definition, new SyntheticSwitches(seed), file, Environment.ProcessorCount, cancellationToken);
        if (!written.TryGet(out _, out var problems))
        {
            File.Delete(file);
            return Outcome<TrainingSource>.Refused(problems);
        }

        return new TrainingSource(new TrainingFile(file) { Definition = definition }, file);
    }

    private static Outcome<IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>> Parameters(string file)
    {
        if (!File.Exists(file)) return new Problem("file.missing", $"{file} does not exist.") { Field = "--params", Remedy = "Check the path." };
        return CandidateParameters.FromJson(File.ReadAllText(file));
    }

    private static Acknowledgement Acknowledgement(string text)
    {
        var at = text.LastIndexOf(':');
        return new Acknowledgement(text[..at], text[(at + 1)..]);
    }

    private static string[] List(string? text) => text?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
}

/// <summary>A file to train on; a generated one is removed with it.</summary>
public sealed record TrainingSource(TrainingFile File, string? Generated) : IDisposable
{
    /// <summary>The model that is refitted; null to build a new one.</summary>
    public RefitParent? Parent { get; init; }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Generated is not null) System.IO.File.Delete(Generated);
    }
}

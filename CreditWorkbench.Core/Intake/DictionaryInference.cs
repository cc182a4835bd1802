using System.Globalization;
using System.Text;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Intake;

/// <summary>Makes a dictionary from a file with an outcome column, so that any such file becomes a scorecard without code: one
/// input and one feature per column that can be learnt from, no direction claimed, no action allowed.</summary>
public static class DictionaryInference
{
    private const int MostOutcomes = 50;
    private const string DefaultCurrency = "USD";

    /// <summary>Name of the only source of an inferred dictionary.</summary>
    public const string SourceName = "file";

    /// <summary>Infers the dictionary.</summary>
    /// <param name="profile">Findings on the file, made with the same special codes.</param>
    /// <param name="options">What the user says.</param>
    /// <returns>The dictionary with its warnings; refused, with every fault at once, when a named column is unknown, the outcome
    /// cannot be used, or nothing is left to learn from.</returns>
    public static Outcome<InferredDictionary> Infer(FileProfile profile, InferenceOptions options)
    {
        var (problems, warnings) = (new List<Problem>(), new List<Problem>());
        CheckColumns(profile, options, problems);
        if (problems.Count > 0) return problems;
        var target = TargetOf(profile.Column(options.Target)!, options, problems, warnings);
        var read = ReadRulesOf(profile);
        var names = new InferredNames([.. profile.Columns.Select(column => column.Name)]);
        var maker = new InferredInputs(options, read, names, problems, warnings);
        string?[] apart = [options.Target, options.Id, options.Group, options.Time, options.Weight, .. options.Excluded];
        var columns = profile.Columns.Where(column => !apart.Contains(column.Name)).ToList();
        var made = columns.Select(column => (Column: column, Input: maker.Of(column))).Where(pair => pair.Input is not null).ToList();
        InputDefinition[] inputs = [.. made.Select(pair => WithRole(pair.Input!, pair.Column, options))];
        read = read with { RenamedColumns = made.Where(pair => pair.Input!.Name != pair.Column.Name).ToDictionary(pair => pair.Column.Name, pair => pair.Input!.Name, StringComparer.Ordinal) };
        if (problems.Count == 0 && inputs.All(input => input.Sensitive)) problems.AddRange([InferenceProblems.NoInputs, .. warnings]);
        if (problems.Count > 0) return problems;
        var checkedText = ScorecardDefinitions.Checked(Assemble(profile, options, read, target!, inputs), $"{InferredTexts.Id(options.Name)}.yaml");
        if (!checkedText.TryGet(out var definition, out var faults)) return Outcome<InferredDictionary>.Refused(faults);
        return new InferredDictionary(definition, warnings, options.Time is null ? null : profile.Column(options.Time)!.DateFormat) { Weight = options.Weight };
    }

    private static void CheckColumns(FileProfile profile, InferenceOptions options, List<Problem> problems)
    {
        if (profile.Column(options.Target) is null) problems.Add(ColumnProblems.ColumnUnknown(options.Target, profile.Layout.Columns) with { Code = "target.column.unknown" });
        foreach (var column in new[] { options.Id, options.Group, options.Time, options.Segment, options.Weight }.OfType<string>().Concat(options.Sensitive).Concat(options.Excluded).Distinct())
        {
            if (profile.Column(column) is null) problems.Add(ColumnProblems.ColumnUnknown(column, profile.Layout.Columns));
        }

        if (options.Bad.Count == 0) problems.Add(InferenceProblems.NoBadValue(options.Target));
        if (options.Time is { } time && profile.Column(time) is { DateFormat: null } found && found.Kind != ColumnKind.Constant)
            problems.Add(new Problem("column.date", "The column holds no dates, or dates that can be read in two ways.") { Field = time, Remedy = "Write dates as 2026-11-20." });
    }

    private static TargetDefinition? TargetOf(ColumnProfile column, InferenceOptions options, List<Problem> problems, List<Problem> warnings)
    {
        var labels = OutcomeLabels.Bad(options.Bad);
        var bad = column.Levels.Where(level => labels.ClassOf(Encoding.UTF8.GetBytes(level.Value)) == 1).Sum(level => level.Rows);
        if (column.Levels.Count == 0) problems.Add(InferenceProblems.NoOutcome(column.Name));
        else if (!column.LevelsComplete || column.Levels.Count > MostOutcomes) problems.Add(InferenceProblems.TooManyOutcomes(column.Name, column.LevelsComplete ? column.Levels.Count : null));
        else if (bad == 0) problems.Add(InferenceProblems.BadAbsent(column.Name, options.Bad, column.Levels));
        else if (bad == column.Levels.Sum(level => level.Rows)) problems.Add(InferenceProblems.OnlyBad(column.Name, bad));
        if (column.Missing > 0) warnings.Add(InferenceProblems.OutcomeMissing(column.Name, column.Missing));
        if (problems.Count > 0) return null;
        var values = string.Join(", ", options.Bad);
        return new TargetDefinition
        {
            Column = column.Name,
            Bad = options.Bad,
            Good = [.. column.Levels.Select(level => level.Value).Where(level => labels.ClassOf(Encoding.UTF8.GetBytes(level)) == 0)],
            HorizonMonths = 12,
            Meaning = InferredTexts.Both($"{column.Name} is {values}.", $"{column.Name} bernilai {values}."),
        };
    }

    // A decimal comma holds for the whole file, as software that writes files decides it; commas between thousands are dropped.
    private static ReadRules ReadRulesOf(FileProfile profile)
    {
        var numeric = profile.Columns.Where(column => column.Numbers > 0 && column.Kind is not (ColumnKind.Category or ColumnKind.Text)).ToList();
        var comma = numeric.Count(column => column.Format == NumberFormat.DecimalComma);
        var decimalComma = comma > 0 && comma >= numeric.Count(column => !column.ReadsWithComma);
        var thousands = !decimalComma && numeric.Any(column => column.Format == NumberFormat.ThousandsComma);
        return ReadRules.None with { DecimalComma = decimalComma, StrippedSymbols = thousands ? [","] : [] };
    }

    private static InputDefinition WithRole(InputDefinition input, ColumnProfile column, InferenceOptions options) => input with
    {
        Role = column.Name == options.Segment ? InputRole.Segment : InputRole.None,
        Required = !input.Sensitive && column.Missing == 0,
    };

    private static ScorecardDefinition Assemble(FileProfile profile, InferenceOptions options, ReadRules read, TargetDefinition target, InputDefinition[] inputs)
    {
        var labels = OutcomeLabels.Of(target);
        var outcome = profile.Column(target.Column)!;
        var badShare = outcome.Levels.Where(level => labels.ClassOf(Encoding.UTF8.GetBytes(level.Value)) == 1).Sum(level => level.Rows) / (double)outcome.Levels.Sum(level => level.Rows);
        var summary = InferredTexts.Both($"Made from a file of {profile.Rows.ToString("N0", CultureInfo.InvariantCulture)} rows.", $"Dibuat dari berkas berisi {profile.Rows.ToString("N0", CultureInfo.GetCultureInfo("id-ID"))} baris.");
        return Compose(options.Name, summary, target, inputs, badShare) with
        {
            Currency = options.Currency,
            Read = read,
            Keys = new KeyColumns(options.Id, options.Time, options.Group),
            Training = new TrainingDefinition { By = options.Group, Seed = options.Seed, NeverColumns = options.Excluded },
        };
    }

    /// <summary>A definition around inputs: every one that is not sensitive becomes a feature with a reason, and the policy is a start.
    /// Its text is not written yet.</summary>
    internal static ScorecardDefinition Compose(string name, LocalizedText summary, TargetDefinition target, IReadOnlyList<InputDefinition> inputs, double badShare)
    {
        InputDefinition[] learnt = [.. inputs.Where(input => !input.Sensitive)];
        return new ScorecardDefinition
        {
            Id = InferredTexts.Id(name),
            Version = "1.0.0",
            Languages = InferredTexts.Languages,
            Title = LocalizedText.Same(name, InferredTexts.Languages),
            Summary = summary,
            Currency = DefaultCurrency,
            Sources = [new SourceDefinition(SourceName, InferredTexts.Both("File", "Berkas"), NeedsConsent: false, Months: null, Withdrawable: false)],
            Consent = new ConsentDefinition(["scoring"], ["scoring"], InferredTexts.Both("I agree that my data are used to work out a credit score.", "Saya setuju data saya dipakai untuk menghitung skor kredit.")),
            Groups = [.. learnt.Select(input => new GroupDefinition(input.Name, input.Label))],
            Inputs = inputs,
            Features = [.. learnt.Select((input, i) => FeatureOf(input, Code(i)))],
            Reasons = [.. learnt.Select((input, i) => InferredTexts.Reason(Code(i), input.Label.In("en")))],
            Target = target,
            Scale = new ScaleDefinition(),
            Grades = InferredPolicy.Grades,
            Policy = InferredPolicy.Of(badShare),
            Training = new TrainingDefinition(),
            SourceText = "",
            ScoringHash = default,
            PresentationHash = default,
        };
    }

    private static string Code(int index) => string.Create(CultureInfo.InvariantCulture, $"C{index + 1:00}");

    private static FeatureDefinition FeatureOf(InputDefinition input, string reason) => new()
    {
        Name = input.Name,
        From = input.Name,
        IsFlag = input.Type == InputType.Flag,
        Label = input.Label,
        Minimum = input.Minimum,
        Maximum = input.Maximum,
        Direction = RiskDirection.Free,
        Group = input.Name,
        Reason = reason,
        FlagsSpecials = input.Specials.Count > 0,
    };
}

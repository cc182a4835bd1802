using System.Text.RegularExpressions;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Scorecards;

/// <summary>Reads a scorecard dictionary from YAML, format 1, and checks it. All faults come at once.</summary>
public static partial class ScorecardReader
{
    /// <summary>Longest file that is read, in characters.</summary>
    public const int LongestFile = 2_000_000;

    /// <summary>The definition, or every fault with file, line, path and reason.</summary>
    /// <param name="yaml">Text of the file.</param>
    /// <param name="fileName">Name for messages.</param>
    public static Outcome<ScorecardDefinition> Read(string yaml, string fileName)
    {
        var reading = Inspect(yaml, fileName);
        return reading.Definition is { } definition ? definition : Outcome<ScorecardDefinition>.Refused(reading.Problems);
    }

    /// <summary>The definition or every fault, and the warnings beside either.</summary>
    /// <param name="yaml">Text of the file.</param>
    /// <param name="fileName">Name for messages.</param>
    public static ScorecardReading Inspect(string yaml, string fileName)
    {
        ArgumentNullException.ThrowIfNull(yaml);
        var log = new ReadingLog(fileName);
        var definition = yaml.Length > LongestFile ? TooLong(log) : Definition(yaml, log);
        return new(log.Problems.Count == 0 ? definition : null, log.Problems, log.Warnings);
    }

    private static ScorecardDefinition? TooLong(ReadingLog log)
    {
        log.Error("scorecard.file.long", 1, "", $"The file is longer than {LongestFile} characters.");
        return null;
    }

    private static ScorecardDefinition? Definition(string yaml, ReadingLog log)
    {
        if (DictionaryTree.Read(yaml, log) is not { } node) return null;
        if (node is not MappingNode)
        {
            log.Error("scorecard.kind", node.Line, "", "A dictionary is a mapping.");
            return null;
        }
        var root = DictionaryElement.At(node, "", log);
        CheckFormat(root);
        log.Languages = Languages(root);
        var definition = Whole(root, yaml);
        root.Close();
        log.EndForm();
        ScorecardChecker.Check(definition, log);
        return log.Problems.Count == 0 ? StagedInputs.Split(ScorecardDefinitions.WithHashes(definition)) : definition;
    }

    private static ScorecardDefinition Whole(DictionaryElement root, string yaml)
    {
        var inputs = InputReader.Inputs(root);
        var flagsSpecials = root.Choice("specials", FeatureReader.SpecialTreatments);
        var features = new FeatureReader(inputs.ToDictionary(input => input.Name), flagsSpecials).Features(root);
        var target = TargetReader.Target(root);
        var leakage = PolicyReader.Leakage(root);
        var staging = StagingReader.Staging(root);
        return new ScorecardDefinition
        {
            Id = Identity(root),
            Version = root.Text("version"),
            Languages = root.Log.Languages,
            Title = root.Localized("title"),
            Summary = root.Localized("summary"),
            SubjectIsCompany = root.Choice("subject", new Dictionary<string, bool> { ["person"] = false, ["company"] = true }, mandatory: true),
            Currency = root.Text("currency"),
            Keys = Keys(root),
            ScoreValidDays = root.Integer("score_valid_days", 90),
            Read = ReadRulesOf(root),
            Sources = InputReader.Sources(root),
            Consent = Consent(root),
            Groups = InputReader.Groups(root),
            Inputs = inputs,
            Features = features,
            Reasons = ReasonReader.Reasons(root),
            Actions = ReasonReader.Actions(root),
            Target = target,
            Scale = TargetReader.Scale(root, target.IsOrdinal),
            Grades = TargetReader.Grades(root),
            RiskLevels = TargetReader.RiskLevels(root),
            Costs = TargetReader.Costs(root),
            Policy = PolicyReader.Policy(root),
            Leakage = leakage,
            Training = TrainingReader.Training(root, leakage),
            Staging = staging,
            Statement = StatementReader.Statement(root),
            Synthetic = SyntheticReader.Synthetic(root, staging is not null),
            SourceText = yaml,
            ScoringHash = default,
            PresentationHash = default,
        };
    }

    private static void CheckFormat(DictionaryElement root)
    {
        var format = root.TextOrNull("format");
        if (format != "1") root.Fault("scorecard.format", "format", format is null ? "The element 'format' is missing; this is format 1." : $"Format '{format}' is not known; this is format 1.");
    }

    private static IReadOnlyList<string> Languages(DictionaryElement root)
    {
        var languages = root.Texts("languages", mandatory: true);
        if (languages.Count > 0 && languages.All(language => LanguageForm().IsMatch(language)) && languages.Distinct().Count() == languages.Count) return languages;
        if (root.Has("languages")) root.Fault("scorecard.languages", "languages", "Languages are different two-letter codes, at least one.");
        return languages.Count > 0 ? [.. languages.Distinct()] : ["en"];
    }

    private static string Identity(DictionaryElement root)
    {
        var id = root.Text("id");
        if (id.Length > 0 && !IdForm().IsMatch(id)) root.Fault("scorecard.id", "id", "An id has lower-case letters, digits and hyphens and starts with a letter.");
        return id;
    }

    private static KeyColumns Keys(DictionaryElement root)
    {
        if (root.Child("keys") is not { } element) return new(null, null, null);
        var keys = new KeyColumns(element.TextOrNull("id"), element.TextOrNull("time"), element.TextOrNull("applicant"));
        element.Close();
        return keys;
    }

    private static ReadRules ReadRulesOf(DictionaryElement root)
    {
        if (root.Child("read") is not { } element) return ReadRules.None;
        var rules = new ReadRules(element.Texts("missing"), element.TextMap("rename"), element.Texts("strip")) { DecimalComma = element.Flag("decimal_comma", false) };
        element.Close();
        return rules;
    }

    private static ConsentDefinition Consent(DictionaryElement root)
    {
        var element = root.Required("consent");
        var consent = new ConsentDefinition(element.Texts("purposes", mandatory: true), element.Texts("required_for_score", mandatory: true), element.Localized("text"));
        element.Close();
        return consent;
    }

    [GeneratedRegex("^[a-z]{2}$")]
    private static partial Regex LanguageForm();

    [GeneratedRegex("^[a-z][a-z0-9-]{0,63}$")]
    private static partial Regex IdForm();
}

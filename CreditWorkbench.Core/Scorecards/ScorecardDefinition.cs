using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Scorecards;

/// <summary>The single dictionary of a scorecard: form, validation, features, constraints, labels, reasons, roadmap rules, audit
/// groups and API schema follow from it. Checked: a definition that exists is valid.</summary>
public sealed record ScorecardDefinition
{
    /// <summary>Identity in files, addresses and the API.</summary>
    public required string Id { get; init; }
    /// <summary>Version as written (semantic).</summary>
    public required string Version { get; init; }
    /// <summary>Two-letter language codes in the order of texts.</summary>
    public required IReadOnlyList<string> Languages { get; init; }
    /// <summary>Title.</summary>
    public required LocalizedText Title { get; init; }
    /// <summary>What it is for.</summary>
    public required LocalizedText Summary { get; init; }
    /// <summary>Whether companies apply; else persons.</summary>
    public bool SubjectIsCompany { get; init; }
    /// <summary>ISO 4217 code.</summary>
    public required string Currency { get; init; }
    /// <summary>Column names of id, time and applicant.</summary>
    public KeyColumns Keys { get; init; } = new(null, null, null);
    /// <summary>Life of a score in days.</summary>
    public int ScoreValidDays { get; init; } = 90;
    /// <summary>How files of this family are read: missing tokens, renamed columns, symbols stripped from numbers.</summary>
    public ReadRules Read { get; init; } = ReadRules.None;
    /// <summary>Where values come from, by name, in file order.</summary>
    public required IReadOnlyList<SourceDefinition> Sources { get; init; }
    /// <summary>Purposes and text of consent.</summary>
    public required ConsentDefinition Consent { get; init; }
    /// <summary>Families of correlated facts, in file order.</summary>
    public required IReadOnlyList<GroupDefinition> Groups { get; init; }
    /// <summary>Inputs in file order.</summary>
    public required IReadOnlyList<InputDefinition> Inputs { get; init; }
    /// <summary>Features in file order; the model's columns are those with use Model, in this order.</summary>
    public required IReadOnlyList<FeatureDefinition> Features { get; init; }
    /// <summary>Reasons by code, in file order.</summary>
    public required IReadOnlyList<ReasonDefinition> Reasons { get; init; }
    /// <summary>What an applicant can change, in file order.</summary>
    public IReadOnlyList<ActionDefinition> Actions { get; init; } = [];
    /// <summary>What is predicted.</summary>
    public required TargetDefinition Target { get; init; }
    /// <summary>How margins become points.</summary>
    public required ScaleDefinition Scale { get; init; }
    /// <summary>Score bands, best first.</summary>
    public required IReadOnlyList<GradeDefinition> Grades { get; init; }
    /// <summary>Bands of PD by name, least risk first; may be empty.</summary>
    public IReadOnlyList<RiskLevelDefinition> RiskLevels { get; init; } = [];
    /// <summary>Costs of wrong decisions; null when not stated.</summary>
    public CostDefinition? Costs { get; init; }
    /// <summary>Rules, cut-offs and authority.</summary>
    public required PolicyDefinition Policy { get; init; }
    /// <summary>Limits beyond which a feature is taken for a leak; null when not stated.</summary>
    public LeakageDefinition? Leakage { get; init; }
    /// <summary>How models are built.</summary>
    public required TrainingDefinition Training { get; init; }
    /// <summary>Tables and the as-of rule; null for one flat file.</summary>
    public StagingDefinition? Staging { get; init; }
    /// <summary>How bank statements become inputs; null without.</summary>
    public StatementDefinition? Statement { get; init; }
    /// <summary>Synthetic generator; null without.</summary>
    public SyntheticDefinition? Synthetic { get; init; }
    /// <summary>The YAML source text that the definition was read from or would be written as.</summary>
    public required string SourceText { get; init; }
    /// <summary>Hash of inputs, codes, features, transforms and directions: models are tied to it.</summary>
    public required ContentHash ScoringHash { get; init; }
    /// <summary>Hash of labels, help and texts.</summary>
    public required ContentHash PresentationHash { get; init; }

    /// <summary>The model's columns in order.</summary>
    public IReadOnlyList<FeatureDefinition> ModelFeatures => [.. Features.Where(feature => feature.Use == FeatureUse.Model)];

    /// <summary>The input with a name; null when unknown.</summary>
    public InputDefinition? Input(string name)
    {
        // Asked for every feature of every answer: no closure, no enumerator.
        for (var i = 0; i < Inputs.Count; i++)
        {
            if (Inputs[i].Name == name) return Inputs[i];
        }

        return null;
    }

    /// <summary>The feature with a name; null when unknown.</summary>
    public FeatureDefinition? Feature(string name)
    {
        for (var i = 0; i < Features.Count; i++)
        {
            if (Features[i].Name == name) return Features[i];
        }

        return null;
    }

    /// <summary>The reason with a code; null when unknown.</summary>
    public ReasonDefinition? Reason(string code) => Reasons.FirstOrDefault(reason => reason.Code == code);
}

/// <summary>Column names of a file family; null where it has none.</summary>
public sealed record KeyColumns(string? Id, string? Time, string? Applicant);

/// <summary>How files of a family are read.</summary>
/// <param name="MissingTokens">Cells that mean missing, beyond the empty cell.</param>
/// <param name="RenamedColumns">Column in the file to input name.</param>
/// <param name="StrippedSymbols">Symbols removed from numbers.</param>
public sealed record ReadRules(IReadOnlyList<string> MissingTokens, IReadOnlyDictionary<string, string> RenamedColumns, IReadOnlyList<string> StrippedSymbols)
{
    /// <summary>Numbers are written with a decimal comma, thousands by points or not at all.</summary>
    public bool DecimalComma { get; init; }

    /// <summary>Nothing special.</summary>
    public static ReadRules None { get; } = new([], new Dictionary<string, string>(), []);
}

/// <summary>Where values come from.</summary>
/// <param name="Name">As inputs name it.</param>
/// <param name="Label">For people.</param>
/// <param name="NeedsConsent">Whether the applicant's consent is needed.</param>
/// <param name="Months">How long consent is valid; null for the default of 365 days.</param>
/// <param name="Withdrawable">Blanked at random in 10 % of training rows, so that the missing path is learnt.</param>
public sealed record SourceDefinition(string Name, LocalizedText Label, bool NeedsConsent, int? Months, bool Withdrawable);

/// <summary>Consent: purposes and the text that the applicant sees.</summary>
/// <param name="Purposes">All purposes.</param>
/// <param name="RequiredForScore">Those without which nothing is scored.</param>
/// <param name="Text">The text; its hash per language identifies the version.</param>
public sealed record ConsentDefinition(IReadOnlyList<string> Purposes, IReadOnlyList<string> RequiredForScore, LocalizedText Text);

/// <summary>A family of correlated facts: at most one reason, one bar in the simple waterfall.</summary>
public sealed record GroupDefinition(string Name, LocalizedText Label);

/// <summary>A reason: the sentences that explain a feature or a rule.</summary>
/// <param name="Code">Stable code.</param>
/// <param name="Adverse">Sentence when it lowers the score; may hold <c>{value}</c>.</param>
/// <param name="Favourable">Sentence when it raises the score; null for policy reasons.</param>
/// <param name="Advice">What the applicant can do; null when there is nothing.</param>
/// <param name="ValueOf">Feature that fills <c>{value}</c>; null for the one that contributed.</param>
public sealed record ReasonDefinition(string Code, LocalizedText Adverse, LocalizedText? Favourable, LocalizedText? Advice, string? ValueOf);

/// <summary>One band of the score.</summary>
/// <param name="Code">Letter.</param>
/// <param name="From">Lowest issued score of the band.</param>
/// <param name="Label">Word.</param>
/// <param name="Band">Risk band it belongs to (low, moderate, high); null when not stated.</param>
public sealed record GradeDefinition(string Code, int From, LocalizedText Label, string? Band);

/// <summary>A named band of PD: up to and including <paramref name="UpTo"/>.</summary>
public sealed record RiskLevelDefinition(string Name, LocalizedText Label, double UpTo);

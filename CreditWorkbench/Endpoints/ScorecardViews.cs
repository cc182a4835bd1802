using System.Text.Json;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Web.Endpoints;

/// <summary>A scorecard in a list.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Version">Version of the dictionary.</param>
/// <param name="Title">Title in the caller's language.</param>
/// <param name="Summary">What it is for.</param>
/// <param name="Subject">person or company.</param>
/// <param name="Languages">Languages of its texts.</param>
/// <param name="ScoringHash">Identity of inputs and features: models are tied to it.</param>
public sealed record ScorecardSummaryView(string Id, string Version, string Title, string Summary, string Subject, IReadOnlyList<string> Languages, string ScoringHash)
{
    /// <summary>The view of a dictionary.</summary>
    public static ScorecardSummaryView Of(ScorecardDefinition definition, string language)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return new ScorecardSummaryView(
            definition.Id, definition.Version, definition.Title.In(language), definition.Summary.In(language), definition.SubjectIsCompany ? "company" : "person", definition.Languages, definition.ScoringHash.Hex);
    }
}

/// <summary>A code with its meaning.</summary>
/// <param name="Code">As it is sent.</param>
/// <param name="Label">Meaning in the caller's language.</param>
public sealed record CodeView(string Code, string Label);

/// <summary>One input.</summary>
/// <param name="Name">Name in <c>values</c>.</param>
/// <param name="Label">Label in the caller's language.</param>
/// <param name="Help">What it is and how to find it.</param>
/// <param name="Type">number, integer, category, flag, date, dateTime or text.</param>
/// <param name="Unit">Unit; null without one.</param>
/// <param name="Per">year or month for amounts per period; null otherwise.</param>
/// <param name="Minimum">Smallest allowed value; null without a limit.</param>
/// <param name="Maximum">Largest allowed value; null without a limit.</param>
/// <param name="Values">Allowed values of a category.</param>
/// <param name="Specials">Special codes: outside the range, each with a meaning of its own.</param>
/// <param name="Required">Whether a value is demanded.</param>
/// <param name="Sensitive">Kept for audits only; never scored.</param>
/// <param name="Pii">Kind of personal data; null otherwise.</param>
/// <param name="Source">Where the value comes from.</param>
public sealed record InputView(
    string Name, string Label, string Help, string Type, string? Unit, string? Per, double? Minimum, double? Maximum, IReadOnlyList<CodeView> Values, IReadOnlyList<CodeView> Specials, bool Required, bool Sensitive,
    string? Pii, string Source);

/// <summary>One feature of the model.</summary>
/// <param name="Name">Name.</param>
/// <param name="Label">Label in the caller's language.</param>
/// <param name="Unit">Unit; null without one.</param>
/// <param name="Direction">free, rises or falls: how risk moves as the value rises.</param>
/// <param name="Group">Family of correlated facts; null without.</param>
/// <param name="Expression">How it is worked out; null where an input is passed through.</param>
/// <param name="From">The input that is passed through; null otherwise.</param>
public sealed record FeatureView(string Name, string Label, string? Unit, string Direction, string? Group, string? Expression, string? From);

/// <summary>How margins become points.</summary>
/// <param name="Kind">odds or ordinal.</param>
/// <param name="Min">Lowest score.</param>
/// <param name="Max">Highest score.</param>
/// <param name="Base">Score at <c>odds</c>; null on an ordinal scale.</param>
/// <param name="Odds">Odds good : bad at <c>base</c>; null on an ordinal scale.</param>
/// <param name="Pdo">Points that double the odds; null on an ordinal scale.</param>
public sealed record ScaleView(string Kind, int Min, int Max, double? Base, double? Odds, double? Pdo);

/// <summary>One band of the score.</summary>
/// <param name="Code">Letter.</param>
/// <param name="From">Lowest score of the band.</param>
/// <param name="Label">Word in the caller's language.</param>
public sealed record GradeView(string Code, int From, string Label);

/// <summary>A named band of PD.</summary>
/// <param name="Name">Name.</param>
/// <param name="Label">Word in the caller's language.</param>
/// <param name="UpTo">PD up to and including.</param>
public sealed record RiskLevelView(string Name, string Label, double UpTo);

/// <summary>A dictionary.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Version">Version of the dictionary.</param>
/// <param name="Title">Title in the caller's language.</param>
/// <param name="Summary">What it is for.</param>
/// <param name="Subject">person or company.</param>
/// <param name="Languages">Languages of its texts.</param>
/// <param name="ScoringHash">Identity of inputs and features.</param>
/// <param name="Inputs">What is asked.</param>
/// <param name="Features">What the model sees.</param>
/// <param name="Scale">How margins become points.</param>
/// <param name="Grades">Score bands, best first.</param>
/// <param name="RiskLevels">Bands of PD.</param>
/// <param name="Cutoffs">Cut-offs of the policy.</param>
public sealed record ScorecardView(
    string Id, string Version, string Title, string Summary, string Subject, IReadOnlyList<string> Languages, string ScoringHash, IReadOnlyList<InputView> Inputs, IReadOnlyList<FeatureView> Features, ScaleView Scale,
    IReadOnlyList<GradeView> Grades, IReadOnlyList<RiskLevelView> RiskLevels, CutoffsView Cutoffs)
{
    /// <summary>The view of a dictionary.</summary>
    public static ScorecardView Of(ScorecardDefinition definition, string language)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return new ScorecardView(
            definition.Id, definition.Version, definition.Title.In(language), definition.Summary.In(language), definition.SubjectIsCompany ? "company" : "person", definition.Languages, definition.ScoringHash.Hex,
            [.. definition.Inputs.Select(input => InputOf(input, language))], FeaturesOf(definition, language), ScaleOf(definition),
            [.. definition.Grades.Select(grade => new GradeView(grade.Code, grade.From, grade.Label.In(language)))],
            [.. definition.RiskLevels.Select(level => new RiskLevelView(level.Name, level.Label.In(language), level.UpTo))],
            new CutoffsView(definition.Policy.ApproveFrom, definition.Policy.DeclineBelow));
    }

    /// <summary>The features that a model sees, in the order of its columns.</summary>
    public static IReadOnlyList<FeatureView> FeaturesOf(ScorecardDefinition definition, string language)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return [.. definition.ModelFeatures.Select(feature => new FeatureView(
            feature.Name, feature.Label.In(language), feature.Unit, feature.Direction.ToString().ToLowerInvariant(), feature.Group, feature.ExpressionText, feature.From))];
    }

    private static InputView InputOf(InputDefinition input, string language) => new(
        input.Name, input.Label.In(language), input.Help.In(language), input.Type == InputType.DateTime ? "dateTime" : input.Type.ToString().ToLowerInvariant(), input.Unit, input.Per, input.Minimum, input.Maximum,
        [.. input.Values.Select(value => new CodeView(value.Code, value.Label.In(language)))], [.. input.Specials.Select(special => new CodeView(special.Value, special.Label.In(language)))],
        input.Required, input.Sensitive, input.Pii, input.Source);

    private static ScaleView ScaleOf(ScorecardDefinition definition) => definition.Target.IsOrdinal
        ? new ScaleView("ordinal", definition.Scale.Min, definition.Scale.Max, null, null, null)
        : new ScaleView("odds", definition.Scale.Min, definition.Scale.Max, definition.Scale.Base, definition.Scale.Odds, definition.Scale.Pdo);
}

/// <summary>Where a model comes from.</summary>
/// <param name="DataHash">Content hash of the data set.</param>
/// <param name="Rows">Labelled rows.</param>
/// <param name="Positives">Bad rows among them.</param>
/// <param name="Seed">Seed of split, folds and training.</param>
/// <param name="CodeVersion">Version of the program that trained.</param>
/// <param name="Parameters">Hyper-parameters.</param>
public sealed record LineageView(string DataHash, long Rows, long Positives, int Seed, string CodeVersion, JsonElement Parameters);

/// <summary>The release that answers.</summary>
/// <param name="Scorecard">Scorecard.</param>
/// <param name="ModelVersion">NAME@VERSION.</param>
/// <param name="Family">Family of the predictor.</param>
/// <param name="Release">Hash of the release.</param>
/// <param name="PackageHash">Hash of the package.</param>
/// <param name="ScoringHash">Dictionary that it was trained on.</param>
/// <param name="Stage">Stage.</param>
/// <param name="InProductionSince">Since when.</param>
/// <param name="CreatedAt">When it was registered.</param>
/// <param name="NumericContract">Version of the arithmetic.</param>
/// <param name="Lineage">Where it comes from.</param>
public sealed record ModelView(
    string Scorecard, string ModelVersion, string Family, string Release, string PackageHash, string ScoringHash, string Stage, DateTimeOffset InProductionSince, DateTimeOffset CreatedAt, int NumericContract, LineageView Lineage)
{
    /// <summary>The view of a release.</summary>
    public static ModelView Of(Release release)
    {
        ArgumentNullException.ThrowIfNull(release);
        var (model, lineage) = (release.Model, release.Package.Lineage);
        return new ModelView(
            model.ScorecardId, model.Reference, model.Family, model.ReleaseHash.Hex, model.PackageHash.Hex, model.ScoringHash.Hex, model.Stage.ToString().ToLowerInvariant(), model.StageSince, model.CreatedAt,
            release.Package.NumericContract, new LineageView(lineage.DataHash, lineage.Rows, lineage.Positives, lineage.Seed, lineage.CodeVersion, Parsed(lineage.ParametersJson)));
    }

    internal static JsonElement Parsed(string json)
    {
        using var document = JsonDocument.Parse(json.Length == 0 ? "{}" : json);
        return document.RootElement.Clone();
    }
}

/// <summary>Figures of the release that answers, as they were measured when it was built.</summary>
/// <param name="Scorecard">Scorecard.</param>
/// <param name="ModelVersion">NAME@VERSION.</param>
/// <param name="Metrics">Cross-validation, test (with its intervals), out-of-time, fairness and leakage, as far as they were measured.</param>
/// <param name="Features">Features of the model.</param>
public sealed record MetricsView(string Scorecard, string ModelVersion, IReadOnlyDictionary<string, JsonElement> Metrics, IReadOnlyList<FeatureView> Features)
{
    private static readonly string[] Told = ["rows", "positives", "split", "cv", "test", "outOfTime", "candidates", "fairness", "leakage", "seconds"];

    /// <summary>The view of a release.</summary>
    public static MetricsView Of(Release release, string language)
    {
        ArgumentNullException.ThrowIfNull(release);
        var report = ModelView.Parsed(release.Package.ReportJson);
        var metrics = Told.Where(name => report.TryGetProperty(name, out _)).ToDictionary(name => name, name => report.GetProperty(name), StringComparer.Ordinal);
        return new MetricsView(release.Model.ScorecardId, release.Model.Reference, metrics, ScorecardView.FeaturesOf(release.Definition, language));
    }
}

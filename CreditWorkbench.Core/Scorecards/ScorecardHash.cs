using System.Globalization;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Scorecards;

/// <summary>Identities of the parts of a dictionary, over one canonical encoding: neither the layout of the file nor comments count.</summary>
public static class ScorecardHash
{
    /// <summary>Inputs, codes, features that a model reads (with those they rest on), transforms, directions, tables and how files are
    /// read. A model is tied to it; an application pins it.</summary>
    public static ContentHash Scoring(ScorecardDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var text = new CanonicalText().Add("scoring", "1").Add("id", definition.Id);
        text.Add("missing", definition.Read.MissingTokens).Add("strip", definition.Read.StrippedSymbols);
        if (definition.Read.DecimalComma) text.Add("decimal", "comma");
        text.Add("rename", Sorted(definition.Read.RenamedColumns), entry => text.Add(entry.Key, entry.Value));
        text.Add("inputs", Asked(definition), input => Add(text, input));
        var reach = new FeatureReach(definition);
        var reached = definition.ModelFeatures.SelectMany(feature => reach.Of(feature.Name)).ToHashSet(StringComparer.Ordinal);
        text.Add("features", StagedInputs.FeaturesOf(definition).Where(feature => reached.Contains(feature.Name)).ToArray(), feature => Add(text, feature));
        if (definition.Staging is { } staging) Add(text, staging);
        return ContentHash.Of(text.ToString());
    }

    /// <summary>Labels, help, texts and how features are shown, grouped and given as reasons.</summary>
    public static ContentHash Presentation(ScorecardDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var text = new CanonicalText().Add("presentation", "1").Add("id", definition.Id);
        text.Add("languages", definition.Languages).Add("title", definition.Title).Add("summary", definition.Summary).Add("consent", definition.Consent.Text);
        text.Add("sources", definition.Sources, source => text.Add("source", source.Name).Add("label", source.Label));
        text.Add("groups", definition.Groups, group => text.Add("group", group.Name).Add("label", group.Label));
        text.Add("inputs", Asked(definition), input => AddTexts(text, input));
        text.Add("features", StagedInputs.FeaturesOf(definition), feature => AddTexts(text, feature));
        text.Add("reasons", definition.Reasons, reason => Add(text, reason));
        text.Add("actions", definition.Actions, action => text.Add("action", action.Name).Add("label", action.Label).Add("how", action.How));
        text.Add("classes", definition.Target.Classes, one => text.Add("class", one.Name).Add("label", one.Label)).Add("meaning", definition.Target.Meaning);
        text.Add("grades", definition.Grades, grade => text.Add("grade", grade.Code).Add("label", grade.Label));
        text.Add("levels", definition.RiskLevels, level => text.Add("level", level.Name).Add("label", level.Label));
        return ContentHash.Of(text.ToString());
    }

    // What is worked out from tables is hashed as the feature that it is.
    private static InputDefinition[] Asked(ScorecardDefinition definition) => [.. definition.Inputs.Where(input => input.Staged is null)];

    private static void Add(CanonicalText text, InputDefinition input)
    {
        text.Add("input", input.Name).Add("type", input.Type.ToString()).Add("unit", input.Unit).Add("per", input.Per);
        text.Add("min", input.Minimum).Add("max", input.Maximum).Add("open", input.Open).Add("pattern", input.Pattern).Add("required", input.Required);
        text.Add("sensitive", input.Sensitive).Add("blank", input.BlankNeverHelps);
        text.Add("values", input.Values, value => text.Add("-", value.Code));
        text.Add("specials", input.Specials, special => text.Add(special.Tag, special.Value));
    }

    private static void Add(CanonicalText text, FeatureDefinition feature)
    {
        text.Add("feature", feature.Name).Add("from", feature.From).Add("expr", feature.Expression).Add("use", feature.Use.ToString());
        text.Add("flag", feature.IsFlag).Add("direction", feature.Direction.ToString()).Add("specials", feature.FlagsSpecials);
        text.Add("emptyStated", feature.EmptyStated).Add("empty", feature.Empty);
    }

    private static void Add(CanonicalText text, StagingDefinition staging)
    {
        text.Add("base", staging.Base).Add("asOf", staging.AsOf).Add("monthDays", staging.MonthDays).Add("asOfTime", staging.AsOfTime.ToString("O", CultureInfo.InvariantCulture));
        text.Add("tables", staging.Tables, table =>
        {
            text.Add("table", table.Name).Add("key", table.Key).Add("join", table.Join.ToString()).Add("on", table.On).Add("date", table.Date).Add("order", table.Order);
            text.Add("columns", table.Columns, column => Add(text, column));
        });
        text.Add("output", staging.Output?.Columns ?? []);
    }

    private static void Add(CanonicalText text, StagingColumn column)
    {
        text.Add("column", column.Name).Add("type", column.Type.ToString()).Add("min", column.Minimum).Add("max", column.Maximum);
        text.Add("values", column.Values).Add("open", column.Open).Add("latest", column.LatestBeforeAsOf);
        if (column.Dates is { } dates) text.Add("dates", dates.ToString());
        text.Add("specials", column.Specials, special => text.Add(special.Tag, special.Value));
    }

    private static void Add(CanonicalText text, ReasonDefinition reason) => text.Add("reason", reason.Code).Add("adverse", reason.Adverse)
        .Add("favourable", reason.Favourable).Add("advice", reason.Advice).Add("valueOf", reason.ValueOf);

    private static void AddTexts(CanonicalText text, InputDefinition input)
    {
        text.Add("input", input.Name).Add("label", input.Label).Add("help", input.Help);
        text.Add("values", input.Values, value => text.Add(value.Code, value.Label));
        text.Add("specials", input.Specials, special => text.Add(special.Value, special.Label));
    }

    private static void AddTexts(CanonicalText text, FeatureDefinition feature)
    {
        text.Add("feature", feature.Name).Add("label", feature.Label).Add("unit", feature.Unit).Add("scale", feature.Scale);
        text.Add("min", feature.Minimum).Add("max", feature.Maximum).Add("group", feature.Group).Add("reason", feature.Reason);
    }

    private static KeyValuePair<string, string>[] Sorted(IReadOnlyDictionary<string, string> map) => [.. map.OrderBy(entry => entry.Key, StringComparer.Ordinal)];
}

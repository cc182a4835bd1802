using System.Text.RegularExpressions;

namespace CreditWorkbench.Core.Scorecards;

/// <summary>Checks reasons: complete, used, concrete, short.</summary>
/// <param name="definition">Definition.</param>
/// <param name="log">Where faults go.</param>
internal sealed partial class ReasonChecks(ScorecardDefinition definition, ReadingLog log)
{
    private const int LongestSentence = 200;
    private const string Value = "{value}";

    /// <summary>Wording that names no fact, in English and Indonesian.</summary>
    private static readonly string[] Vague =
        ["insufficient score", "internal standard", "internal polic", "score is too low", "skor tidak mencukupi", "skor terlalu rendah", "standar internal", "kebijakan internal"];

    /// <summary>Runs the checks.</summary>
    public void Run()
    {
        foreach (var reason in definition.Reasons)
        {
            var path = $"reasons.{reason.Code}";
            var features = definition.ModelFeatures.Where(feature => feature.Reason == reason.Code).ToArray();
            if (definition.Features.All(feature => feature.Reason != reason.Code) && definition.Policy.Rules.All(rule => rule.Code != reason.Code))
                log.Error("scorecard.orphan", path, $"No feature and no rule gives the reason {reason.Code}.");
            if (features.Length > 0 && reason.Favourable is null) log.Error("scorecard.reason.favourable", path, "A reason of a model feature has a favourable text.");
            if (reason.Advice is null) log.Warn("scorecard.reason.advice", path, $"The reason {reason.Code} has no advice.");
            Text(reason.Adverse, $"{path}.adverse");
            Text(reason.Favourable, $"{path}.favourable");
            Text(reason.Advice, $"{path}.advice");
            ValueOf(reason, path, features);
        }
        foreach (var action in definition.Actions) Length(action.How, $"actions[{action.Name}].how");
        foreach (var input in definition.Inputs) Length(input.Help, $"inputs[{input.Name}].help");
    }

    private void Text(LocalizedText? text, string path)
    {
        if (text is null) return;
        Length(text, path);
        foreach (var sentence in text.ByLanguage.Values)
        {
            if (Vague.FirstOrDefault(words => sentence.Contains(words, StringComparison.OrdinalIgnoreCase)) is { } vague)
                log.Error("scorecard.reason.vague", path, $"A text names the fact; '{vague}' names none.");
            foreach (Match placeholder in Placeholder().Matches(sentence))
                if (placeholder.Value != Value) log.Error("scorecard.reason.placeholder", path, $"The placeholder {placeholder.Value} is unknown; {Value} is the only one.");
        }
    }

    private void Length(LocalizedText text, string path)
    {
        if (text.ByLanguage.Values.Max(sentence => sentence.Length) is > LongestSentence and var length)
            log.Warn("scorecard.text.long", path, $"A sentence has {length} characters; over {LongestSentence} is hard to read.");
    }

    private void ValueOf(ReasonDefinition reason, string path, FeatureDefinition[] features)
    {
        if (reason.ValueOf is { } named)
        {
            if (definition.Feature(named) is null && definition.Input(named) is null) log.Error("scorecard.reason.value", $"{path}.value_of", $"There is no feature {named}.");
            return;
        }
        var shows = new[] { reason.Adverse, reason.Favourable, reason.Advice }.OfType<LocalizedText>()
            .Any(text => text.ByLanguage.Values.Any(sentence => sentence.Contains(Value, StringComparison.Ordinal)));
        if (!shows) return;
        if (features.Length == 0) log.Error("scorecard.reason.value", path, $"No model feature fills {Value}; value_of names one.");
        if (features.Select(feature => feature.Unit).Distinct().Count() > 1)
            log.Error("scorecard.reason.units", path, $"{string.Join(", ", features.Select(feature => feature.Name))} share the reason in different units; value_of names the one that fills {Value}.");
    }

    [GeneratedRegex(@"\{[^{}]*\}")]
    private static partial Regex Placeholder();
}

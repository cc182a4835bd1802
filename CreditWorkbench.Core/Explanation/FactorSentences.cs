using System.Collections.Frozen;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Explanation;

/// <summary>Which features may be told as a reason, and in which words.</summary>
internal sealed class FactorSentences
{
    private readonly ScorecardDefinition _definition;
    private readonly HashSet<string> _sensitive;
    private readonly FrozenDictionary<string, ReasonDefinition> _reasons;

    public FactorSentences(ScorecardDefinition definition)
    {
        _definition = definition;
        Display = new ValueDisplay(definition);
        _sensitive = SensitiveFeatures(definition);
        _reasons = definition.Reasons.DistinctBy(reason => reason.Code).ToFrozenDictionary(reason => reason.Code);
    }

    /// <summary>Writes values.</summary>
    public ValueDisplay Display { get; }

    /// <summary>Whether a feature reads a sensitive input, directly or through other features.</summary>
    public bool IsSensitive(FeatureDefinition feature) => _sensitive.Contains(feature.Name);

    /// <summary>Whether a value lies on the side of the usual value that a sentence speaks of. Features without direction, missing
    /// values and features without a usual value have no wrong side.</summary>
    /// <param name="feature">The feature.</param>
    /// <param name="value">Value of the case.</param>
    /// <param name="usual">Usual value among the reason background; NaN without.</param>
    /// <param name="adverse">Whether the sentence is adverse; else favourable.</param>
    public static bool IsOnSide(FeatureDefinition feature, double value, double usual, bool adverse)
    {
        if (feature.Direction == RiskDirection.Free || double.IsNaN(value) || double.IsNaN(usual)) return true;
        return (feature.Direction == RiskDirection.Rises) == adverse ? value > usual : value < usual;
    }

    /// <summary>The dictionary's sentence with its value, or a plain statement where none fits or the value is not known.</summary>
    public LocalizedText Sentence(FeatureDefinition feature, FeatureValues values, bool adverse)
    {
        var value = values[feature.Name];
        var reason = ReasonOf(feature);
        var text = adverse ? reason?.Adverse : reason?.Favourable;
        if (text is null || double.IsNaN(value)) return Display.Statement(feature, value);
        var shown = reason!.ValueOf is { } other ? _definition.Feature(other) ?? feature : feature;
        return Display.Fill(text, shown, values[shown.Name]);
    }

    /// <summary>A reason for a feature.</summary>
    public Reason Tell(FeatureDefinition feature, FeatureValues values, double points, bool adverse) =>
        new(feature.Reason ?? feature.Name, Sentence(feature, values, adverse), adverse ? ReasonOf(feature)?.Advice : null, points, FromRule: false);

    /// <summary>A reason for a rule.</summary>
    public Reason Tell(PolicyRule rule, FeatureValues values)
    {
        var reason = _definition.Reason(rule.Code);
        var text = reason?.Adverse ?? Display.InEachLanguage(_ => rule.WhenText);
        if (reason?.ValueOf is { } name && _definition.Feature(name) is { } shown) text = Display.Fill(text, shown, values[name]);
        return new Reason(rule.Code, text, reason?.Advice, 0, FromRule: true);
    }

    private ReasonDefinition? ReasonOf(FeatureDefinition feature) => feature.Reason is { } code ? _reasons.GetValueOrDefault(code) : null;

    private static HashSet<string> SensitiveFeatures(ScorecardDefinition definition)
    {
        var sensitive = definition.Inputs.Where(input => input.Sensitive).Select(input => input.Name).ToHashSet();
        foreach (var feature in definition.Features)
        {
            var reads = feature.From is { } from ? [from]
                : feature.Expression is { } expression ? ExpressionNames.References(expression).Select(reference => reference.Name) : [];
            if (reads.Any(sensitive.Contains)) sensitive.Add(feature.Name);
        }

        return sensitive;
    }
}

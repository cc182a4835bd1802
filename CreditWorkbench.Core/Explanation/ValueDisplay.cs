using System.Collections.Frozen;
using System.Globalization;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Explanation;

/// <summary>Writes feature values for people, in every language of a dictionary: scale, unit, category label, meaning of a special
/// code, "not known".</summary>
/// <param name="definition">The dictionary.</param>
public sealed class ValueDisplay(ScorecardDefinition definition)
{
    private const string Placeholder = "{value}";

    private readonly FrozenDictionary<string, InputDefinition> _inputs = definition.Inputs.DistinctBy(input => input.Name).ToFrozenDictionary(input => input.Name);

    /// <summary>A value on its own: <c>44 %</c>, <c>Rp 2,150,000</c>, <c>12 months</c>.</summary>
    /// <param name="feature">The feature.</param>
    /// <param name="value">Its value before scaling; a category's index; a <see cref="CodedNaN"/> when missing or special.</param>
    public LocalizedText Of(FeatureDefinition feature, double value) => InEachLanguage(language => Write(feature, value, language, withWord: true));

    /// <summary>A sentence with its <c>{value}</c> filled in. Where the sentence goes on with the unit's word itself
    /// (<c>for {value} months</c>), the number stands alone.</summary>
    public LocalizedText Fill(LocalizedText sentence, FeatureDefinition feature, double value) => InEachLanguage(language =>
    {
        var text = sentence.In(language);
        var at = text.IndexOf(Placeholder, StringComparison.Ordinal);
        return at < 0 ? text
            : text.Replace(Placeholder, Write(feature, value, language, withWord: !GoesOnWithUnit(text.AsSpan(at + Placeholder.Length), feature.Unit)), StringComparison.Ordinal);
    });

    /// <summary>What a feature is and has, where no sentence of the dictionary fits: <c>Income: not known.</c></summary>
    public LocalizedText Statement(FeatureDefinition feature, double value) =>
        InEachLanguage(language => $"{feature.Label.In(language)}: {Write(feature, value, language, withWord: true)}.");

    /// <summary>The same construction in every language of the dictionary, each written when it is first read.</summary>
    public LocalizedText InEachLanguage(Func<string, string> write) => new(new TextsOnDemand(definition.Languages, write));

    /// <summary>Points with sign and word: <c>+1 point</c>, <c>−38 points</c>.</summary>
    public static string Points(double points, string language)
    {
        var rounded = Math.Round(points, MidpointRounding.AwayFromZero);
        return $"{(rounded > 0 ? "+" : "")}{Number(rounded, "#,0", language)} {UnitWords.Of("points", rounded, language)}";
    }

    private string Write(FeatureDefinition feature, double value, string language, bool withWord)
    {
        var input = feature.From is { } from ? _inputs.GetValueOrDefault(from) : null;
        if (double.IsNaN(value))
        {
            var code = CodedNaN.CodeOf(value);
            return code > 0 && code <= input?.Specials.Count ? input.Specials[code - 1].Label.In(language) : UnitWords.NotKnown(language);
        }

        if (input is { Type: InputType.Category } && value >= 0 && value < input.Values.Count) return input.Values[(int)value].Label.In(language);
        if (feature.IsFlag || input is { Type: InputType.Flag }) return UnitWords.YesNo(value != 0, language);
        if (input is { Type: InputType.Date or InputType.DateTime }) return DateOnly.FromDayNumber((int)value).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return Quantity(feature.Unit ?? input?.Unit, value * feature.Scale, language, withWord);
    }

    private static string Quantity(string? unit, double value, string language, bool withWord)
    {
        if (unit is null or "ratio") return Number(value, "#,0.##", language);
        if (unit == "percent") return Number(value, "#,0.#", language) + " %";
        if (UnitWords.IsCurrency(unit)) return UnitWords.Money(Number(value, Math.Abs(value) >= 100 ? "#,0" : "#,0.##", language), unit, language);
        var number = Number(value, "#,0.#", language);
        var word = withWord ? UnitWords.Of(unit, value, language) : "";
        return word.Length == 0 ? number : $"{number} {word}";
    }

    private static string Number(double value, string format, string language)
    {
        var text = Math.Abs(value).ToString(format, UnitWords.NumberFormat(language));
        return value < 0 && text.Any(character => character is >= '1' and <= '9') ? "−" + text : text;
    }

    private static bool GoesOnWithUnit(ReadOnlySpan<char> rest, string? unit)
    {
        if (unit is null) return false;
        var word = rest.TrimStart(' ');
        var end = 0;
        while (end < word.Length && char.IsLetter(word[end])) end++;
        return UnitWords.Names(unit, word[..end]);
    }
}

using System.Collections;
using System.Reflection;
using CreditWorkbench.Core.Scorecards;
using Xunit;

namespace CreditWorkbench.Tests.Scorecards;

/// <summary>Every text of every seed stands in English and in Indonesian.</summary>
public sealed class SeedTextTests
{
    // Codes, names and abbreviations may be the same word in both; a sentence may not.
    private const int LongestSharedText = 24;

    [Theory]
    [InlineData("trust.yaml")]
    [InlineData("consumer.yaml")]
    [InlineData("loan-risk.yaml")]
    [InlineData("loan-default.yaml")]
    [InlineData("sme-esg.yaml")]
    public void Texts_OfASeed_StandInBothLanguages(string file)
    {
        var definition = ScorecardFiles.Read(ScorecardFiles.Seed(file));

        Assert.Equal(["en", "id"], definition.Languages);
        Assert.Empty(Missing(definition));
        Assert.All(definition.Features.Where(feature => feature.Use == FeatureUse.Model), feature => Assert.NotNull(definition.Reason(feature.Reason!)));
        Assert.All(definition.Policy.Rules, rule => Assert.NotNull(definition.Reason(rule.Code)));
        Assert.All(definition.Reasons.Where(reason => definition.Features.Any(feature => feature.Reason == reason.Code)), reason => Assert.NotNull(reason.Favourable));
    }

    [Theory]
    [InlineData("", "no text")]
    [InlineData("Instalments take {value} of income.", "the same text")]
    public void Missing_AForgottenTranslation_IsFound(string indonesian, string reason)
    {
        var tiny = ScorecardFiles.Read(ScorecardFiles.Tiny);
        var texts = new LocalizedText(new Dictionary<string, string> { ["en"] = "Instalments take {value} of income.", ["id"] = indonesian });

        var missing = Missing(tiny with { Reasons = [tiny.Reasons[0] with { Adverse = texts }] });

        Assert.Contains(reason, Assert.Single(missing), StringComparison.Ordinal);
    }

    private static List<string> Missing(ScorecardDefinition definition)
    {
        var missing = new List<string>();
        foreach (var (path, text) in Texts(definition, definition.Id))
        {
            var (english, indonesian) = (text.ByLanguage.GetValueOrDefault("en"), text.ByLanguage.GetValueOrDefault("id"));
            if (string.IsNullOrWhiteSpace(english) || string.IsNullOrWhiteSpace(indonesian)) missing.Add($"{path}: no text in one language");
            else if (english == indonesian && english.Length > LongestSharedText) missing.Add($"{path}: the same text in both: {english}");
        }

        return missing;
    }

    private static IEnumerable<(string Path, LocalizedText Text)> Texts(object value, string path)
    {
        if (value is LocalizedText text) return [(path, text)];
        if (value is IEnumerable list and not string) return list.Cast<object>().SelectMany((item, i) => Texts(item, $"{path}[{i}]"));
        if (value.GetType().Namespace != typeof(ScorecardDefinition).Namespace || value is Expression || value.GetType().IsEnum) return [];
        return value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.GetIndexParameters().Length == 0 && property.Name != nameof(InputDefinition.Staged))
            .Select(property => (property.Name, Value: property.GetValue(value))).Where(property => property.Value is not null)
            .SelectMany(property => Texts(property.Value!, $"{path}.{property.Name}"));
    }
}

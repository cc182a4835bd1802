using System.Globalization;
using System.Text.RegularExpressions;
using CreditWorkbench.Web.Resources;
using Xunit;

namespace CreditWorkbench.Tests.Web;

public sealed partial class TextsTests
{
    [Fact]
    public void Texts_EveryKey_HasEveryLanguage()
    {
        var holes = MissingLanguages(Texts.All.ToDictionary(e => e.Key, e => (IReadOnlyDictionary<string, string>)e.Value));

        Assert.Empty(holes);
        Assert.True(Texts.All.Count > 100, "The resources were not found.");
    }

    [Fact]
    public void Texts_KeyWithoutIndonesian_IsFound()
    {
        var holes = MissingLanguages(new Dictionary<string, IReadOnlyDictionary<string, string>> { ["a.b"] = new Dictionary<string, string> { ["en"] = "Score" } });

        Assert.Equal(["a.b: id"], holes);
    }

    [Fact]
    public void Texts_BothLanguages_HaveTheSameSlots()
    {
        var unequal = Texts.All.Where(e => !Slots(e.Value["en"]).SetEquals(Slots(e.Value["id"])) && !e.Key.EndsWith(".one", StringComparison.Ordinal)).Select(e => e.Key);

        Assert.Empty(unequal);
    }

    /// <summary>A page shows a refusal in the reader's language; the domain's own sentence is for logs and clients.</summary>
    [Theory]
    [InlineData("Applicants")]
    [InlineData("Review")]
    [InlineData("Decisioning/ScoringDesk.cs")]
    [InlineData("Decisioning/ReplayDesk.cs")]
    [InlineData("Registry/RegistryDesk.cs")]
    [InlineData("Scoring/AuthorityCheck.cs")]
    public void Texts_EveryRefusalOfADesk_IsTranslated(string place)
    {
        var files = RepositoryFiles.Room(place.Split('/')[0]).Where(path => path.Replace('\\', '/').Contains(place, StringComparison.Ordinal));

        var codes = files.SelectMany(path => ProblemCode().Matches(File.ReadAllText(path)).Select(match => match.Groups[1].Value)).Distinct().ToList();

        Assert.NotEmpty(codes);
        Assert.All(codes, code => Assert.True(Texts.Has("problem." + code), code));
    }

    [Fact]
    public void Texts_EveryPlural_HasBothForms()
    {
        var alone = Texts.All.Keys.Where(k => k.EndsWith(".one", StringComparison.Ordinal)).Select(k => k[..^4] + ".other").Where(k => !Texts.Has(k));

        Assert.Empty(alone);
    }

    [Fact]
    public void Texts_EveryKeyNamedInSource_Exists()
    {
        var named = RepositoryFiles.All(".razor").Concat(RepositoryFiles.All(".cs")).SelectMany(path => KeyCall().Matches(File.ReadAllText(path)).Select(m => (Path: Path.GetFileName(path), Call: m.Groups[1].Value, Key: m.Groups[2].Value))).ToList();

        var unknown = named.Where(n => n.Call == "Count" ? !Texts.Has(n.Key + ".other") : !Texts.Has(n.Key)).Select(n => $"{n.Path}: {n.Key}").Distinct();

        Assert.NotEmpty(named);
        Assert.Empty(unknown);
    }

    [Theory]
    [InlineData("en", 1, "1 smaller factor")]
    [InlineData("en", 4, "4 smaller factors")]
    [InlineData("id", 1, "1 faktor lebih kecil")]
    public void Count_ByCulture_TakesThePluralForm(string language, int count, string expected)
    {
        using var culture = new InCulture(language);

        Assert.Equal(expected, Texts.Count("chart.smaller", count));
    }

    [Fact]
    public void Language_UnknownCulture_IsEnglish() => Assert.Equal("en", Texts.Language(CultureInfo.GetCultureInfo("fr-FR")));

    private static List<string> MissingLanguages(IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> all) =>
        [.. all.SelectMany(entry => Texts.Languages.Where(language => string.IsNullOrWhiteSpace(entry.Value.GetValueOrDefault(language))).Select(language => $"{entry.Key}: {language}"))];

    private static HashSet<string> Slots(string sentence) => [.. Slot().Matches(sentence).Select(m => m.Value)];

    [GeneratedRegex(@"Problem\(\s*""([a-zA-Z.]+)""")]
    private static partial Regex ProblemCode();

    [GeneratedRegex(@"\{\d+\}")]
    private static partial Regex Slot();

    // Keys that are put together ("nav." + entry.Key) end in a dot inside the quotes and are covered by the tests of their tables.
    [GeneratedRegex(@"\b(T|Count)\(""([A-Za-z0-9.]*[A-Za-z0-9])""\s*[,)]")]
    private static partial Regex KeyCall();
}

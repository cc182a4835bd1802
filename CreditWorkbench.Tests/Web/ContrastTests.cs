using System.Globalization;
using System.Text.RegularExpressions;
using Xunit;

namespace CreditWorkbench.Tests.Web;

/// <summary>Contrast of text and marks on their grounds in both themes (WCAG 2.2: 4.5 and 3).</summary>
public sealed partial class ContrastTests
{
    public static TheoryData<string, string, double> Pairs => new()
    {
        { "ink", "bg", 4.5 }, { "ink", "surface", 4.5 }, { "ink-2", "surface", 4.5 }, { "ink-2", "bg", 4.5 }, { "ink-2", "surface-3", 4.5 }, { "ink-3", "surface", 4.5 },
        { "ink-3", "bg", 4.5 }, { "ink-3", "surface-2", 4.5 }, { "accent", "surface", 4.5 }, { "accent", "bg", 4.5 }, { "accent-strong", "accent-soft", 4.5 },
        { "on-accent", "accent", 4.5 }, { "on-accent", "accent-strong", 4.5 }, { "fav", "surface", 4.5 }, { "fav", "fav-soft", 4.5 }, { "adv", "surface", 4.5 },
        { "adv", "adv-soft", 4.5 }, { "warn", "surface", 4.5 }, { "warn", "warn-soft", 4.5 }, { "neu", "surface", 4.5 }, { "neu", "neu-soft", 4.5 },
        { "ink", "warn-soft", 4.5 }, { "ink", "adv-soft", 4.5 }, { "ink", "fav-soft", 4.5 }, { "on-e", "band-e", 4.5 }, { "on-d", "band-d", 4.5 }, { "on-c", "band-c", 4.5 },
        { "on-b", "band-b", 4.5 }, { "on-a", "band-a", 4.5 }, { "border-strong", "surface", 3 }, { "focus", "surface", 3 }, { "focus", "bg", 3 }, { "fav-mark", "surface", 3 },
        { "adv-mark", "surface", 3 }, { "neu-mark", "surface", 3 }, { "warn-mark", "surface", 3 }, { "c1", "surface", 3 }, { "c2", "surface", 3 }, { "axis", "surface", 3 },
    };

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Tokens_PairInBothThemes_IsLegible(string front, string ground, double least)
    {
        var css = File.ReadAllText(Path.Combine(RepositoryFiles.Web, "wwwroot", "css", "tokens.css"));
        var light = Colours(css[..css.IndexOf("html.dark {", StringComparison.Ordinal)]);
        var dark = new Dictionary<string, string>(light);
        foreach (var (name, value) in Colours(css[css.IndexOf("html.dark {", StringComparison.Ordinal)..])) dark[name] = value;

        Assert.True(Ratio(light[front], light[ground]) >= least, "light");
        Assert.True(Ratio(dark[front], dark[ground]) >= least, "dark");
    }

    [Fact]
    public void Ratio_OfGreyOnWhite_FailsTheTest() => Assert.True(Ratio("#999999", "#ffffff") < 4.5);

    private static Dictionary<string, string> Colours(string css) =>
        Token().Matches(css).GroupBy(m => m.Groups[1].Value).ToDictionary(g => g.Key, g => g.Last().Groups[2].Value);

    private static double Ratio(string first, string second)
    {
        var (a, b) = (Luminance(first), Luminance(second));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(string colour)
    {
        double Part(int at)
        {
            var value = int.Parse(colour.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
            return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
        }
        return 0.2126 * Part(1) + 0.7152 * Part(3) + 0.0722 * Part(5);
    }

    [GeneratedRegex("--cw-([a-z0-9-]+):\\s*(#[0-9a-f]{6})")]
    private static partial Regex Token();
}

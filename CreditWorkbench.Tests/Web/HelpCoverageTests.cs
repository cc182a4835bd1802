using System.Text.RegularExpressions;
using Xunit;

namespace CreditWorkbench.Tests.Web;

/// <summary>Beside each number stands what it is: figures and charts name their term of the glossary, pages with numbers have one in reach.</summary>
public sealed partial class HelpCoverageTests
{
    private static readonly string[] Rooms = ["Decide", "Build/Data", "Build/Binning", "Build/Lab", "Build/Explain", "Build/Scorecards", "Run/Jobs", "Run/Staging", "Run/Users", "Prove", "Account", "Help"];

    // Pages without numbers that need a word: forms of entry.
    private static readonly HashSet<string> Plain = ["SignInPage", "FirstAdminPage", "InvitationPage", "HelpPage"];

    private static readonly Dictionary<string, string> Components = Directory.EnumerateFiles(Path.Combine(RepositoryFiles.Web, "Components"), "*.razor", SearchOption.AllDirectories)
        .GroupBy(file => Path.GetFileNameWithoutExtension(file)!, StringComparer.Ordinal).ToDictionary(group => group.Key, group => string.Concat(group.Select(File.ReadAllText)), StringComparer.Ordinal);

    [Fact]
    public void Figures_AllOfThem_NameWhatTheyAre()
    {
        var silent = InRooms().SelectMany(file => Silent(File.ReadAllText(file)).Select(tag => $"{Path.GetFileName(file)}: {tag}")).ToList();

        Assert.True(silent.Count == 0, string.Join(Environment.NewLine, silent));
    }

    [Fact]
    public void Figure_WithoutATerm_IsFound()
    {
        Assert.Single(Silent("<KeyFigure Label=\"@T(\"a\")\" Value=\"@x\" />"));
        Assert.Empty(Silent("<KeyFigure Term=\"pd\" Label=\"@T(\"a\")\" Value=\"@x\" />"));
    }

    [Fact]
    public void Pages_WithNumbers_HaveAWordOfTheGlossaryInReach()
    {
        var pages = InRooms().Select(Path.GetFileNameWithoutExtension).OfType<string>().Where(name => Components[name].StartsWith("@page", StringComparison.Ordinal) && !Plain.Contains(name)).Distinct().ToList();

        var silent = pages.Where(name => !Reach(name, []).Any(each => Helps().IsMatch(Components[each]))).ToList();

        Assert.True(pages.Count > 25, $"Only {pages.Count} pages were found.");
        Assert.True(silent.Count == 0, $"No number is explained on {string.Join(", ", silent)}.");
    }

    /// <summary>Markup of the rooms whose pages these tests hold to their promises.</summary>
    internal static IEnumerable<string> InRooms() => Rooms.SelectMany(room => Directory.EnumerateFiles(Path.Combine(RepositoryFiles.Web, "Components", "Pages", room), "*.razor", SearchOption.AllDirectories)).Distinct();

    private static IEnumerable<string> Silent(string markup) =>
        Figures().Matches(markup).Select(match => match.Value).Where(tag => !tag.Contains("Term=", StringComparison.Ordinal) && !tag.Contains("Help=", StringComparison.Ordinal)).Select(tag => tag[..Math.Min(100, tag.Length)]);

    // The components that a page draws; controls by themselves explain nothing.
    private static HashSet<string> Reach(string name, HashSet<string> seen)
    {
        if (!Components.TryGetValue(name, out var markup) || name is "HelpTip" or "KeyFigure" or "Card" or "ChartCard" or "PageHead" or "Field" || !seen.Add(name)) return seen;
        foreach (var inner in Tags().Matches(markup).Select(match => match.Groups[1].Value)) Reach(inner, seen);
        return seen;
    }

    [GeneratedRegex(@"<(?:KeyFigure|ChartCard)\b.*")]
    private static partial Regex Figures();

    [GeneratedRegex(@"\b(?:Term|Help)=""|<HelpTip")]
    private static partial Regex Helps();

    [GeneratedRegex(@"<([A-Z]\w+)")]
    private static partial Regex Tags();
}

using System.Text.RegularExpressions;
using CreditWorkbench.Web.Components.Controls;
using Microsoft.AspNetCore.Components;
using Xunit;

namespace CreditWorkbench.Tests.Web;

/// <summary>Every control and chart is rendered by some test.</summary>
public sealed partial class ControlCoverageTests
{
    // Parts of another control, drawn wherever it is.
    private static readonly HashSet<string> Parts = ["SvgText", "WaterfallLabel"];

    [Fact]
    public void Controls_AllOfThem_AreRenderedByATest() => Assert.Empty(Unrendered(Sources()));

    [Fact]
    public void Control_ThatNoTestRenders_IsFound() => Assert.Contains("Badge", Unrendered(Sources().Replace("Render<Badge>", "", StringComparison.Ordinal)));

    private static IReadOnlyList<string> Unrendered(string sources)
    {
        var rendered = Rendered().Matches(sources).Select(match => match.Groups[1].Value).ToHashSet(StringComparer.Ordinal);
        return [.. typeof(Badge).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(ComponentBase)) && type.Namespace is "CreditWorkbench.Web.Components.Controls" or "CreditWorkbench.Web.Components.Charts")
            .Select(type => type.Name.Split('`')[0]).Where(name => !Parts.Contains(name) && !rendered.Contains(name)).Distinct().Order(StringComparer.Ordinal)];
    }

    private static string Sources() =>
        string.Concat(Directory.EnumerateFiles(Path.Combine(RepositoryFiles.Web, "..", "CreditWorkbench.Tests", "Web"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText));

    [GeneratedRegex(@"Render<(\w+)")]
    private static partial Regex Rendered();
}

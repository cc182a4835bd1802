using System.Text.RegularExpressions;
using Xunit;

namespace CreditWorkbench.Tests.Web;

/// <summary>Every table sorts, filters, exports and remembers; those that do not say here why.</summary>
public sealed partial class TableCoverageTests
{
    // Tables without tools of their own, by id.
    private static readonly Dictionary<string, string> Bare = new(StringComparer.Ordinal)
    {
        ["next-cases"] = "the first six of the queue, which has the tools",
        ["similar"] = "the nearest few of a search; their order is the answer",
        ["bins"] = "bins have one order, and their chart's table is exported",
        ["audit"] = "a chain has one order; the page filters and exports all of it",
    };

    [Fact]
    public void Tables_AllOfThem_HaveTheirToolsOrAReason() =>
        Assert.Empty(Tables().Where(table => table.Markup.Contains("ShowTools=\"false\"", StringComparison.Ordinal) && !Bare.ContainsKey(table.Id)).Select(table => table.Id));

    [Fact]
    public void Exceptions_AreTablesWithoutTools() =>
        Assert.All(Bare.Keys, id => Assert.Contains(Tables(), table => table.Id == id && table.Markup.Contains("ShowTools=\"false\"", StringComparison.Ordinal)));

    [Fact]
    public void Ids_OfTablesThatRemember_AreUniqueInTheWorkbench()
    {
        var twice = Tables().Where(table => !Bare.ContainsKey(table.Id) && !table.Id.Contains('@', StringComparison.Ordinal)).GroupBy(table => table.Id).Where(group => group.Count() > 1).Select(group => group.Key);

        Assert.Empty(twice);
    }

    [Fact]
    public void Columns_OfEveryTableWithTools_CanBeSorted()
    {
        var unsorted = Tables().Where(table => !Bare.ContainsKey(table.Id)).Where(table => !Sources(table.File).Contains("SortBy =", StringComparison.Ordinal)).Select(table => $"{table.Id} in {Path.GetFileName(table.File)}").ToList();

        Assert.True(unsorted.Count == 0, string.Join(", ", unsorted));
    }

    [Fact]
    public void Table_WithoutTools_IsSeen() => Assert.Single(Found().Matches("<DataTable TItem=\"int\" Id=\"x\" RowKey=\"r => r\" ShowTools=\"false\" />"));

    private static IEnumerable<(string File, string Id, string Markup)> Tables() => HelpCoverageTests.InRooms()
        .SelectMany(file => Found().Matches(File.ReadAllText(file)).Select(match => (file, match.Groups[1].Value, match.Value)));

    // The page, what is behind it, and the columns that lie in a file of their own beside it.
    private static string Sources(string file) =>
        string.Concat(Directory.EnumerateFiles(Path.GetDirectoryName(file)!).Where(each => each.EndsWith(".cs", StringComparison.Ordinal) || each == file).Select(File.ReadAllText))
        + string.Concat(Directory.EnumerateDirectories(Path.GetDirectoryName(file)!).SelectMany(folder => Directory.EnumerateFiles(folder, "*Cells.cs")).Select(File.ReadAllText));

    [GeneratedRegex(@"<DataTable [^\n]*?Id=""([^""]+)""[^\n]*")]
    private static partial Regex Found();
}

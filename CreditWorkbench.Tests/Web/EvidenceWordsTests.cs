using System.Text.RegularExpressions;
using CreditWorkbench.Web.Components.Pages.Build.Lab;
using Xunit;

namespace CreditWorkbench.Tests.Web;

/// <summary>Evidence of findings in the reader's language.</summary>
public sealed partial class EvidenceWordsTests
{
    [Theory]
    [InlineData("Alone it reaches AUC 0.953 out of fold, above 0.90.", "Sendirian mencapai AUC 0,953 di luar lipatan, di atas 0,90.")]
    [InlineData("12 of 600 rows have no value.", "12 dari 600 baris tidak memiliki nilai.")]
    [InlineData("Equals loan.status up to scale in every row.", "Sama dengan loan.status di setiap baris, kecuali skala.")]
    [InlineData("45 % of the gain; without it the AUC falls from 0.812 to 0.644.", "45 % dari perolehan; tanpanya AUC turun dari 0,812 ke 0,644.")]
    [InlineData("A sentence of tomorrow: 3.", "A sentence of tomorrow: 3.")]
    public void Evidence_InIndonesian_CarriesItsFiguresOver(string written, string said)
    {
        using var _ = new InCulture("id");

        Assert.Equal(said, EvidenceWords.Of(written));
    }

    [Fact]
    public void Evidence_OfEveryRule_HasAFormThatIsKnown()
    {
        var written = Sentences(RepositoryFiles.Room("Leakage").Concat(RepositoryFiles.Room("Quality")).Select(File.ReadAllText)).ToList();

        Assert.True(written.Count >= 15, $"Only {written.Count} sentences were found in the sources.");
        Assert.All(written, sentence => Assert.True(EvidenceWords.Knows(sentence), sentence));
    }

    [Fact]
    public void Evidence_OfAnUnknownForm_IsNotKnown() => Assert.False(EvidenceWords.Knows("Its values rhyme in 3 rows."));

    // Sentences of findings as the sources write them, with a figure in each slot: they begin with a capital or a slot and end in a full stop.
    private static IEnumerable<string> Sentences(IEnumerable<string> sources) => sources
        .SelectMany(source => Written().Matches(source).Select(match => match.Groups[1].Value))
        .Where(text => !text.Contains("Exception", StringComparison.Ordinal) && !text.Contains("outcomes.", StringComparison.Ordinal) && !text.Contains("strength}", StringComparison.Ordinal))
        .Select(text => Percent().Replace(text, "45 %")).Select(text => Slot().Replace(text, "3"));

    [GeneratedRegex(@"\$""((?:[A-Z]|\{)[^""]*\.)""\)?")]
    private static partial Regex Written();

    [GeneratedRegex(@"\{(?:[^{}]*):P0\}")]
    private static partial Regex Percent();

    [GeneratedRegex(@"\{[^{}]*\}")]
    private static partial Regex Slot();
}

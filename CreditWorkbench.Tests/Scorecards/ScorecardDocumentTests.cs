using CreditWorkbench.Core.Scorecards;
using Xunit;

namespace CreditWorkbench.Tests.Scorecards;

/// <summary>A dictionary as a document.</summary>
public sealed class ScorecardDocumentTests
{
    private static readonly ScorecardDefinition Tiny = ScorecardFiles.Read(ScorecardFiles.Tiny);

    [Fact]
    public void Of_Tiny_SaysInputsFeaturesAndRulesInWords()
    {
        var document = ScorecardDocument.Of(Tiny, "en");

        var feature = Table(document, "features").Rows[0];
        Assert.Equal(["Debt service", "Instalments", "Instalments ÷ Income", "rises", "R1: Instalments take {value} of income.", "Pay off a loan."], feature);
        Assert.Contains("0 to 1,000,000,000", Table(document, "inputs").Rows[0]);
        Assert.Contains("-1: No file", Table(document, "inputs").Rows[2]);
        Assert.Equal(["P1", "Debt service > 0.6", "decline", "Instalments exceed 60 % of income.", ""], Table(document, "policy").Rows[0]);
        Assert.Equal(["B", "300", "599", "Weak"], Table(document, "grades").Rows[1]);
        Assert.Null(document.Section("truth"));
    }

    [Fact]
    public void Of_Indonesian_WritesNumbersAndWordsOfThatLanguage()
    {
        var document = ScorecardDocument.Of(Tiny, "id-ID");

        Assert.Equal("id", document.Language);
        Assert.Contains("0 sampai 1.000.000.000", Table(document, "inputs").Rows[0]);
        Assert.Contains("Rasio angsuran > 0,6", Table(document, "policy").Rows[0]);
    }

    [Fact]
    public void Of_AggregatesAndConditions_ReadsAsPhrases()
    {
        var loanRisk = ScorecardFiles.Read(ScorecardFiles.Seed("loan-risk.yaml"));

        var features = Table(ScorecardDocument.Of(loanRisk, "en"), "features").Rows.ToDictionary(row => row[0], row => row[2]);

        Assert.Equal("(Present monthly payments + Amount requested ÷ Term) ÷ Monthly income", features["Debt to income with the new loan"]);
        Assert.Equal("sum of amount of transactions, last 6 months", features["Net flow, 6 months"]);
        Assert.Equal("share of rows of transactions, last 6 months where channel = “cash” out of those where amount < 0", features["Share of outgoing bookings in cash"]);
    }

    [Theory]
    [InlineData("trust.yaml")]
    [InlineData("consumer.yaml")]
    [InlineData("loan-risk.yaml")]
    [InlineData("loan-default.yaml")]
    [InlineData("sme-esg.yaml")]
    public void Of_EverySeed_HasEverySectionInBothLanguagesAndFullRows(string file)
    {
        var definition = ScorecardFiles.Read(ScorecardFiles.Seed(file));

        foreach (var language in new[] { "en", "id" })
        {
            var document = ScorecardDocument.Of(definition, language);
            string[] keys = ["purpose", "people", "consent", "inputs", "features", "actions", "grades", "policy", "costs", "training", "truth"];
            Assert.Equal(keys, document.Sections.Select(section => section.Key).Where(key => key != "tables"));
            Assert.Equal(definition.Staging is not null, document.Section("tables") is not null);
            foreach (var table in document.Sections.SelectMany(section => section.Blocks).OfType<DocumentTable>())
                Assert.All(table.Rows, row => Assert.Equal(table.Columns.Count, row.Count));
            Assert.Equal(StagedInputs.FeaturesOf(definition).Count, Table(document, "features").Rows.Count);
        }
    }

    [Fact]
    public void Html_HostileTexts_AreEscaped()
    {
        var hostile = Tiny with { Title = new LocalizedText(new Dictionary<string, string> { ["en"] = "<script>alert(1)</script>" }) };

        var page = DocumentHtml.Write(ScorecardDocument.Of(hostile, "en"));

        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Markdown_HostileTexts_StayInTheirCell()
    {
        var document = new ScorecardDocument("x", "1", "en", "a | b <i>", [new DocumentSection("s", "S", [new DocumentTable("c", ["h"], [["one | two\nthree"]])])]);

        var text = DocumentMarkdown.Write(document);

        Assert.StartsWith("# a \\| b \\<i\\>\n", text, StringComparison.Ordinal);
        Assert.Contains("| one \\| two three |", text, StringComparison.Ordinal);
    }

    private static DocumentTable Table(ScorecardDocument document, string section) => document.Section(section)!.Blocks.OfType<DocumentTable>().First();
}

using System.Globalization;
using System.Text;
using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Explanation;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Tests.Registry;
using Xunit;

namespace CreditWorkbench.Tests.Decisioning;

/// <summary>Blocks of rows from tables in float32 beside the way of a single row.</summary>
public sealed class SheetScorerTests
{
    private const int FirstReason = 10;
    private static readonly Lazy<ServingLine> Line = new(() => new ServingLine(Releases.Of(ConsumerModel.Package.Value)));

    [Theory]
    [InlineData(SheetExplanation.None)]
    [InlineData(SheetExplanation.Top4)]
    public void Block_ManyApplicants_IssuesTheScoresReasonsAndDecisionsOfSingleRows(SheetExplanation explanation) => AgreesWithSingleRows(Line.Value, explanation, rows: 1_500);

    [Theory]
    [InlineData("deep")]
    [InlineData("forest")]
    [InlineData("logistic")]
    [InlineData("scorecard")]
    [InlineData("blend")]
    public void Block_OtherFamilies_IssuesWhatSingleRowsDo(string family)
    {
        var line = LineOf(family);

        AgreesWithSingleRows(line, SheetExplanation.Top4, rows: 600);
        AgreesWithSingleRows(line, SheetExplanation.None, rows: 600);

        Assert.NotNull(line.Release.Explainer.Portfolio);
    }

    [Fact]
    public void Block_Network_GoesTheWayOfSingleRows()
    {
        var line = LineOf("network");

        AgreesWithSingleRows(line, SheetExplanation.Top4, rows: 20);

        Assert.Null(line.Release.Explainer.Portfolio);
    }

    [Fact]
    public void Block_WithReasons_NamesThemForMostAndRulesForSome()
    {
        var sheet = ScoreSheet.Open(Line.Value, null, SheetExplanation.Top4, AttributionMethod.Interventional, roadmap: false).Value;
        var block = new CsvBuffer();

        new SheetScorer(sheet).Write([.. ConsumerModel.Applicants(500, seed: 4).Select((record, i) => new SheetRow(null, i + 1, record))], block);

        var codes = Cells(block).Select(cells => cells[FirstReason]).ToList();
        Assert.InRange(codes.Count(code => code.StartsWith('C') && !code.StartsWith("CP", StringComparison.Ordinal)), 100, 500);
        Assert.Contains(codes, code => code.StartsWith("CP", StringComparison.Ordinal));
    }

    [Fact]
    public void Block_RefusedRowAmongOthers_KeepsItsPlaceAndNamesItsFault()
    {
        var sheet = ScoreSheet.Open(Line.Value, "ref", SheetExplanation.None, AttributionMethod.Interventional, roadmap: false).Value;
        var good = ConsumerModel.Applicants(2, seed: 9);
        var block = new CsvBuffer();

        new SheetScorer(sheet).Write(
            [
                new SheetRow("a", 1, good[0]), new SheetRow("=1+cmd", 2, new Problem("field.required", "Enter it.") { Field = "monthly_income" }), new SheetRow("-7", 3, good[1]),
            ], block);

        var cells = Cells(block);
        Assert.Equal(["a", "'=1+cmd", "-7"], cells.Select(row => row[0]));
        Assert.Equal(["", "monthly_income: Enter it.", ""], cells.Select(row => row[10]));
        Assert.Equal("", cells[1][2]);
    }

    private static ServingLine LineOf(string family) => new(Releases.Of(ConsumerModel.PackageOf((random, rows) => ConsumerFamilies.Of(family, random, rows))));

    private static void AgreesWithSingleRows(ServingLine line, SheetExplanation explanation, int rows)
    {
        var sheet = ScoreSheet.Open(line, null, explanation, AttributionMethod.Interventional, roadmap: false).Value;
        var applicants = ConsumerModel.Applicants(rows, seed: 3).Select((record, i) => new SheetRow(null, i + 1, record)).ToList();
        var scorer = new SheetScorer(sheet);
        var (block, single) = (new CsvBuffer(), new CsvBuffer());

        foreach (var part in applicants.Chunk(512)) scorer.Write(part, block);
        foreach (var row in applicants) sheet.Write(single, null, row.Number, row.Record.Value);

        var (fast, slow) = (Cells(block), Cells(single));
        Assert.Equal((rows, rows), (fast.Count, slow.Count));
        Assert.InRange(scorer.Doubtful, 0, rows / 20);
        foreach (var (one, other) in fast.Zip(slow))
        {
            Assert.Equal(other.Where((_, i) => !IsPoints(i)), one.Where((_, i) => !IsPoints(i)));
            foreach (var i in Enumerable.Range(0, one.Length).Where(i => IsPoints(i) && other[i].Length > 0)) Assert.Equal(Number(other[i]), Number(one[i]), 1e-3);
        }
    }

    private static bool IsPoints(int column) => column >= FirstReason && (column - FirstReason) % 2 == 1;

    private static double Number(string cell) => double.Parse(cell, CultureInfo.InvariantCulture);

    private static List<string[]> Cells(CsvBuffer csv) =>
        [.. Encoding.UTF8.GetString(csv.Written.Span).TrimEnd('\n').Split('\n').Select(line => line.Split(','))];
}

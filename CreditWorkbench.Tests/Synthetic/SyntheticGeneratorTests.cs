using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Synthetic;
using CreditWorkbench.Tests.Features;
using CreditWorkbench.Tests.Scorecards;
using Xunit;
using static CreditWorkbench.Tests.Features.Syntax;

namespace CreditWorkbench.Tests.Synthetic;

public sealed class SyntheticGeneratorTests
{
    private static readonly ScorecardDefinition Trust = ScorecardFiles.Read(ScorecardFiles.Seed("trust.yaml"));

    [Fact]
    public async Task WriteAsync_LongerFile_BeginsWithTheShorterOne()
    {
        foreach (var switches in (SyntheticSwitches[])[new(7), new(7, Drift: 0.5, Bias: 1)])
        {
            var shorter = await Csv(100, switches);
            var longer = await Csv(250, switches);

            Assert.StartsWith(shorter, longer, StringComparison.Ordinal);
            Assert.Equal(251, longer.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        }
    }

    [Fact]
    public async Task WriteAsync_AnotherSeed_GivesAnotherFile()
    {
        Assert.Equal(await Csv(20, new(1)), await Csv(20, new(1)));
        Assert.NotEqual(await Csv(20, new(1)), await Csv(20, new(2)));
    }

    [Fact]
    public async Task WriteAsync_File_ReadsBackAsTheSameRecords()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var bytes = System.Text.Encoding.UTF8.GetBytes(await Csv(300, new(4)));
        await using var file = (await TabularFile.OpenAsync(new MemoryStream(bytes), new FileReadOptions(), cancellation)).Value;
        var binder = RecordBinder.Create(Trust, [.. file.Columns.Select(column => column.Name)], RecordReading.Strict).Value;

        foreach (var row in SyntheticGenerator.Create(Trust).Value.Rows(300, new(4)))
        {
            Assert.Equal(RowState.Row, await file.ReadAsync(cancellation));
            Assert.Equal(row.Record.Values, binder.Bind(file).Value.Values);
            Assert.Equal(row.Id, file.Text(0));
            Assert.Equal(Trust.Target.Classes[row.Outcome].Value, file.Text(file.IndexOf(Trust.Target.Column)));
        }

        Assert.Equal(["application_id", "application_date", "risk_category"], binder.UnknownColumns);
    }

    [Fact]
    public void Rows_AddedDraw_LeavesTheOthersAsTheyWere()
    {
        var synthetic = Trust.Synthetic!;
        var hidden = new DrawDefinition("hidden", new Dictionary<string, double> { ["means"] = 0.5 }, Call("choose", Name("u"), Text("a"), Num(1), Text("b"), Num(1)));
        var more = Trust with { Synthetic = synthetic with { Draws = [hidden, .. synthetic.Draws] } };

        Assert.Equal(Values(Trust), Values(more));

        static IEnumerable<string> Values(ScorecardDefinition definition) =>
            [.. SyntheticGenerator.Create(definition).Value.Rows(50, new(1)).Select(row => InputRecordJson.ToText(row.Record))];
    }

    [Fact]
    public void Rows_CorrelatedFactors_GiveStandardNormalZWithTheStatedCorrelation()
    {
        var rows = Small(Call("coalesce", Name("z")), Call("coalesce", Name("z"))).Rows(20_000, new(2)).ToArray();
        var (a, b) = (rows.Select(row => row.TrueRecord["a"].Number).ToArray(), rows.Select(row => row.TrueRecord["b"].Number).ToArray());

        // Factors f and g have correlation 0.5; a loads 0.6 on f, b loads 0.5 on each.
        Assert.Equal(0, a.Average(), 0.03);
        Assert.Equal(1, a.Average(x => x * x), 0.04);
        Assert.Equal(1, b.Average(x => x * x), 0.04);
        Assert.Equal(0.6 * (0.5 + 0.5 * 0.5), a.Zip(b, (x, y) => x * y).Average(), 0.03);
    }

    [Fact]
    public void Rows_Masks_WriteCodesAndBlanksOverTrueValues()
    {
        var rows = Small(Name("z"), Name("z")).Rows(10_000, new(3)).ToArray();

        Assert.All(rows.Where(row => row.Record["a"].Kind == InputValueKind.Special), row =>
        {
            Assert.True(row.TrueRecord["a"].Number > 1);
            Assert.Contains(row.Record["b"], (InputValue[])[InputValue.OfSpecial(1), InputValue.Missing]);
        });
        Assert.Equal(0.1587, rows.Count(row => row.Record["a"].Kind == InputValueKind.Special) / 10_000.0, 0.015);
        Assert.Equal(0.2, rows.Count(row => row.Record["b"].Kind == InputValueKind.Missing) / 10_000.0, 0.015);
    }

    [Fact]
    public void Rows_BinaryTruth_IsWhatTheLogOddsSay()
    {
        var rows = Small(Name("z"), Name("z")).Rows(20_000, new(5)).ToArray();

        Assert.All(rows.Take(100), row => Assert.Equal(-1 + 0.5 * row.TrueRecord["a"].Number, row.LogOdds, 1e-4));
        Assert.All(rows.Take(100), row => Assert.Equal(1 / (1 + Math.Exp(-row.DrawnLogOdds)), row.Probabilities[1], 1e-12));
        Assert.Equal(rows.Average(row => row.Probabilities[1]), rows.Average(row => row.Outcome), 0.01);
        Assert.Equal(0.3, Math.Sqrt(rows.Average(row => Math.Pow(row.DrawnLogOdds - row.LogOdds, 2))), 0.01);
    }

    [Fact]
    public void Rows_FittedFeatureInTheTruth_IsFittedOnTheFirstRows()
    {
        var draft = ScorecardFiles.Read(ScorecardFiles.Draft("sme-esg.yaml"));

        var rows = SyntheticGenerator.Create(draft).Value.Rows(20_000, new(1)).ToArray();

        Assert.Equal(draft.Synthetic!.Verified["bad_rate"], rows.Average(row => row.Outcome), 0.01);
    }

    [Theory]
    [InlineData("consumer.yaml")]
    [InlineData("loan-default.yaml")]
    public void Rows_OtherDictionaries_ReachTheirVerifiedFigures(string name)
    {
        var draft = ScorecardFiles.Read(ScorecardFiles.Draft(name));

        var rows = SyntheticGenerator.Create(draft).Value.Rows(20_000, new(1)).ToArray();

        var auc = Core.Metrics.Ranking.Auc([.. rows.Select(row => row.LogOdds)], [.. rows.Select(row => row.Outcome == 1)]);
        Assert.Equal(draft.Synthetic!.Verified["bad_rate"], rows.Average(row => row.Outcome), 0.01);
        Assert.Equal(draft.Synthetic!.Verified["bayes_auc"], auc, 0.015);
    }

    [Fact]
    public void Create_WithoutSection_IsRefused()
    {
        var outcome = SyntheticGenerator.Create(Trust with { Synthetic = null });

        Assert.Equal("synthetic.absent", Assert.Single(outcome.Problems).Code);
        Assert.Throws<ArgumentOutOfRangeException>(() => SyntheticGenerator.Create(Trust).Value.Rows(1, new(1, Drift: 2)));
    }

    private static async Task<string> Csv(int rows, SyntheticSwitches switches)
    {
        await using var writer = new StringWriter();
        await SyntheticCsv.WriteAsync(SyntheticGenerator.Create(Trust).Value, rows, switches, writer, null, TestContext.Current.CancellationToken);
        return writer.ToString();
    }

    private static SyntheticGenerator Small(Expression a, Expression b)
    {
        var none = new Dictionary<string, double>();
        var definition = Dictionaries.Of([Dictionaries.Number("a", "-99"), Dictionaries.Number("b", "-98")], Dictionaries.Pass("a"), Dictionaries.Pass("b"));
        var synthetic = new SyntheticDefinition
        {
            Period = (new DateOnly(2024, 1, 1), new DateOnly(2024, 12, 31)),
            Factors = [new FactorDefinition("f", none), new FactorDefinition("g", new Dictionary<string, double> { ["f"] = 0.5 })],
            Draws =
            [
                new DrawDefinition("a", new Dictionary<string, double> { ["f"] = 0.6 }, a),
                new DrawDefinition("b", new Dictionary<string, double> { ["f"] = 0.5, ["g"] = 0.5 }, b),
            ],
            Specials = [new MaskDefinition("a", "-99", null, null, Op(Name("a"), ">", Num(1)), new Dictionary<string, Expression>(), new Dictionary<string, string> { ["b"] = "-98" })],
            Missing = [new MaskDefinition("b", null, 0.2, null, null, new Dictionary<string, Expression>(), new Dictionary<string, string>())],
            Intercept = -1,
            Noise = 0.3,
            Terms = [new RiskTerm("a", 0.5, Name("a"))],
        };
        return SyntheticGenerator.Create(definition with { Synthetic = synthetic }).Value;
    }
}

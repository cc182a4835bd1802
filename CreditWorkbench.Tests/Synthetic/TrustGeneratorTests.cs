using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Metrics;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Synthetic;
using CreditWorkbench.Tests.Scorecards;
using Xunit;

namespace CreditWorkbench.Tests.Synthetic;

/// <summary>The seed dictionary's generator against the figures that its own section states.</summary>
public sealed class TrustGeneratorTests
{
    private const int Rows = 40_000;
    private static readonly ScorecardDefinition Trust = ScorecardFiles.Read(ScorecardFiles.Seed("trust.yaml"));
    private static readonly SyntheticGenerator Generator = SyntheticGenerator.Create(Trust).Value;

    [Theory]
    [InlineData(1)]
    [InlineData(20250101)]
    public void Rows_ManyCases_ReachTheVerifiedFigures(int seed)
    {
        var rows = Generator.Rows(Rows, new SyntheticSwitches(seed)).ToArray();

        var verified = Trust.Synthetic!.Verified;
        for (var outcome = 0; outcome < 3; outcome++) Assert.Equal(verified[$"bad_rate.{outcome}"], Share(rows, outcome), 0.01);
        Assert.Equal(verified["bayes_auc"], Auc(rows, row => row.Outcome == 2), 0.015);
        Assert.Equal(verified["bayes_auc_not_low"], Auc(rows, row => row.Outcome > 0), 0.015);
    }

    [Fact]
    public void Rows_FullDrift_ReachTheVerifiedRates()
    {
        var rows = Generator.Rows(Rows, new SyntheticSwitches(1, Drift: 1)).ToArray();

        for (var outcome = 0; outcome < 3; outcome++) Assert.Equal(Trust.Synthetic!.Verified[$"drift_1.bad_rate.{outcome}"], Share(rows, outcome), 0.01);
    }

    [Fact]
    public void Rows_BestSingleFeature_HasTheVerifiedAuc()
    {
        var rows = Generator.Rows(Rows, new SyntheticSwitches(1)).ToArray();
        var program = FeatureProgram.Compile(Trust, FittedTransforms.None);
        var health = rows.Select(row => (Value: program.Evaluate(row.Record).Known("financial_health_score"), row.Outcome)).Where(row => row.Value is not null).ToArray();

        var auc = Ranking.Auc([.. health.Select(row => -row.Value!.Value)], [.. health.Select(row => row.Outcome == 2)]);

        Assert.Equal(Trust.Synthetic!.Verified["largest_single_auc.financial_health_score"], auc, 0.015);
    }

    [Fact]
    public void Rows_FullBias_HalvesWomenAndLowersTheirMeasuredRegularity()
    {
        var fair = Generator.Rows(Rows, new SyntheticSwitches(1)).ToArray();
        var biased = Generator.Rows(Rows, new SyntheticSwitches(1, Bias: 1)).ToArray();

        Assert.Equal(0.49, Women(fair).Length / (double)Rows, 0.01);
        Assert.Equal(0.49 * 0.5 / (1 - 0.49 * 0.5), Women(biased).Length / (double)Rows, 0.01);
        Assert.Equal(0.75, Mean(Women(biased)) / Mean(Women(fair)), 0.01);
    }

    [Fact]
    public void Record_EveryRow_IsAcceptedByTheValidator()
    {
        var validator = new RecordValidator(Trust);

        foreach (var row in Generator.Rows(500, new SyntheticSwitches(3, Drift: 0.5, Bias: 0.5)))
        {
            var json = System.Text.Json.JsonDocument.Parse(InputRecordJson.ToBytes(row.Record)).RootElement;

            var read = InputRecordJson.Read(validator, json, RecordReading.Strict);

            Assert.True(read.Succeeded, string.Join(' ', read.Problems));
            Assert.Equal(row.Record.Values, read.Value.Values);
        }
    }

    [Fact]
    public void Features_EveryModelColumn_IsAlmostAlwaysKnown()
    {
        var rows = Generator.Rows(5_000, new SyntheticSwitches(5)).Select(row => row.Record).ToArray();

        var matrix = FeatureProgram.Compile(Trust, FittedTransforms.None).Run(rows);

        Assert.Equal(20, matrix.Columns.Count);
        for (var column = 0; column < matrix.Columns.Count; column++)
        {
            var missing = matrix.Column(column).ToArray().Count(float.IsNaN) / (double)matrix.Rows;
            Assert.InRange(missing, 0, 0.2);
        }
    }

    private static SyntheticRow[] Women(SyntheticRow[] rows) => [.. rows.Where(row => row.Record["gender"].Number == 0)];

    private static double Mean(SyntheticRow[] rows) => rows.Average(row => row.Record["income_regularity_score"].Number);

    private static double Share(SyntheticRow[] rows, int outcome) => rows.Count(row => row.Outcome == outcome) / (double)rows.Length;

    private static double Auc(SyntheticRow[] rows, Func<SyntheticRow, bool> bad) =>
        Ranking.Auc([.. rows.Select(row => row.LogOdds)], [.. rows.Select(bad)]);
}

using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Metrics;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Synthetic;
using CreditWorkbench.Tests.Scorecards;
using Xunit;

namespace CreditWorkbench.Tests.Synthetic;

/// <summary>The generators of the seed dictionaries with a binary outcome against the figures that their own sections state.</summary>
public sealed class SeedGeneratorTests
{
    private const int Rows = 40_000;

    /// <summary>Dictionaries of one table with a binary outcome, and the figure that the draft states for its best single feature.</summary>
    public static TheoryData<string, string> Seeds => new()
    {
        { "consumer.yaml", "dsr_after" },
        { "loan-default.yaml", "External_Score_Mean" },
        { "sme-esg.yaml", "financial_health_score" },
    };

    /// <summary>The same dictionaries by file alone.</summary>
    public static TheoryData<string> Files => [.. Seeds.Select(seed => seed.Data.Item1)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Rows_ManyCases_ReachTheVerifiedFigures(string file, string bestFeature)
    {
        var (definition, generator) = Open(file);
        var rows = generator.Rows(Rows, new SyntheticSwitches(1)).ToArray();

        var verified = definition.Synthetic!.Verified;
        Assert.Equal(verified["bad_rate"], BadRate(rows), 0.01);
        Assert.Equal(verified["bayes_auc"], Auc(rows), 0.015);
        Assert.InRange(Auc(rows), 0.75, 0.90);
        Assert.Equal(verified[$"largest_single_auc.{bestFeature}"], AucOf(definition, rows, bestFeature), 0.015);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Rows_FullDrift_ReachTheVerifiedRate(string file)
    {
        var (definition, generator) = Open(file);
        var rows = generator.Rows(Rows, new SyntheticSwitches(1, Drift: 1)).ToArray();

        Assert.Equal(definition.Synthetic!.Verified["drift_1.bad_rate"], BadRate(rows), 0.01);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Rows_FullBias_DifferFromTheFairOnes(string file, string bestFeature)
    {
        var (definition, generator) = Open(file);
        var fair = generator.Rows(Rows, new SyntheticSwitches(1)).ToArray();

        var biased = generator.Rows(Rows, new SyntheticSwitches(1, Bias: 1)).ToArray();

        Assert.NotEmpty(definition.Synthetic!.Bias);
        Assert.NotEqual(AucOf(definition, fair, bestFeature), AucOf(definition, biased, bestFeature));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Record_EveryRow_IsAcceptedByTheValidator(string file)
    {
        var (definition, generator) = Open(file);
        var validator = new RecordValidator(definition);

        foreach (var row in generator.Rows(300, new SyntheticSwitches(3, Drift: 0.5, Bias: 0.5)))
        {
            var json = System.Text.Json.JsonDocument.Parse(InputRecordJson.ToBytes(row.Record)).RootElement;

            var read = InputRecordJson.Read(validator, json, RecordReading.Strict);

            Assert.True(read.Succeeded, string.Join(' ', read.Problems));
            Assert.Equal(row.Record.Values, read.Value.Values);
        }
    }

    private static (ScorecardDefinition Definition, SyntheticGenerator Generator) Open(string file)
    {
        var definition = ScorecardFiles.Read(ScorecardFiles.Seed(file));
        return (definition, SyntheticGenerator.Create(definition).Value);
    }

    private static double BadRate(SyntheticRow[] rows) => rows.Count(row => row.Outcome == 1) / (double)rows.Length;

    private static double Auc(SyntheticRow[] rows) => Ranking.Auc([.. rows.Select(row => row.LogOdds)], [.. rows.Select(row => row.Outcome == 1)]);

    /// <summary>AUC of one feature alone in its better direction, over the rows where it is known.</summary>
    private static double AucOf(ScorecardDefinition definition, SyntheticRow[] rows, string feature)
    {
        var records = rows.Select(row => row.Record).ToArray();
        var program = FeatureProgram.Compile(definition, FeatureProgram.Fit(definition, records));
        var known = rows.Select(row => (Value: program.Evaluate(row.Record).Known(feature), row.Outcome)).Where(row => row.Value is not null).ToArray();
        var auc = Ranking.Auc([.. known.Select(row => row.Value!.Value)], [.. known.Select(row => row.Outcome == 1)]);
        return Math.Max(auc, 1 - auc);
    }
}

using CreditWorkbench.Core.Metrics;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Synthetic;
using CreditWorkbench.Tests.Scorecards;
using Xunit;

namespace CreditWorkbench.Tests.Synthetic;

/// <summary>The generator of tables against the figures that the dictionary's own section states.</summary>
public sealed class TableGeneratorTests
{
    private const int Customers = 14_000;
    private static readonly ScorecardDefinition LoanRisk = ScorecardFiles.Read(ScorecardFiles.Seed("loan-risk.yaml"));
    private static readonly TableGenerator Generator = TableGenerator.Create(LoanRisk).Value;

    [Fact]
    public void Truths_ManyCustomers_ReachTheVerifiedFigures()
    {
        var truths = Generator.Truths(Customers, new SyntheticSwitches(1)).ToArray();

        var verified = LoanRisk.Synthetic!.Verified;
        Assert.InRange(truths.Length, 1.44 * Customers, 1.46 * Customers);
        Assert.Equal(verified["bad_rate"], truths.Average(truth => truth.Outcome), 0.01);
        Assert.Equal(verified["bayes_auc"], Auc(truths), 0.015);
        Assert.InRange(Auc(truths), 0.75, 0.90);
    }

    [Fact]
    public void Truths_FullDrift_ReachTheVerifiedRate()
    {
        var truths = Generator.Truths(Customers, new SyntheticSwitches(1, Drift: 1)).ToArray();

        Assert.Equal(LoanRisk.Synthetic!.Verified["drift_1.bad_rate"], truths.Average(truth => truth.Outcome), 0.01);
    }

    [Fact]
    public void Truths_MoreCustomers_BeginWithTheFewer()
    {
        var fewer = Generator.Truths(1_200, new SyntheticSwitches(5)).ToArray();

        var more = Generator.Truths(2_500, new SyntheticSwitches(5)).Take(fewer.Length).ToArray();

        Assert.Equal(fewer, more);
    }

    private static double Auc(SyntheticTruth[] truths) => Ranking.Auc([.. truths.Select(truth => truth.LogOdds)], [.. truths.Select(truth => truth.Outcome == 1)]);
}

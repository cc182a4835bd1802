using CreditWorkbench.Core.Metrics;
using Xunit;

namespace CreditWorkbench.Tests.Metrics;

public sealed class RankingTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Auc_TiedRisks_EqualsCountOverAllPairs(int seed)
    {
        var (risk, bad) = Samples.Congruential(120, seed);

        var auc = Ranking.Auc(risk, bad);

        Assert.Equal(PairwiseAuc(risk, bad), auc, 1e-14);
    }

    [Fact]
    public void Auc_RowsInAnotherOrder_IsTheSameBits()
    {
        var (risk, bad) = Samples.Congruential();

        var turned = Ranking.Auc([.. risk.Reverse()], [.. bad.Reverse()]);

        Assert.Equal(Ranking.Auc(risk, bad), turned);
    }

    [Fact]
    public void Auc_OneOutcomeOnly_Throws() => Assert.Throws<ArgumentException>(() => Ranking.Auc([0.1, 0.2], [true, true]));

    [Fact]
    public void Auc_RiskIsNaN_Throws() => Assert.Throws<ArgumentException>(() => Ranking.Auc([0.1, double.NaN], [true, false]));

    [Fact]
    public void Ks_TiedRisks_EqualsLargestGapOverAllCuts()
    {
        var (risk, bad) = Samples.Congruential(150, 7);
        var ranked = RankedOutcomes.Of(risk, bad);

        var ks = Ranking.KolmogorovSmirnov(ranked.Good, ranked.Bad);

        var largest = risk.Max(cut => Math.Abs(ShareAtOrAbove(risk, bad, true, cut) - ShareAtOrAbove(risk, bad, false, cut)));
        Assert.Equal(largest, ks, 1e-14);
    }

    [Fact]
    public void Roc_AnySample_RunsFromOriginToCornerWithTheAreaOfTheAuc()
    {
        var (risk, bad) = Samples.Congruential();

        var roc = RankingCurves.Roc(RankedOutcomes.Of(risk, bad));

        var area = roc.Zip(roc.Skip(1)).Sum(pair =>
            (pair.Second.FalsePositiveRate - pair.First.FalsePositiveRate) * (pair.First.TruePositiveRate + pair.Second.TruePositiveRate) / 2);
        Assert.Equal((0.0, 0.0), (roc[0].FalsePositiveRate, roc[0].TruePositiveRate));
        Assert.Equal((1.0, 1.0), (roc[^1].FalsePositiveRate, roc[^1].TruePositiveRate));
        Assert.Equal(Ranking.Auc(risk, bad), area, 1e-12);
    }

    [Fact]
    public void TopDecileLift_TenRowsOneBadOnTop_IsTen()
    {
        double[] risk = [.. Enumerable.Range(0, 10).Select(i => (double)i)];
        bool[] bad = [.. risk.Select(value => value == 9)];

        Assert.Equal(10.0, RankingCurves.TopDecileLift(RankedOutcomes.Of(risk, bad)), 1e-12);
    }

    [Fact]
    public void TopDecileLift_AllRisksEqual_IsOne() =>
        Assert.Equal(1.0, RankingCurves.TopDecileLift(RankedOutcomes.Of(new double[7], [true, false, false, true, false, false, false])), 1e-12);

    [Fact]
    public void Gains_Deciles_EndWithEverythingCaptured()
    {
        var (risk, bad) = Samples.Congruential();

        var gains = RankingCurves.Gains(RankedOutcomes.Of(risk, bad), 10);

        Assert.Equal(10, gains.Length);
        Assert.Equal(1.0, gains[^1].Captured, 1e-12);
        Assert.True(gains.Zip(gains.Skip(1)).All(pair => pair.First.Captured <= pair.Second.Captured));
    }

    private static double PairwiseAuc(double[] risk, bool[] bad)
    {
        var (won, pairs) = (0.0, 0);
        for (var i = 0; i < risk.Length; i++)
        {
            for (var j = 0; j < risk.Length; j++)
            {
                if (!bad[i] || bad[j]) continue;
                won += risk[i] > risk[j] ? 1.0 : risk[i] == risk[j] ? 0.5 : 0.0;
                pairs++;
            }
        }

        return won / pairs;
    }

    private static double ShareAtOrAbove(double[] risk, bool[] bad, bool outcome, double cut) =>
        (double)risk.Where((value, i) => bad[i] == outcome && value >= cut).Count() / bad.Count(value => value == outcome);
}

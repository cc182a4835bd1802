using CreditWorkbench.Core.Metrics;
using Xunit;

namespace CreditWorkbench.Tests.Metrics;

public sealed class UncertaintyTests
{
    [Fact]
    public void DeLong_SmallSample_EqualsVarianceOverAllPairs()
    {
        var (risk, bad) = Samples.Congruential(90, 5);

        var estimate = DeLong.Of(risk, bad);

        var (auc, variance) = PairwiseDeLong(risk, bad);
        Assert.Equal(auc, estimate.Auc, 1e-12);
        Assert.Equal(Math.Sqrt(variance), estimate.StandardError, 1e-12);
    }

    [Fact]
    public void Compare_SameRisks_FindsNoDifference()
    {
        var (risk, bad) = Samples.Congruential();

        var difference = DeLong.Compare(risk, [.. risk.Select(value => 3 * value - 1)], bad);

        Assert.Equal(new AucDifference(0, 0, 1), difference);
    }

    [Fact]
    public void Compare_RiskAgainstNoise_FindsTheDifference()
    {
        var (risk, bad) = Samples.Congruential();
        var (noise, _) = Samples.Congruential(400, 99);

        var difference = DeLong.Compare(risk, noise, bad);

        Assert.Equal(Ranking.Auc(risk, bad) - Ranking.Auc(noise, bad), difference.Difference, 1e-12);
        Assert.InRange(difference.PValue, 0.0, 1e-6);
    }

    [Fact]
    public void DeLong_OneBadRow_Throws() => Assert.Throws<ArgumentException>(() => DeLong.Of([0.1, 0.2, 0.3], [true, false, false]));

    [Fact]
    public void Bootstrap_SameSeed_IsTheSameBits()
    {
        var (risk, bad) = Samples.Congruential();
        var ranked = RankedOutcomes.Of(risk, bad);

        var first = StratifiedBootstrap.Of(ranked, Ranking.Auc, seed: 4, cancellation: TestContext.Current.CancellationToken);
        var second = StratifiedBootstrap.Of(ranked, Ranking.Auc, seed: 4, cancellation: TestContext.Current.CancellationToken);
        var other = StratifiedBootstrap.Of(ranked, Ranking.Auc, seed: 5, cancellation: TestContext.Current.CancellationToken);

        Assert.Equal(first, second);
        Assert.NotEqual(first, other);
    }

    [Fact]
    public void Bootstrap_OfAuc_AgreesWithDeLong()
    {
        var (risk, bad) = Samples.Congruential(2_000);

        var interval = StratifiedBootstrap.Of(RankedOutcomes.Of(risk, bad), Ranking.Auc, seed: 1, cancellation: TestContext.Current.CancellationToken);

        var exact = DeLong.Of(risk, bad);
        Assert.Equal(exact.Auc, interval.Value, 1e-12);
        Assert.Equal(exact.Auc - 1.96 * exact.StandardError, interval.Low, 0.15 * exact.StandardError * 1.96);
        Assert.Equal(exact.Auc + 1.96 * exact.StandardError, interval.High, 0.15 * exact.StandardError * 1.96);
    }

    private static (double Auc, double Variance) PairwiseDeLong(double[] risk, bool[] bad)
    {
        var bads = risk.Where((_, i) => bad[i]).ToArray();
        var goods = risk.Where((_, i) => !bad[i]).ToArray();
        static double Win(double b, double g) => b > g ? 1.0 : b == g ? 0.5 : 0.0;
        var perBad = bads.Select(b => goods.Average(g => Win(b, g))).ToArray();
        var perGood = goods.Select(g => bads.Average(b => Win(b, g))).ToArray();
        static double Variance(double[] values) => values.Sum(value => Math.Pow(value - values.Average(), 2)) / (values.Length - 1);
        return (perBad.Average(), Variance(perBad) / bads.Length + Variance(perGood) / goods.Length);
    }
}

using CreditWorkbench.Core.Predictors;
using CreditWorkbench.Core.Training;
using Xunit;

namespace CreditWorkbench.Tests.Training;

public sealed class WoeBinningTests
{
    public static TheoryData<RiskTrend, ulong> Cases()
    {
        var cases = new TheoryData<RiskTrend, ulong>();
        foreach (var trend in Enum.GetValues<RiskTrend>())
            for (ulong seed = 1; seed <= 25; seed++) cases.Add(trend, seed);
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Best_SmallPreBins_EqualsTheBestOfAllPartitions(RiskTrend trend, ulong seed)
    {
        var random = new RandomStream(seed, 99);
        var preBins = Enumerable.Range(0, 4 + random.NextInt(7)).Select(_ => new Evidence(random.NextInt(60), random.NextInt(30))).ToArray();
        var all = preBins.Aggregate(new Evidence(40, 20), (sum, bin) => sum + bin);
        var limits = new BinLimits(1 + random.NextInt(6), random.NextInt(40), random.NextInt(8), random.NextInt(8), 0.01 * random.NextInt(3));

        var best = WoeBinning.Best(preBins, all, limits, trend);

        var brute = Partitions(preBins.Length).Where(ends => Admitted(ends, preBins, all, limits, trend)).Max(ends => Gain(ends, preBins, all, limits));
        Assert.Equal(brute, best.Gain, 12);
        Assert.True(Admitted([.. best.Ends], preBins, all, limits, trend));
        Assert.Equal(best.Gain, Gain([.. best.Ends], preBins, all, limits), 12);
    }

    [Fact]
    public void Best_RiskThatWaves_IsHeldToTheTrendThatWasAsked()
    {
        Evidence[] waves = [new(90, 10), new(50, 50), new(80, 20), new(30, 70)];
        var all = waves.Aggregate((sum, bin) => sum + bin);
        var limits = new BinLimits(4, 1, 1, 1, 0);

        Assert.Equal([1, 2, 3, 4], WoeBinning.Best(waves, all, limits, RiskTrend.None).Ends);
        Assert.Equal([1, 3, 4], WoeBinning.Best(waves, all, limits, RiskTrend.Ascending).Ends);
        Assert.Equal([4], WoeBinning.Best(waves, all, limits with { MaxBins = 1 }, RiskTrend.None).Ends);
    }

    [Fact]
    public void Best_BinsTooSmallForTheLimits_IsOneBinOfEverything()
    {
        Evidence[] preBins = [new(3, 1), new(2, 2)];

        Assert.Equal([2], WoeBinning.Best(preBins, new Evidence(5, 3), new BinLimits(5, 100, 0, 0, 0), RiskTrend.None).Ends);
    }

    [Fact]
    public void Woe_KnownCounts_AddsHalfARowToEachShare()
    {
        // 80 of 800 goods and 20 of 100 bads: ln((80.5 / 800) / (20.5 / 100)).
        var (bin, all) = (new Evidence(80, 20), new Evidence(800, 100));

        Assert.Equal(Math.Log(80.5 / 800 / (20.5 / 100)), bin.Woe(all), 14);
        Assert.Equal((80.5 / 800 - 20.5 / 100) * bin.Woe(all), bin.Information(all), 14);
    }

    /// <summary>Every way to cut n pre-bins, as the ends of bins.</summary>
    private static IEnumerable<int[]> Partitions(int n)
    {
        for (var cuts = 0; cuts < 1 << (n - 1); cuts++)
            yield return [.. Enumerable.Range(1, n - 1).Where(end => (cuts >> (end - 1) & 1) != 0), n];
    }

    private static Evidence[] Bins(int[] ends, Evidence[] preBins)
    {
        var starts = ends.Prepend(0).ToArray();
        return [.. ends.Select((end, i) => preBins[starts[i]..end].Aggregate((sum, bin) => sum + bin))];
    }

    private static double Gain(int[] ends, Evidence[] preBins, Evidence all, BinLimits limits) => Bins(ends, preBins).Sum(bin => bin.Information(all) - limits.Penalty);

    private static bool Admitted(int[] ends, Evidence[] preBins, Evidence all, BinLimits limits, RiskTrend trend)
    {
        var bins = Bins(ends, preBins);
        if (bins.Length > limits.MaxBins || (bins.Length > 1 && !bins.All(limits.Admits))) return false;
        var risk = bins.Select(bin => -bin.Woe(all)).ToArray();
        bool Rises(int from, int to) => Enumerable.Range(from, Math.Max(0, to - from)).All(i => risk[i + 1] >= risk[i]);
        bool Falls(int from, int to) => Enumerable.Range(from, Math.Max(0, to - from)).All(i => risk[i + 1] <= risk[i]);
        var last = risk.Length - 1;
        return trend switch
        {
            RiskTrend.Ascending => Rises(0, last),
            RiskTrend.Descending => Falls(0, last),
            RiskTrend.Peak => Enumerable.Range(0, risk.Length).Any(top => Rises(0, top) && Falls(top, last)),
            RiskTrend.Valley => Enumerable.Range(0, risk.Length).Any(bottom => Falls(0, bottom) && Rises(bottom, last)),
            _ => true,
        };
    }
}

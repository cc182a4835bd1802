using CreditWorkbench.Core.Evaluation;
using CreditWorkbench.Tests.Metrics;
using Xunit;

namespace CreditWorkbench.Tests.Evaluation;

public sealed class ThresholdSearchTests
{
    [Fact]
    public void ByCost_AnySample_IsNotBeatenByAnyOtherCut()
    {
        var (pd, bad) = Samples.Congruential(300);

        var choice = ThresholdSearch.ByCost(pd, bad, [50_000], [10_000]);

        var best = pd.Append(0.0).Min(cut => Cost(pd, bad, cut));
        Assert.Equal(best, choice.Value, 1e-9);
        Assert.Equal(best, Cost(pd, bad, choice.Pd), 1e-9);
        Assert.Equal(1.0 / 6, choice.ClosedForm!.Value, 1e-12);
    }

    [Fact]
    public void ByCost_TruePds_FindsTheClosedForm()
    {
        var (pd, bad) = TruePds(200_000);

        var choice = ThresholdSearch.ByCost(pd, bad, [50_000], [10_000]);

        Assert.Equal(1.0 / 6, choice.Pd, 0.03);
    }

    [Fact]
    public void ByCost_CostPerRow_CountsEachRowByItsOwn()
    {
        var choice = ThresholdSearch.ByCost([0.2, 0.4, 0.6, 0.8], [true, false, true, false], [100, 0, 1, 0], [0, 1, 0, 50]);

        // Declining all: 1 + 50; declining none: 100 + 1; declining only the worst: 101 + 50.
        Assert.Equal(0.0, choice.Pd);
        Assert.Equal(51.0 / 4, choice.Value, 1e-12);
    }

    [Fact]
    public void ByKs_AnySample_ReachesTheLargestGap()
    {
        var (pd, bad) = Samples.Congruential(300);

        var choice = ThresholdSearch.ByKolmogorovSmirnov(pd, bad);

        Assert.Equal(pd.Append(0.0).Max(cut => Gap(pd, bad, cut)), choice.Value, 1e-12);
        Assert.Equal(choice.Value, Gap(pd, bad, choice.Pd), 1e-12);
    }

    [Fact]
    public void ByF1_AnySample_ReachesTheLargestF1()
    {
        var (pd, bad) = Samples.Congruential(300);

        var choice = ThresholdSearch.ByF1(pd, bad);

        Assert.Equal(pd.Append(0.0).Max(cut => Core.Metrics.ConfusionMatrix.At(pd, bad, cut).F1 ?? 0.0), choice.Value, 1e-12);
        Assert.Equal(choice.Value, Core.Metrics.ConfusionMatrix.At(pd, bad, choice.Pd).F1!.Value, 1e-12);
    }

    [Fact]
    public void ByKs_OneOutcome_Throws() => Assert.Throws<ArgumentException>(() => ThresholdSearch.ByKolmogorovSmirnov([0.1, 0.2], [true, true]));

    private static double Cost(double[] pd, bool[] bad, double cut) =>
        pd.Select((p, i) => p > cut ? bad[i] ? 0.0 : 10_000.0 : bad[i] ? 50_000.0 : 0.0).Sum() / pd.Length;

    private static double Gap(double[] pd, bool[] bad, double cut)
    {
        var matrix = Core.Metrics.ConfusionMatrix.At(pd, bad, cut);
        return matrix.Recall!.Value - matrix.FalsePositiveRate!.Value;
    }

    private static (double[] Pd, bool[] Bad) TruePds(int rows)
    {
        long seed = 5;
        var (pd, bad) = (new double[rows], new bool[rows]);
        for (var i = 0; i < rows; i++)
        {
            pd[i] = Samples.Next(ref seed);
            bad[i] = Samples.Next(ref seed) < pd[i];
        }

        return (pd, bad);
    }
}

using CreditWorkbench.Core.Metrics;
using Xunit;

namespace CreditWorkbench.Tests.Metrics;

public sealed class CalibrationErrorTests
{
    [Fact]
    public void Ece_FourRowsInTwoBins_IsTheMeanGap()
    {
        var error = CalibrationError.Of([0.1, 0.3, 0.6, 0.8], [false, true, true, true], seed: 1, weights: null, bins: 2);

        Assert.Equal([new CalibrationBin(2, 0.2, 0.5), new CalibrationBin(2, 0.7, 1.0)], error.Bins);
        Assert.Equal(0.3, error.Value, 1e-12);
    }

    [Fact]
    public void Ece_EqualProbabilities_StayInOneBin()
    {
        var error = CalibrationError.Of([.. Enumerable.Repeat(0.25, 40)], [.. Enumerable.Range(0, 40).Select(i => i % 4 == 0)], seed: 1);

        Assert.Single(error.Bins);
        Assert.Equal(0.0, error.Value, 1e-12);
    }

    [Fact]
    public void Ece_TrueProbabilities_StaysUnderTheNullLimitAndHalvedOnesDoNot()
    {
        var (truth, bad) = TrueProbabilities(4_000);

        var right = CalibrationError.Of(truth, bad, seed: 1);
        var wrong = CalibrationError.Of([.. truth.Select(p => p / 2)], bad, seed: 1);

        Assert.InRange(right.Value, 0.0, right.NullLimit);
        Assert.True(wrong.Value > wrong.NullLimit);
    }

    [Fact]
    public void NullLimit_ManySamplesOfTrueProbabilities_IsPassedByOneInTwenty()
    {
        var passed = 0;
        for (var sample = 1; sample <= 200; sample++)
        {
            var (truth, bad) = TrueProbabilities(300, 1_000 + sample);
            var error = CalibrationError.Of(truth, bad, seed: 1);
            if (error.Value > error.NullLimit) passed++;
        }

        // 200 trials at 5 %: mean 10, standard deviation 3.1.
        Assert.InRange(passed, 2, 20);
    }

    private static (double[] Truth, bool[] Bad) TrueProbabilities(int rows, long seed = 31)
    {
        var (truth, bad) = (new double[rows], new bool[rows]);
        for (var i = 0; i < rows; i++)
        {
            truth[i] = Samples.Next(ref seed);
            bad[i] = Samples.Next(ref seed) < truth[i];
        }

        return (truth, bad);
    }
}

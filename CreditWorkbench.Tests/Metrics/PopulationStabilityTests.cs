using CreditWorkbench.Core.Metrics;
using Xunit;

namespace CreditWorkbench.Tests.Metrics;

public sealed class PopulationStabilityTests
{
    [Fact]
    public void Psi_TwoCells_EqualsTheSumByHand()
    {
        var psi = PopulationStability.Of([600, 400], [500, 500]);

        var (p, q) = (600.5 / 1001, 500.5 / 1001);
        Assert.Equal((q - p) * Math.Log(q / p) + (p - q) * Math.Log((1 - q) / (1 - p)), psi.Value, 1e-12);
        Assert.Equal(3.841458820694124 * (1 / 1000.0 + 1 / 1000.0), psi.NullLimit, 1e-9);
        Assert.Equal(StabilityVerdict.Shifted, psi.Verdict);
    }

    [Fact]
    public void Psi_RareCells_ArePooledUntilFiveAreExpected()
    {
        var psi = PopulationStability.Of([500, 490, 4, 3, 3], [52, 46, 1, 0, 1]);

        Assert.Equal(2, psi.Cells);
        Assert.Equal(StabilityVerdict.Stable, psi.Verdict);
    }

    [Fact]
    public void Psi_FewRows_HasNoVerdict() =>
        Assert.Equal(StabilityVerdict.InsufficientRows, PopulationStability.Of([500, 500], [19, 0]).Verdict);

    [Fact]
    public void NullLimit_SamplesOfOnePopulation_IsPassedByOneInTwenty()
    {
        long seed = 77;
        var passed = 0;
        for (var trial = 0; trial < 400; trial++)
        {
            if (PopulationStability.Of(Counts(2_000, ref seed), Counts(1_000, ref seed)).Verdict == StabilityVerdict.Shifted) passed++;
        }

        // 400 trials at 5 %: mean 20, standard deviation 4.4.
        Assert.InRange(passed, 7, 34);
    }

    private static long[] Counts(int rows, ref long seed)
    {
        var counts = new long[10];
        for (var i = 0; i < rows; i++) counts[(int)(10 * Samples.Next(ref seed))]++;
        return counts;
    }
}

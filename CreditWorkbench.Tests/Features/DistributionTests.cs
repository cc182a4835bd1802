using CreditWorkbench.Core.Features;
using Xunit;

namespace CreditWorkbench.Tests.Features;

public sealed class DistributionTests
{
    // Python 3.11, math.erfc(-z / sqrt(2)) / 2.
    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1, 0.8413447460685429)]
    [InlineData(-1.96, 0.024997895148220435)]
    [InlineData(-5, 2.866515718791946e-07)]
    [InlineData(-8, 6.220960574271819e-16)]
    public void Cumulative_PublishedPoints_Agree(double z, double expected)
    {
        Assert.Equal(expected, NormalDistribution.Cumulative(z), 1e-15);
    }

    [Fact]
    public void Quantile_OfCumulative_IsTheIdentity()
    {
        for (var z = -5.0; z <= 5.0; z += 0.01)
        {
            Assert.Equal(z, NormalDistribution.Quantile(NormalDistribution.Cumulative(z)), 1e-8);
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => NormalDistribution.Quantile(0));
    }

    // Python 3.11, statistics.NormalDist().inv_cdf.
    [Theory]
    [InlineData(0.975, 1.9599639845400536)]
    [InlineData(0.001, -3.090232306167813)]
    [InlineData(1e-12, -7.034483825301132)]
    public void Quantile_PublishedPoints_Agree(double probability, double expected)
    {
        Assert.Equal(expected, NormalDistribution.Quantile(probability), 1e-11);
    }

    [Theory]
    [InlineData(0.05, 3)]
    [InlineData(0.5, 3)]
    [InlineData(0.999, 3)]
    [InlineData(0.3, 40)]
    public void PoissonQuantile_AgainstSummedProbabilities_IsTheSmallestCountThatReachesU(double u, double mean)
    {
        var count = PoissonDistribution.Quantile(u, mean);

        Assert.True(Cumulative((int)count, mean) >= u);
        Assert.True(count == 0 || Cumulative((int)count - 1, mean) < u);
    }

    private static double Cumulative(int count, double mean)
    {
        var sum = 0.0;
        for (var k = 0; k <= count; k++)
        {
            var logFactorial = Enumerable.Range(1, k).Sum(i => Math.Log(i));
            sum += Math.Exp(k * Math.Log(mean) - mean - logFactorial);
        }

        return sum;
    }
}

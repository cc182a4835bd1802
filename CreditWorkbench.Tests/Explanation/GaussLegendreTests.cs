using CreditWorkbench.Core.Explanation;
using Xunit;

namespace CreditWorkbench.Tests.Explanation;

public sealed class GaussLegendreTests
{
    [Fact]
    public void Rule_PolynomialsUpToItsDegree_IntegratesExactly()
    {
        for (var n = 1; n <= 32; n++)
        {
            var (nodes, weights) = GaussLegendre.Rule(n);
            for (var degree = 0; degree <= 2 * n - 1; degree++)
            {
                var integral = nodes.Zip(weights).Sum(point => point.Second * Math.Pow(point.First, degree));
                Assert.Equal(1.0 / (degree + 1), integral, 12);
            }
        }
    }

    [Fact]
    public void Weights_AnyPlayers_AreThoseOfTheDefinition()
    {
        Assert.Equal(1.0, ShapleyWeights.Of(1, 0));
        Assert.Equal(1.0 / 12, ShapleyWeights.Of(2, 2), 15);
        Assert.Equal(2.0 * 1 / 24 * 1, ShapleyWeights.Of(3, 1), 15);
    }
}

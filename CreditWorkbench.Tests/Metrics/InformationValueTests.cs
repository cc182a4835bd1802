using CreditWorkbench.Core.Metrics;
using Xunit;

namespace CreditWorkbench.Tests.Metrics;

public sealed class InformationValueTests
{
    [Fact]
    public void Iv_EqualShares_IsZero() => Assert.Equal(0.0, InformationValue.Of([10, 30], [10, 30]), 1e-12);

    [Fact]
    public void Iv_TwoBins_EqualsTheSumByHand()
    {
        var (g1, b1) = (90.5 / 101, 20.5 / 101);

        var value = InformationValue.Of([90, 10, 0], [20, 80, 0]);

        Assert.Equal((g1 - b1) * Math.Log(g1 / b1) + (b1 - g1) * Math.Log((1 - g1) / (1 - b1)), value, 1e-12);
    }
}

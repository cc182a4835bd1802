using CreditWorkbench.Core.Calibration;
using Xunit;

namespace CreditWorkbench.Tests.Calibration;

public sealed class PriorCorrectionTests
{
    [Fact]
    public void ForBalanced_EvenOdds_GoBackToTheBaseRate()
    {
        var logOdds = PriorCorrection.ForBalanced(bads: 50, goods: 950);

        Assert.Equal(0.05, 1 / (1 + Math.Exp(-logOdds)), 12);
    }

    [Theory]
    [InlineData(0.02, 10.0, 0.5)]
    [InlineData(0.7, 1.0, 3.0)]
    public void Probability_OfAWeightedShare_IsThePlainShare(double share, double badWeight, double goodWeight)
    {
        var weighted = badWeight * share / (badWeight * share + goodWeight * (1 - share));

        Assert.Equal(share, PriorCorrection.Probability(weighted, badWeight, goodWeight), 12);
    }

    [Fact]
    public void ForWeights_NotAboveZero_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => PriorCorrection.ForWeights(0, 1));
}

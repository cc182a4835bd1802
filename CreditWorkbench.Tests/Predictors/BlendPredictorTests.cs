using CreditWorkbench.Core.Predictors;
using Xunit;

namespace CreditWorkbench.Tests.Predictors;

public sealed class BlendPredictorTests
{
    [Fact]
    public void Quantity_AnyVector_IsTheWeightedSumOfCalibratedMargins() =>
        Assert.All(SamplePredictors.Vectors(), vector => Assert.Equal(
            0.25 * (1.5 * SamplePredictors.Linear.Margin(vector) + 0.125) + 0.75 * (0.875 * SamplePredictors.Scorecard.Margin(vector) - 0.0625),
            SamplePredictors.Blend.Quantity(vector), 12));

    [Fact]
    public void ReasonsAreExact_WithANetworkAmongTheMembers_IsFalse()
    {
        var blend = new BlendPredictor([new BlendMember(SamplePredictors.Linear, 1.0, 1.0, 0.0), new BlendMember(SamplePredictors.Network, 0.0, 1.0, 0.0)]);

        Assert.False(blend.ReasonsAreExact);
        Assert.True(SamplePredictors.Blend.ReasonsAreExact);
    }

    [Theory]
    [InlineData(0.5, 0.4, 1.0)]
    [InlineData(1.5, -0.5, 1.0)]
    [InlineData(double.NaN, 0.5, 1.0)]
    [InlineData(0.5, 0.5, 0.0)]
    [InlineData(0.5, 0.5, -1.0)]
    [InlineData(0.5, 0.5, double.PositiveInfinity)]
    public void Constructor_WeightsOrSlopeOutOfRange_AreRefused(double first, double second, double slope) => Assert.Throws<ArgumentException>(() =>
        new BlendPredictor([new BlendMember(SamplePredictors.Linear, first, slope, 0), new BlendMember(SamplePredictors.Scorecard, second, 1, 0)]));

    [Fact]
    public void Constructor_NestedEmptyOrOrdinal_IsRefused()
    {
        var ordinal = new TreeEnsemble("forest", 2, Link.Ordinal, Aggregation.Mean, 600, Leaf());

        Assert.Throws<ArgumentException>(() => new BlendPredictor([]));
        Assert.Throws<ArgumentException>(() => new BlendPredictor([new BlendMember(SamplePredictors.Blend, 1, 1, 0)]));
        Assert.Throws<ArgumentException>(() => new BlendPredictor([new BlendMember(ordinal, 1, 1, 0)]));
    }

    private static TreeNodes Leaf() => new()
    {
        TreeStart = [0, 1],
        Feature = [-1],
        Cut = [0],
        Left = [-1],
        Right = [-1],
        CodesLeft = [0],
        CategorySet = [-1],
        SetStart = [0],
        SetBits = [],
        Value = [0.5],
        Cover = [1],
    };
}

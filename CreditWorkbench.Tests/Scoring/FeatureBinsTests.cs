using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Scoring;
using Xunit;

namespace CreditWorkbench.Tests.Scoring;

public sealed class FeatureBinsTests
{
    private static readonly FeatureBins Months = new(new FeatureColumn("months", 0, [], ["-1", "-2"]), [6f, 12f], [10, 20, 30, 4, 5, 6]);
    private static readonly FeatureBins Purpose = new(new FeatureColumn("purpose", 0, ["car", "home"], []), [], [7, 8, 9]);

    [Theory]
    [InlineData(float.NegativeInfinity, 0)]
    [InlineData(6f, 0)]
    [InlineData(6.0000005f, 1)]
    [InlineData(12f, 1)]
    [InlineData(float.PositiveInfinity, 2)]
    public void BinOf_Number_UpperEdgeBelongsToTheBin(float value, int bin) => Assert.Equal(bin, Months.BinOf(value));

    [Fact]
    public void BinOf_MissingAndEachCode_HaveBinsOfTheirOwn()
    {
        Assert.Equal([3, 4, 5], new[] { CodedNaN.Missing, CodedNaN.Of(1), CodedNaN.Of(2) }.Select(Months.BinOf));
        Assert.Equal(Months.MissingBin, Months.BinOf(CodedNaN.Of(3)));
        Assert.Equal(Months.MissingBin, Months.BinOf(float.NaN));
    }

    [Fact]
    public void BinOf_Category_IsItsIndexAndAnUnknownOneCountsAsMissing()
    {
        Assert.Equal([0, 1, 2, 2, 2], new[] { 0f, 1f, 2f, -1f, CodedNaN.Missing }.Select(Purpose.BinOf));
    }

    [Fact]
    public void Bins_CutsThatDoNotRiseOrCountsThatDoNotFit_CannotBeMade()
    {
        Assert.Throws<ArgumentException>(() => new FeatureBins(Months.Column, [12f, 6f], Months.Expected));
        Assert.Throws<ArgumentException>(() => new FeatureBins(Months.Column, [6f, float.NaN], Months.Expected));
        Assert.Throws<ArgumentException>(() => new FeatureBins(Months.Column, [6f], Months.Expected));
        Assert.Throws<ArgumentException>(() => new FeatureBins(Purpose.Column, [0.5f], [7, 8, 9]));
        Assert.Throws<ArgumentException>(() => new FeatureBins(Purpose.Column, [], [7, 8, -9]));
    }

    [Theory]
    [InlineData(300, 0)]
    [InlineData(324, 0)]
    [InlineData(325, 1)]
    [InlineData(899, 23)]
    [InlineData(900, 23)]
    public void ScoreBins_ThreeToNineHundred_Are24OfWidth25(int issued, int bin)
    {
        var bins = new ScoreBins(new OddsScale(600, 19, 50, 300, 900), [300, 310, 900]);

        Assert.Equal((24, bin), (bins.Count, bins.BinOf(issued)));
        Assert.Equal((2L, 1L, 3L), (bins.Expected[0], bins.Expected[23], bins.Expected.Sum()));
    }
}

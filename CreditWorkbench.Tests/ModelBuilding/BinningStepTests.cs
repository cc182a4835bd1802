using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.ModelBuilding;
using Xunit;

namespace CreditWorkbench.Tests.ModelBuilding;

public sealed class BinningStepTests
{
    private static readonly FeatureColumn Coded = new("months", 0, [], ["-1"]);

    [Fact]
    public void Of_HundredDifferentValues_CutsAtTheDeciles()
    {
        float[] shuffled = [.. Enumerable.Range(0, 100).Select(i => (float)(i * 37 % 100 + 1))];

        var bins = BinningStep.Of(FeatureColumn.Number("x"), shuffled);

        Assert.Equal([10f, 20f, 30f, 40f, 50f, 60f, 70f, 80f, 90f], bins.Cuts);
        Assert.Equal([10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 0], bins.Expected);
    }

    [Fact]
    public void Of_MostlyZeroWithMissingAndCoded_EqualDecilesGiveOneCutAndAbsentOnesTheirOwnBins()
    {
        float[] cells = [.. Enumerable.Repeat(0f, 19), 5f, CodedNaN.Missing, CodedNaN.Missing, CodedNaN.Of(1)];

        var bins = BinningStep.Of(Coded, cells);

        Assert.Equal([0f], bins.Cuts);
        Assert.Equal([19, 1, 2, 1], bins.Expected);
    }

    [Fact]
    public void Of_NoValueAtAll_HasOneEmptyValueBin()
    {
        var bins = BinningStep.Of(Coded, [CodedNaN.Missing, CodedNaN.Of(1)]);

        Assert.Empty(bins.Cuts);
        Assert.Equal([0, 1, 1], bins.Expected);
    }

    [Fact]
    public void Of_Categories_OneBinEach()
    {
        var bins = BinningStep.Of(new FeatureColumn("purpose", 0, ["car", "home", "trade"], []), [0f, 2f, 2f, CodedNaN.Missing]);

        Assert.Equal([1, 0, 2, 1], bins.Expected);
    }
}

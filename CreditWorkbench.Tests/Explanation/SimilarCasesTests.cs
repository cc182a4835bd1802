using CreditWorkbench.Core.Explanation;
using CreditWorkbench.Core.Features;
using Xunit;

namespace CreditWorkbench.Tests.Explanation;

public sealed class SimilarCasesTests
{
    [Fact]
    public void ByReasons_NearestContributions_ComeFirstAndTiesByRow()
    {
        var table = GlobalSamples.Table([10, 0, 3, 3, -3], [10, 0, 4, 4, -4]);

        var similar = SimilarCases.ByReasons(table, [3, 4], count: 3);

        Assert.Equal([2, 3, 1], similar.Select(each => each.Row));
        Assert.Equal([0, 0, Math.Sqrt(25 / 2.0)], similar.Select(each => each.Distance));
    }

    [Fact]
    public void ByReasons_TheCaseItself_IsLeftOut()
    {
        var table = GlobalSamples.Table([1, 2, 3]);

        Assert.Equal([2, 0], SimilarCases.ByReasons(table, [2], count: 5, except: 1).Select(each => each.Row).OrderDescending());
    }

    [Fact]
    public void ByValues_DifferentUnits_WeighAlike()
    {
        // Money in millions beside months: without places money alone would decide.
        var rows = GlobalSamples.Matrix(4, [1_000_000, 1_000_001, 2_000_000, 3_000_000, 12, 480, 13, 14]);
        var space = new CaseSpace(rows);

        var similar = SimilarCases.ByValues(rows, space, [1_000_000, 12], count: 3, except: 0);

        Assert.Equal(2, similar[0].Row);
        Assert.All(similar, each => Assert.InRange(each.Distance, 0, 1));
    }

    [Fact]
    public void Distance_MissingAndCategories_CountAsOneOrNothing()
    {
        FeatureColumn[] columns = [FeatureColumn.Number("income"), new("home", 0, ["own", "rent"], [])];
        var space = new CaseSpace(new FeatureMatrix(columns, 2, [1, 2, 0, 1]));

        double Between(float[] left, float[] right) => space.Distance(space.PlaceOf(left), space.PlaceOf(right));

        Assert.Equal(0, Between([CodedNaN.Missing, 1], [CodedNaN.Missing, 1]));
        Assert.Equal(0.5, Between([CodedNaN.Missing, 1], [1, 1]));
        Assert.Equal(0.5, Between([CodedNaN.Missing, 1], [CodedNaN.Of(1), 1]));
        Assert.Equal(0.5, Between([1, 0], [1, 1]));
    }

    [Fact]
    public void Quality_OfAnUnusualRow_IsToldApartFromAnUsualOne()
    {
        var judge = new ExplanationJudge(GlobalSamples.Uniform(200, 4, seed: 1));
        var bars = Bars([40, -30, 20, 10], issued: 640);

        var (usual, unusual) = (judge.Judge([0.5f, 0.5f, 0.5f, 0.5f], bars), judge.Judge([CodedNaN.Missing, CodedNaN.Missing, 0.5f, 0.5f], bars));

        Assert.False(usual.IsUnusual);
        Assert.True(unusual.IsUnusual);
        Assert.Equal((0.0, 0.5), (usual.MissingShare, unusual.MissingShare));
        Assert.True(unusual.Distance > usual.Distance);
    }

    [Fact]
    public void Quality_OfManyContributions_SaysWhatTheLargestFourHold()
    {
        var judge = new ExplanationJudge(GlobalSamples.Uniform(20, 6, seed: 2));

        var quality = judge.Judge([0, 0, 0, 0, 0, 0], Bars([40, -30, 20, 10, -5, 5], issued: 640));

        Assert.Equal(100 / 110.0, quality.TopShare, 1e-12);
        Assert.Equal(0, quality.AdditivityGap, 1e-9);
    }

    [Fact]
    public void Quality_BarsThatMissTheScore_ShowTheGap()
    {
        var judge = new ExplanationJudge(GlobalSamples.Uniform(20, 2, seed: 3));

        Assert.Equal(0.7, judge.Judge([0, 0], Bars([10, 20], issued: 630) with { Rounding = 0.7 }).AdditivityGap, 1e-9);
    }

    [Fact]
    public void Quality_ARowOfTheBackground_IsNotUnusualToItself()
    {
        var background = GlobalSamples.Uniform(100, 3, seed: 4);
        var judge = new ExplanationJudge(background);
        var row = new float[3];
        background.CopyRow(17, row);

        Assert.True(judge.Judge(row, Bars([0, 0, 0], issued: 600)).Outlierness < 0.5);
    }

    private static Waterfall Bars(double[] points, int issued) =>
        new(new Attribution(AttributionMethod.Interventional, 0, points, 0), 600, points, 0, issued - 600 - points.Sum(), issued);
}

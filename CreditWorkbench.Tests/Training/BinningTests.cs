using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Training;
using Xunit;

namespace CreditWorkbench.Tests.Training;

public sealed class BinningTests
{
    [Theory]
    [InlineData(1, 40, 255)]
    [InlineData(2, 5000, 255)]
    [InlineData(3, 5000, 16)]
    [InlineData(4, 5000, 2)]
    public void Choose_AnyValues_CutsReproduceTheBinsExactly(int seed, int rows, int bins)
    {
        var random = new Random(seed);
        var values = Enumerable.Range(0, rows).Select(_ => random.Next(3) switch
        {
            0 => random.Next(5),
            1 => BitConverter.Int32BitsToSingle(0x3F80_0000 + random.Next(50)),
            _ => (float)(1e6 * (random.NextDouble() - 0.5)),
        }).ToArray();

        var cuts = SplitPoints.Choose((float[])values.Clone(), bins);
        var column = ColumnBins.Numeric(cuts, 0);

        Assert.InRange(cuts.Length, 1, bins - 1);
        for (var i = 1; i < cuts.Length; i++) Assert.True(cuts[i] > cuts[i - 1]);
        foreach (var value in values)
        {
            var bin = column.BinOf(value);
            for (var b = 0; b < cuts.Length; b++) Assert.Equal(bin <= b, value <= cuts[b]);
        }
    }

    [Fact]
    public void Choose_FewDistinctValues_OneBinEach()
    {
        float[] values = [3, 1, 2, 2, 1, 7];

        Assert.Equal([1.5f, 2.5f, 5f], SplitPoints.Choose(values, 10));
    }

    [Fact]
    public void Choose_ManyDistinctValues_BinsOfAboutEqualSizeAndOneForTheHeavyValue()
    {
        var values = Enumerable.Range(0, 9000).Select(i => (float)i).Concat(Enumerable.Repeat(4000.25f, 3000)).ToArray();

        var column = ColumnBins.Numeric(SplitPoints.Choose((float[])values.Clone(), 13), 0);

        var sizes = values.GroupBy(column.BinOf).ToDictionary(group => group.Key, group => group.Count());
        var heavy = column.BinOf(4000.25f);
        Assert.InRange(sizes[heavy], 3000, 3000 + 450);
        Assert.All(sizes.Where(size => size.Key != heavy), size => Assert.InRange(size.Value, 450, 1000));
        Assert.InRange(sizes.Count, 11, 13);
    }

    [Fact]
    public void Between_NeighbouringFloats_LiesAtTheLower()
    {
        var next = MathF.BitIncrement(1f);

        Assert.Equal(1f, SplitPoints.Between(1f, next));
        Assert.Equal(-0.5f, SplitPoints.Between(-1f, 0f));
    }

    [Fact]
    public void BinOf_MissingAndCodes_HaveReservedBins()
    {
        var column = ColumnBins.Numeric([1f, 2f], specialCodes: 2);

        Assert.Equal((3, 3, 6), (column.Regular, column.Codes, column.Total));
        Assert.Equal([0, 0, 1, 2, 2], new[] { float.NegativeInfinity, 1f, 1.5f, 2.5f, float.PositiveInfinity }.Select(column.BinOf));
        Assert.Equal([3, 4, 5, 3], new[] { CodedNaN.Missing, CodedNaN.Of(1), CodedNaN.Of(2), CodedNaN.Of(3) }.Select(column.BinOf));
    }

    [Fact]
    public void Category_MoreCategoriesThanBins_TheRarestShareOne()
    {
        var counts = Enumerable.Range(0, 300).Select(category => 1000 - category).ToArray();

        var column = ColumnBins.Category(counts, 1, ColumnBins.MaxBins);

        Assert.Equal((253, 255), (column.Regular, column.Total));
        Assert.Equal([0, 251, 252, 252], new[] { 0, 251, 252, 299 }.Select(column.BinOfCategory));
        Assert.Throws<ArgumentOutOfRangeException>(() => column.BinOf(300f));
        Assert.Throws<ArgumentOutOfRangeException>(() => column.BinOf(1.5f));
    }

    [Fact]
    public void Of_RowsAndColumns_AreBinnedRowByRow()
    {
        var columns = new[] { FeatureColumn.Number("a"), new FeatureColumn("b", 0, ["x", "y", "z"], []) };
        var features = new FeatureMatrix(columns, 3, [5f, CodedNaN.Missing, 7f, 2f, 0f, CodedNaN.Missing]);
        var token = TestContext.Current.CancellationToken;

        var matrix = BinnedMatrix.Of(features, BinMapper.Fit(features, 255, 1, token), 1, token);

        Assert.Equal(new byte[] { 0, 2, 2, 0, 1, 3 }, matrix.Bins);
        Assert.Equal([0, 3, 7], matrix.Mapper.Offsets);
    }
}

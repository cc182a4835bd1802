using CreditWorkbench.Core.Training;
using Xunit;

namespace CreditWorkbench.Tests.Training;

public sealed class BinaryCutSearchTests
{
    [Theory]
    [InlineData(0, 0.0)]
    [InlineData(1, 0.0)]
    [InlineData(1, 0.7)]
    [InlineData(3, 0.7)]
    public void TryImprove_AtMostOneCodePresent_FindsWhatTheFullSearchFinds(int specialCodes, double empty)
    {
        var random = new RandomStream(17, (ulong)specialCodes);
        var found = 0;
        for (var round = 0; round < 300; round++)
        {
            var (bins, histogram, total) = Draw(random, specialCodes, empty, present: round % 2 == 0 ? 1 : 0);
            var criterion = new BinaryCriterion(1.0 + round % 3, 0.7, 1 + random.NextInt(4) * 5);
            var (quick, full) = (new SplitChoice<BinarySum>(criterion.Score(total) * (1 + 1e-9)), new SplitChoice<BinarySum>(criterion.Score(total) * (1 + 1e-9)));

            var looked = new BinaryCutSearch(3, bins, histogram, total, criterion, NodeBounds.None).TryImprove(ref quick);
            new SplitSearch<BinarySum, BinaryCriterion>(3, bins, default, histogram, total, criterion, NodeBounds.None).Improve(ref full);

            Assert.True(looked);
            Assert.Equal(full.Column, quick.Column);
            if (full.Column < 0) continue;
            found++;
            Assert.Equal((full.Score, full.Cut, full.LeftValue, full.RightValue, full.Left.Packed), (quick.Score, quick.Cut, quick.LeftValue, quick.RightValue, quick.Left.Packed));
            for (var bin = 0; bin < bins.Total; bin++) Assert.Equal(full.LeftBins.Contains(bin), quick.LeftBins.Contains(bin));
        }

        Assert.True(found > 150);
    }

    [Fact]
    public void TryImprove_TwoCodesPresent_LeavesTheColumnToTheFullSearch()
    {
        var (bins, histogram, total) = Draw(new RandomStream(18), specialCodes: 2, empty: 0.2, present: 2);
        var best = new SplitChoice<BinarySum>(0);

        Assert.False(new BinaryCutSearch(0, bins, histogram, total, new BinaryCriterion(1, 1, 1), NodeBounds.None).TryImprove(ref best));
        Assert.Equal(-1, best.Column);
    }

    [Fact]
    public void BestCut_ByLanesOrOneByOne_SameBits()
    {
        var random = new RandomStream(19);
        for (var round = 0; round < 500; round++)
        {
            var (bins, histogram, total) = Draw(random, 0, 0.0, present: 1);
            var search = new BinaryCutSearch(0, bins, histogram, total, new BinaryCriterion(0.5 + random.NextDouble(), 0.9, 1 + random.NextInt(9)), NodeBounds.None);
            var groups = 1 + random.NextInt(bins.Regular);
            var left = new long[groups + 4];
            for (var (i, sum) = (0, 0L); i < left.Length; i++) left[i] = i < groups ? sum += histogram[i].Packed : sum;
            var offset = round % 2 == 0 ? 0 : histogram[bins.Regular].Packed;

            var byLanes = BinaryCutSearch.BestCutByLanes(left, groups, offset, search);
            var byOne = BinaryCutSearch.BestCutByOne(left, groups, offset, search);

            Assert.Equal(byOne, byLanes);
        }
    }

    private static (ColumnBins Bins, BinarySum[] Histogram, BinarySum Total) Draw(RandomStream random, int specialCodes, double empty, int present)
    {
        var bins = ColumnBins.Numeric([.. Enumerable.Range(0, 2 + random.NextInt(200)).Select(cut => (float)cut)], specialCodes);
        var histogram = new BinarySum[bins.Total];
        var total = default(BinarySum);
        for (var bin = 0; bin < bins.Total; bin++)
        {
            if (bin >= bins.Regular + present || (bin < bins.Regular && random.NextDouble() < empty)) continue;
            histogram[bin] = BinarySum.Of(1, random.NextInt(20)) + BinarySum.Of(0, 1 + random.NextInt(60));
            total += histogram[bin];
        }

        return (bins, histogram, total);
    }
}

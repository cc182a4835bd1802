using CreditWorkbench.Core.Datasets;
using CreditWorkbench.Core.Features;
using Xunit;

namespace CreditWorkbench.Tests.Datasets;

public sealed class StratifiedSplitTests
{
    [Theory]
    [InlineData(0.75, 0.125, 0.125)]
    [InlineData(0.8, 0, 0.2)]
    [InlineData(0.5, 0.3, 0.2)]
    public void Of_AnyShares_DealsEveryRowOnceAndEachClassInShare(double train, double calibration, double test)
    {
        var dataset = DatasetRows.Of(1_003);

        var split = StratifiedSplit.Of(dataset, new SplitPlan(train, calibration, test), seed: 1).Value;

        Assert.Equal(Enumerable.Range(0, 1_003), split.Train.Concat(split.Calibration).Concat(split.Test).Order());
        foreach (var (part, share) in new[] { (split.Train, train), (split.Calibration, calibration), (split.Test, test) })
        {
            foreach (var outcome in (byte[])[0, 1]) Assert.InRange(part.Count(row => dataset.Outcomes[row] == outcome) - share * dataset.ClassCounts[outcome], -1.0, 1.0);
        }
    }

    [Fact]
    public void Of_RowsInAnotherOrder_PutsTheSameRowsIntoTheSameParts()
    {
        var dataset = DatasetRows.Of(500);
        int[] order = [.. Enumerable.Range(0, 500).OrderBy(row => row * 7919 % 503)];

        var plain = StratifiedSplit.Of(dataset, SplitPlan.Default, seed: 3).Value;
        var shuffled = StratifiedSplit.Of(dataset.Take(order), SplitPlan.Default, seed: 3).Value;

        Assert.Equal(plain.Train, shuffled.Train.Select(row => order[row]).Order());
        Assert.Equal(plain.Test, shuffled.Test.Select(row => order[row]).Order());
    }

    [Fact]
    public void Of_SameSeed_IsTheSame_AndAnotherSeedIsNot()
    {
        var dataset = DatasetRows.Of(500);

        var first = StratifiedSplit.Of(dataset, SplitPlan.Default, seed: 1).Value;
        var again = StratifiedSplit.Of(dataset, SplitPlan.Default, seed: 1).Value;
        var other = StratifiedSplit.Of(dataset, SplitPlan.Default, seed: 2).Value;

        Assert.Equal(first.Test, again.Test);
        Assert.NotEqual(first.Test, other.Test);
    }

    [Fact]
    public void Of_PartsAreNotTakenFromOneEndOfTheFile()
    {
        var dataset = DatasetRows.Of(10_000);

        var test = StratifiedSplit.Of(dataset, SplitPlan.Default, seed: 1).Value.Test;

        // The mean index of 1,250 of 10,000 rows has a standard error of 76.
        Assert.InRange(test.Average(), 5_000 - 400, 5_000 + 400);
    }

    [Fact]
    public void Of_Groups_StayOnOneSideAndKeepTheMix()
    {
        var dataset = DatasetRows.Grouped(4_000, groups: 900);

        var split = StratifiedSplit.Of(dataset, SplitPlan.Default, seed: 1).Value;

        int[][] parts = [split.Train, split.Calibration, split.Test];
        var sides = parts.SelectMany((rows, part) => rows.Select(row => (Group: dataset.Groups!.Codes[row], part))).Distinct();
        Assert.All(sides.GroupBy(side => side.Group), side => Assert.Single(side));
        Assert.InRange(split.Train.Length, 2_980, 3_020);
        var rate = dataset.Positives / 4_000.0;
        Assert.All(parts, rows => Assert.InRange(rows.Count(row => dataset.Outcomes[row] == 1) / (double)rows.Length, rate - 0.01, rate + 0.01));
    }

    [Fact]
    public void Of_OutOfTime_KeepsLaterRowsApart()
    {
        var plain = DatasetRows.Of(600);
        var dataset = new LabelledDataset(plain.Features, plain.Outcomes, 2) { Times = [.. Enumerable.Range(0, 600).Select(row => (DateOnly?)new DateOnly(2018, 1 + row % 12, 1))] };

        var split = StratifiedSplit.Of(dataset, SplitPlan.Default with { OutOfTimeFrom = new DateOnly(2018, 7, 1) }, seed: 1).Value;

        Assert.Equal(300, split.OutOfTime.Length);
        Assert.All(split.OutOfTime, row => Assert.True(row % 12 >= 6));
        Assert.Equal(300, split.Train.Length + split.Calibration.Length + split.Test.Length);
    }

    [Fact]
    public void Of_WhatCannotBeSplit_IsRefusedWithAReason()
    {
        var plain = DatasetRows.Of(40);
        var oneBad = new LabelledDataset(plain.Features, [1, .. new byte[39]], 2);
        var undated = new LabelledDataset(plain.Features, plain.Outcomes, 2) { Times = new DateOnly?[40] };
        var early = SplitPlan.Default with { OutOfTimeFrom = new DateOnly(2018, 7, 1) };

        Assert.Equal("split.shares", StratifiedSplit.Of(plain, new SplitPlan(0.5, 0.1, 0.1), 1).Problems[0].Code);
        Assert.Equal("split.class.few", StratifiedSplit.Of(oneBad, SplitPlan.Default, 1).Problems[0].Code);
        Assert.Equal("split.time.missing", StratifiedSplit.Of(plain, early, 1).Problems[0].Code);
        Assert.Equal(("split.time.cell", 1L), (StratifiedSplit.Of(undated, early, 1).Problems[0].Code, StratifiedSplit.Of(undated, early, 1).Problems[0].Row!.Value));
    }
}

using CreditWorkbench.Core.Datasets;
using CreditWorkbench.Core.Features;
using Xunit;

namespace CreditWorkbench.Tests.Datasets;

public sealed class StratifiedFoldsTests
{
    [Fact]
    public void Of_FiveFolds_HoldEveryRowOnceAndTheMixInEach()
    {
        var dataset = DatasetRows.Of(1_002);

        var folds = StratifiedFolds.Of(dataset, 5, seed: 1).Value;

        Assert.Equal(Enumerable.Range(0, 1_002), folds.SelectMany(fold => fold.Held).Order());
        Assert.All(folds, fold => Assert.Equal(Enumerable.Range(0, 1_002), fold.Train.Concat(fold.Held).Order()));
        Assert.All(folds, fold => Assert.InRange(fold.Held.Count(row => dataset.Outcomes[row] == 1) - dataset.Positives / 5.0, -1.0, 1.0));
    }

    [Fact]
    public void Of_RowsInAnotherOrder_MakesTheSameFolds()
    {
        var dataset = DatasetRows.Of(300);
        int[] order = [.. Enumerable.Range(0, 300).Reverse()];

        var plain = StratifiedFolds.Of(dataset, 5, seed: 9).Value;
        var reversed = StratifiedFolds.Of(dataset.Take(order), 5, seed: 9).Value;

        for (var fold = 0; fold < 5; fold++) Assert.Equal(plain[fold].Held, reversed[fold].Held.Select(row => order[row]).Order());
    }

    [Fact]
    public void Of_ManyEqualRows_AreDealtLikeAnyOthers()
    {
        byte[] outcomes = [.. Enumerable.Range(0, 500).Select(row => (byte)(row % 2))];
        var dataset = new LabelledDataset(new FeatureMatrix([FeatureColumn.Number("empty_record")], 500, new float[500]), outcomes, 2);

        var folds = StratifiedFolds.Of(dataset, 5, seed: 1).Value;

        Assert.All(folds, fold => Assert.Equal(50, fold.Held.Count(row => outcomes[row] == 1)));
        Assert.All(folds, fold => Assert.Equal(50, fold.Held.Count(row => outcomes[row] == 0)));
        Assert.All(folds, fold => Assert.True(fold.Held.Max() - fold.Held.Min() > 300, "Equal rows stand together in one fold."));
    }

    [Fact]
    public void Of_Groups_AreHeldOutTogether()
    {
        var dataset = DatasetRows.Grouped(2_000, groups: 300);

        var folds = StratifiedFolds.Of(dataset, 5, seed: 1).Value;

        Assert.All(folds, fold => Assert.Empty(fold.Train.Select(row => dataset.Groups!.Codes[row]).Intersect(fold.Held.Select(row => dataset.Groups!.Codes[row]))));
        Assert.All(folds, fold => Assert.InRange(fold.Held.Length, 380, 420));
    }

    [Fact]
    public void Of_FewerBadRowsThanFolds_IsRefused()
    {
        var plain = DatasetRows.Of(40);
        var dataset = new LabelledDataset(plain.Features, [1, 1, 1, .. new byte[37]], 2);

        var refused = StratifiedFolds.Of(dataset, 5, seed: 1);

        Assert.Equal("folds.class.few", Assert.Single(refused.Problems).Code);
    }
}

using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Leakage;
using CreditWorkbench.Core.Predictors;
using Xunit;

namespace CreditWorkbench.Tests.Leakage;

public sealed class ModelLeakageTests
{
    private static readonly FeatureColumn[] Columns = [FeatureColumn.Number("sector"), FeatureColumn.Number("debt")];

    [Fact]
    public void GainShares_TwoTests_AreSharesOfTheSpreadThatEachRemoves()
    {
        var shares = ModelLeakage.GainShares(Tree());

        // Root: 50 x 2^2 + 50 x 2^2 = 400; below it: 25 x 1 + 25 x 1 = 50.
        Assert.Equal([400.0 / 450, 50.0 / 450], shares);
    }

    [Fact]
    public void Dominant_GainAndLostAuc_IsAnError()
    {
        var finding = ModelLeakage.Dominant(Tree(), Columns, auc: 0.95, aucWithout: _ => 0.70, new LeakageLimits())!;

        Assert.Equal(("sector", LeakageKinds.DominantFeature, LeakageSeverity.Error), (finding.Column, finding.Kind, finding.Severity));
    }

    [Fact]
    public void Dominant_GainWithoutLostAuc_IsHonest() => Assert.Null(ModelLeakage.Dominant(Tree(), Columns, 0.80, _ => 0.75, new LeakageLimits()));

    [Fact]
    public void Dominant_GainBelowTheLimit_NeverTrainsAgain() =>
        Assert.Null(ModelLeakage.Dominant(Tree(), Columns, 0.95, _ => throw new InvalidOperationException("not needed"), new LeakageLimits { GainShare = 0.95 }));

    [Fact]
    public void SplitDuplicates_TestRowsFromTraining_Warn()
    {
        var train = new PlantedData(1_000).Matrix;
        int[] copied = [.. Enumerable.Range(0, 100)];

        var finding = ModelLeakage.SplitDuplicates(train, train.Take(copied));

        Assert.Equal("100 of 100 test rows equal a training row in every feature.", finding!.Evidence);
        Assert.Null(ModelLeakage.SplitDuplicates(train.Take([.. Enumerable.Range(0, 500)]), train.Take([.. Enumerable.Range(500, 500)])));
    }

    // Root tests feature 0; its right child tests feature 1.
    private static TreeEnsemble Tree() => new("boosting", 2, Link.LogOdds, Aggregation.Sum, 0, new TreeNodes
    {
        TreeStart = [0, 5],
        Feature = [0, -1, 1, -1, -1],
        Cut = [0, 0, 0, 0, 0],
        Left = [1, -1, 3, -1, -1],
        Right = [2, -1, 4, -1, -1],
        CodesLeft = [0, 0, 0, 0, 0],
        CategorySet = [-1, -1, -1, -1, -1],
        SetStart = [0],
        SetBits = [],
        Value = [0, -2, 2, 1, 3],
        Cover = [100, 50, 50, 25, 25],
    });
}

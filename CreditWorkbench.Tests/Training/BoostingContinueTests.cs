using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Predictors;
using CreditWorkbench.Core.Training;
using Xunit;

namespace CreditWorkbench.Tests.Training;

public sealed class BoostingContinueTests
{
    private static readonly BoostingSettings Quick = new() { Trees = 30, Depth = 4, LearningRate = 0.2, RowShare = 1, ColumnShare = 1 };

    [Fact]
    public void Continue_NewRows_KeepsTheOldTreesAndAddsNewOnes()
    {
        var (old, fresh) = (TrainingRows.Of(2000, 1), TrainingRows.Of(1500, 2));
        var production = Train(old, Quick);
        var before = PredictorEncoding.ToBytes(production);

        var refit = Continue(production, fresh, Quick with { Trees = 7 });

        Assert.Equal((37, production.Family, production.BaseValue), (refit.TreeCount, refit.Family, refit.BaseValue));
        Assert.Equal(before, PredictorEncoding.ToBytes(production));
        Assert.Equal(production.Nodes.Value, refit.Nodes.Value[..production.Nodes.Count]);
        Assert.Equal(production.Nodes.Cover, refit.Nodes.Cover[..production.Nodes.Count]);
        Assert.All(refit.Nodes.TreeStart[30..37], root => Assert.Equal(1500.0, refit.Nodes.Cover[root]));
        var vector = new float[5];
        for (var row = 0; row < 200; row++)
        {
            fresh.Features.CopyRow(row, vector);
            var sum = production.BaseValue;
            for (var tree = 0; tree < 37; tree++) sum += refit.Nodes.Value[refit.LeafOf(tree, vector)];
            Assert.Equal(sum, refit.Margin(vector), 1e-12);
            for (var tree = 0; tree < 30; tree++) Assert.Equal(production.LeafOf(tree, vector), refit.LeafOf(tree, vector));
        }
    }

    [Fact]
    public void Continue_PopulationThatShifted_LowersTheLossThere()
    {
        var (old, fresh, later) = (TrainingRows.Of(3000, 3), TrainingRows.Of(3000, 4), TrainingRows.Of(3000, 5));
        var production = Train(old, Quick);

        var refit = Continue(production, Flipped(fresh), Quick);

        Assert.True(LogLoss(refit, Flipped(later)) < LogLoss(production, Flipped(later)) - 0.05);
    }

    [Fact]
    public void Continue_NoTreeHelps_KeepsNone()
    {
        // The model knows these rows by heart, so a hasty tree is worse on those that it is not shown.
        var rows = TrainingRows.Of(1000, 6);
        var production = Train(rows, Quick with { Trees = 200 });

        var refit = Continue(production, rows, Quick with { EarlyStoppingRounds = 1, LearningRate = 1, MinHessian = 0, L2 = 0, Depth = 8 });

        Assert.Equal(PredictorEncoding.ToBytes(production), PredictorEncoding.ToBytes(refit));
    }

    [Fact]
    public void Continue_Directions_HoldForTheResult()
    {
        var (old, fresh) = (TrainingRows.Of(2000, 7), TrainingRows.Of(2000, 8));

        var refit = Continue(Train(old, Quick), Flipped(fresh), Quick);

        Sweeps.AssertMonotone(refit, fresh.Features.Columns, 0, 1, 9);
        Sweeps.AssertMonotone(refit, fresh.Features.Columns, 1, -1, 9);
    }

    [Fact]
    public void Continue_OneThreadOrThree_SameBytes()
    {
        var (old, fresh) = (TrainingRows.Of(2000, 10), TrainingRows.Of(20_000, 11));
        var production = Train(old, Quick);
        var settings = Quick with { Trees = 6, RowShare = 0.7, MaxLeaves = 10 };

        Assert.Equal(PredictorEncoding.ToBytes(Continue(production, fresh, settings, 1)), PredictorEncoding.ToBytes(Continue(production, fresh, settings, 3)));
    }

    [Fact]
    public void Continue_ForestOrOtherColumnsOrOneClass_IsRefused()
    {
        var rows = TrainingRows.Of(300, 12);
        var production = Train(rows, Quick);
        var forest = ForestTrainer.Train(rows.Features, rows.Bad, ForestTarget.Binary, new ForestSettings { Trees = 2 }, 1, 1, null, TestContext.Current.CancellationToken);
        var narrow = new FeatureMatrix([.. rows.Features.Columns.Take(4)], 300, rows.Features.Values[..1200]);

        Assert.Empty(BoostingTrainer.CheckContinue(production, rows.Features, rows.Bad, null));
        Assert.Equal("training.continue.family", Assert.Single(BoostingTrainer.CheckContinue(forest, rows.Features, rows.Bad, null)).Code);
        Assert.Equal("training.continue.columns", Assert.Single(BoostingTrainer.CheckContinue(production, narrow, rows.Bad, null)).Code);
        Assert.Equal("training.classes.absent", Assert.Single(BoostingTrainer.CheckContinue(production, rows.Features, new byte[300], null)).Code);
        Assert.Throws<ArgumentException>(() => Continue(forest, rows, Quick));
    }

    /// <summary>The same rows where the sector means the opposite.</summary>
    private static TrainingRows Flipped(TrainingRows rows)
    {
        var values = (float[])rows.Features.Values.Clone();
        var count = rows.Features.Rows;
        for (var row = 0; row < count; row++) values[3 * count + row] = 5 - values[3 * count + row];
        return rows with { Features = new FeatureMatrix(rows.Features.Columns, count, values) };
    }

    private static double LogLoss(TreeEnsemble ensemble, TrainingRows rows)
    {
        var margins = new double[rows.Bad.Length];
        ensemble.Margins(rows.Features, margins);
        return margins.Select((margin, row) => Math.Log(1 + Math.Exp(rows.Bad[row] == 1 ? -margin : margin))).Average();
    }

    private static TreeEnsemble Train(TrainingRows rows, BoostingSettings settings) =>
        BoostingTrainer.Train(rows.Features, rows.Bad, null, settings, 1, 1, null, TestContext.Current.CancellationToken);

    private static TreeEnsemble Continue(TreeEnsemble production, TrainingRows rows, BoostingSettings settings, int threads = 1) =>
        BoostingTrainer.Continue(production, rows.Features, rows.Bad, null, settings, 2, threads, null, TestContext.Current.CancellationToken);
}

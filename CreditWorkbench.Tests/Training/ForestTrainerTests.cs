using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Predictors;
using CreditWorkbench.Core.Training;
using Xunit;

namespace CreditWorkbench.Tests.Training;

public sealed class ForestTrainerTests
{
    private static readonly ForestTarget Trust = ForestTarget.Ordinal(800, 600, 400);
    private static readonly ForestSettings Quick = new() { Trees = 20, Depth = 7 };

    [Fact]
    public void Train_KnownMechanism_RanksNewRowsNearTheTruth()
    {
        var (training, fresh) = (TrainingRows.Of(6000, 1), TrainingRows.Of(2000, 2));

        var ensemble = Grow(training.Features, training.Bad, ForestTarget.Binary, new ForestSettings(), 1);

        Assert.Equal(100, ensemble.TreeCount);
        Assert.InRange(TrainingRows.Auc(MarginsOf(ensemble, fresh.Features), fresh.Bad), 0.79, 0.86);
    }

    [Fact]
    public void Train_ShuffledLabels_RanksNewRowsByChance()
    {
        var (training, fresh) = (TrainingRows.Of(3000, 3), TrainingRows.Of(3000, 4));
        var freshBad = Shuffled(fresh.Bad, 6);

        var ensemble = Grow(training.Features, Shuffled(training.Bad, 5), ForestTarget.Binary, Quick, 1);

        var bads = fresh.Bad.Count(outcome => outcome == 1);
        var standardError = Math.Sqrt((bads + (3000 - bads) + 1) / (12.0 * bads * (3000 - bads)));
        Assert.InRange(TrainingRows.Auc(MarginsOf(ensemble, fresh.Features), freshBad), 0.5 - 3 * standardError, 0.5 + 3 * standardError);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Train_OneThreadOrTwo_SameBytes(bool ordinal)
    {
        var rows = TrainingRows.Of(3000, 6);
        var (classes, target) = ordinal ? (rows.Classes, Trust) : (rows.Bad, ForestTarget.Binary);

        var one = GrowWithOutOfBag(rows.Features, classes, target, Quick, 7, threads: 1);
        var two = GrowWithOutOfBag(rows.Features, classes, target, Quick, 7, threads: 2);

        Assert.Equal(PredictorEncoding.ToBytes(one.Ensemble), PredictorEncoding.ToBytes(two.Ensemble));
        Assert.Equal(one.OutOfBag, two.OutOfBag);
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(false, -1)]
    [InlineData(true, 1)]
    [InlineData(true, -1)]
    public void Train_Directions_HoldEverywhereInTheInputSpace(bool ordinal, int sign)
    {
        var rows = TrainingRows.Of(3000, 8, sign, -sign);
        var (classes, target) = ordinal ? (rows.Classes, Trust) : (rows.Bad, ForestTarget.Binary);

        var ensemble = Grow(rows.Features, classes, target, Quick, 1);

        Sweeps.AssertMonotone(ensemble, rows.Features.Columns, 0, sign, 9);
        Sweeps.AssertMonotone(ensemble, rows.Features.Columns, 1, -sign, 9);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Train_BlankNeverHelps_MissingIsNeverBetterThanAnyRegularValue(bool ordinal)
    {
        var rows = TrainingRows.Of(3000, 10, 0, -1);
        var (classes, target) = ordinal ? (rows.Classes, Trust) : (rows.Bad, ForestTarget.Binary);
        var flags = new[] { true, true, false, true, false };

        var bound = Grow(rows.Features, classes, target, Quick with { BlankNeverHelps = flags }, 1);
        var free = Grow(rows.Features, classes, target, Quick, 1);

        foreach (var column in new[] { 0, 1, 3 }) Assert.Equal(0, Sweeps.BlanksThatHelp(bound, rows.Features.Columns, column, 11));
        Assert.True(Sweeps.BlanksThatHelp(free, rows.Features.Columns, 0, 11) > 0);
    }

    [Fact]
    public void Train_OrdinalWithoutBootstrap_FoldsEachLeafToTheMeanAnchorOfItsRows()
    {
        var rows = TrainingRows.Of(1500, 19, 0, 0);
        double[] anchors = [800, 600, 400];

        var ensemble = Grow(rows.Features, rows.Classes, Trust, Quick with { Trees = 3, Bootstrap = false }, 1);

        // Classes are balanced while splitting, yet the fold is at the training prior: plain class shares.
        var vector = new float[rows.Features.Columns.Count];
        var leaves = new Dictionary<int, List<double>>();
        for (var row = 0; row < rows.Features.Rows; row++)
        {
            rows.Features.CopyRow(row, vector);
            var leaf = ensemble.LeafOf(1, vector);
            leaves.TryAdd(leaf, []);
            leaves[leaf].Add(anchors[rows.Classes[row]]);
        }

        Assert.True(leaves.Count > 10);
        Assert.All(leaves, leaf => Assert.Equal(leaf.Value.Average(), ensemble.Nodes.Value[leaf.Key], 9));
        Assert.Equal(LinkKind.Ordinal, ensemble.Link.Kind);
        Assert.Equal(rows.Classes.Average(outcome => anchors[outcome]), ensemble.Nodes.Value[0], 9);
    }

    [Fact]
    public void Train_BinaryWithoutBootstrap_LeavesHoldTheBalancedShareOfBad()
    {
        var rows = TrainingRows.Of(1500, 20, 0, 0);
        var bads = rows.Bad.Count(outcome => outcome == 1);
        var (badWeight, goodWeight) = (1500.0 / (2 * bads), 1500.0 / (2 * (1500 - bads)));

        var ensemble = Grow(rows.Features, rows.Bad, ForestTarget.Binary, Quick with { Trees = 2, Bootstrap = false }, 1);

        var vector = new float[rows.Features.Columns.Count];
        var leaves = new Dictionary<int, (double Bad, double All)>();
        for (var row = 0; row < 1500; row++)
        {
            rows.Features.CopyRow(row, vector);
            var leaf = ensemble.LeafOf(0, vector);
            var weight = rows.Bad[row] == 1 ? badWeight : goodWeight;
            var sums = leaves.GetValueOrDefault(leaf);
            leaves[leaf] = (sums.Bad + weight * rows.Bad[row], sums.All + weight);
        }

        Assert.True(leaves.Count > 10);
        Assert.All(leaves, leaf => Assert.Equal(leaf.Value.Bad / leaf.Value.All, ensemble.Nodes.Value[leaf.Key], 12));
        Assert.Equal(new Link(LinkKind.Logit, 1500), ensemble.Link);
    }

    [Fact]
    public void TrainWithOutOfBag_ManyTrees_EstimatesWithoutHavingSeenTheRow()
    {
        var rows = TrainingRows.Of(2000, 21);

        var result = GrowWithOutOfBag(rows.Features, rows.Bad, ForestTarget.Binary, new ForestSettings(), 1);

        Assert.All(result.OutOfBag, estimate => Assert.InRange(estimate, 0.0, 1.0));
        Assert.InRange(TrainingRows.Auc(result.OutOfBag, rows.Bad), 0.76, 0.87);
        Assert.True(TrainingRows.Auc(MarginsOf(result.Ensemble, rows.Features), rows.Bad) > TrainingRows.Auc(result.OutOfBag, rows.Bad) + 0.02);
    }

    [Fact]
    public void Train_MinSplit_LeavesSmallNodesWhole()
    {
        var rows = TrainingRows.Of(1000, 22);

        var nodes = Grow(rows.Features, rows.Bad, ForestTarget.Binary, Quick with { Bootstrap = false, MinSplit = 200 }, 1).Nodes;

        Assert.All(Enumerable.Range(0, nodes.Count).Where(node => nodes.Feature[node] >= 0), node => Assert.True(nodes.Cover[node] >= 200));
    }

    [Fact]
    public void Train_ClassAbsent_IsRefused()
    {
        var rows = TrainingRows.Of(100, 23);

        Assert.Throws<ArgumentException>(() => Grow(rows.Features, new byte[100], Trust, Quick, 1));
    }

    [Theory]
    [InlineData(float.PositiveInfinity, 1)]
    [InlineData(float.NegativeInfinity, 3)]
    public void Train_InfiniteValue_IsRefusedWithTheColumnsName(float value, int column)
    {
        var rows = TrainingRows.Of(100, 24);
        rows.Features.Values[column * 100 + 17] = value;

        var refusal = Assert.Throws<ArgumentException>(() => Grow(rows.Features, rows.Bad, ForestTarget.Binary, Quick, 1));

        Assert.Contains(rows.Features.Columns[column].Name, refusal.Message, StringComparison.Ordinal);
    }

    private static TreeEnsemble Grow(FeatureMatrix features, byte[] classes, ForestTarget target, ForestSettings settings, ulong seed) =>
        ForestTrainer.Train(features, classes, target, settings, seed, 1, null, TestContext.Current.CancellationToken);

    private static ForestResult GrowWithOutOfBag(FeatureMatrix features, byte[] classes, ForestTarget target, ForestSettings settings, ulong seed, int threads = 1) =>
        ForestTrainer.TrainWithOutOfBag(features, classes, target, settings, seed, threads, null, TestContext.Current.CancellationToken);

    private static byte[] Shuffled(byte[] bad, ulong seed)
    {
        var order = Enumerable.Range(0, bad.Length).ToArray();
        new RandomStream(seed).Shuffle(order);
        return Array.ConvertAll(order, row => bad[row]);
    }

    private static double[] MarginsOf(Predictor predictor, FeatureMatrix features)
    {
        var margins = new double[features.Rows];
        predictor.Margins(features, margins);
        return margins;
    }
}

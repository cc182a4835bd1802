using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Predictors;
using CreditWorkbench.Core.Training;
using Xunit;

namespace CreditWorkbench.Tests.Training;

/// <summary>Leaf-wise growth, penalties and sets of columns.</summary>
public sealed class BoostingGrowthTests
{
    private static readonly BoostingSettings LeafWise = new() { Trees = 40, Depth = 12, MaxLeaves = 12, LearningRate = 0.2, RowShare = 1, ColumnShare = 1 };

    [Fact]
    public void Train_LeafWise_KeepsToItsLeavesAndItsFamily()
    {
        var rows = TrainingRows.Of(4000, 1);

        var ensemble = Boost(rows, LeafWise);

        Assert.Equal("boosting-leafwise", ensemble.Family);
        Assert.Equal("boosting", Boost(rows, LeafWise with { MaxLeaves = 0, Depth = 3, Trees = 2 }).Family);
        for (var tree = 0; tree < ensemble.TreeCount; tree++) Assert.InRange(LeavesOf(ensemble, tree), 2, 12);
        Assert.Contains(Enumerable.Range(0, ensemble.TreeCount), tree => LeavesOf(ensemble, tree) == 12);
        Assert.Contains(Enumerable.Range(0, ensemble.TreeCount), tree => DepthOf(ensemble, ensemble.Nodes.TreeStart[tree]) > 4);
    }

    [Fact]
    public void Train_LeafWise_EachMoreLeafIsTheBestSplitThatIsLeft()
    {
        // A tree of k + 1 leaves is the tree of k leaves with one leaf split: the greedy order, seen from outside.
        var rows = TrainingRows.Of(3000, 2, 0, 0);
        var gains = new List<double>();
        var before = LossAtLeaves(rows, 1);
        for (var leaves = 2; leaves <= 9; leaves++)
        {
            var loss = LossAtLeaves(rows, leaves);
            gains.Add(before - loss);
            before = loss;
        }

        Assert.All(gains, gain => Assert.True(gain > 0));

        // A leaf opened later may gain more than its parent did, but depth-wise growth of as many leaves never does better at the start.
        Assert.True(LossAtLeaves(rows, 4) <= SquareLoss(Boost(rows, LeafWise with { Trees = 1, MaxLeaves = 0, Depth = 2, LearningRate = 1 }), rows) + 1e-9);
    }

    [Fact]
    public void Train_LeafWiseWithRoomForAllLeaves_EqualsDepthWise()
    {
        var rows = TrainingRows.Of(5000, 3);
        var settings = LeafWise with { Depth = 4, Trees = 6 };

        var leafWise = Boost(rows, settings with { MaxLeaves = 16 });
        var depthWise = Boost(rows, settings with { MaxLeaves = 0 });

        Assert.Equal(depthWise.Nodes.Feature, leafWise.Nodes.Feature);
        Assert.Equal(depthWise.Nodes.Cut, leafWise.Nodes.Cut);
        Assert.Equal(depthWise.Nodes.Value, leafWise.Nodes.Value);
        Assert.Equal(depthWise.Nodes.Cover, leafWise.Nodes.Cover);
    }

    [Theory]
    [InlineData(0, 1.0, 1.0, false)]
    [InlineData(0, 0.7, 0.6, true)]
    [InlineData(20, 1.0, 1.0, true)]
    [InlineData(20, 0.7, 0.6, false)]
    public void Train_AnyNumberOfThreads_SameBytes(int maxLeaves, double rowShare, double columnShare, bool weighted)
    {
        var rows = TrainingRows.Of(40_000, 4);
        var random = new RandomStream(5);
        var weights = weighted ? Enumerable.Range(0, 40_000).Select(_ => 0.2 + random.NextDouble()).ToArray() : null;
        var settings = LeafWise with { Trees = 8, Depth = maxLeaves == 0 ? 5 : 10, MaxLeaves = maxLeaves, RowShare = rowShare, ColumnShare = columnShare, EarlyStoppingRounds = weighted ? 3 : 0 };

        var bytes = new[] { 1, 2, 3 }.Select(threads => PredictorEncoding.ToBytes(Boost(rows, settings, weights, threads))).ToArray();

        Assert.Equal(bytes[0], bytes[1]);
        Assert.Equal(bytes[0], bytes[2]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void Train_LeafWiseDirections_HoldEverywhereInTheInputSpace(int sign)
    {
        var rows = TrainingRows.Of(3000, 8, sign, -sign);

        var ensemble = Boost(rows, LeafWise);

        Sweeps.AssertMonotone(ensemble, rows.Features.Columns, 0, sign, 9);
        Sweeps.AssertMonotone(ensemble, rows.Features.Columns, 1, -sign, 9);
        Assert.All(DirectionVerifier.Verify(ensemble, rows.Features, 50, cancellation: TestContext.Current.CancellationToken).Findings, finding => Assert.True(finding.Proved));
    }

    [Fact]
    public void Train_LeafWiseWithoutDirections_TheSweepFindsViolations()
    {
        var rows = TrainingRows.Of(3000, 8, 0, 0);

        Assert.True(Sweeps.Violations(Boost(rows, LeafWise), rows.Features.Columns, 0, 1, 9) > 0);
    }

    [Fact]
    public void Train_LeafWiseBlankNeverHelps_HoldsEverywhere()
    {
        var rows = TrainingRows.Of(3000, 10, 0, -1);

        var ensemble = Boost(rows, LeafWise with { BlankNeverHelps = [true, true, false, true, false] });

        foreach (var column in new[] { 0, 1, 3 }) Assert.Equal(0, Sweeps.BlanksThatHelp(ensemble, rows.Features.Columns, column, 11));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(12)]
    public void Train_ColumnsThatMayNotMeet_NeverShareAPath(int maxLeaves)
    {
        var rows = TrainingRows.Of(4000, 12);
        var settings = LeafWise with { Depth = 5, MaxLeaves = maxLeaves };

        var free = PathsOf(Boost(rows, settings));
        var bound = PathsOf(Boost(rows, settings with { MayMeet = [[0, 1], [1, 2, 3]] }));

        // 4 stands in no set and so alone; {0, 2} in different ones.
        int[][] sets = [[0, 1], [1, 2, 3], [4]];
        Assert.Contains(free, path => !sets.Any(path.IsSubsetOf));
        Assert.All(bound, path => Assert.Contains(sets, path.IsSubsetOf));
        Assert.Contains(bound, path => path.Count > 1);
        Assert.Equal([0, 1, 2, 3, 4], bound.SelectMany(path => path).Distinct().Order());
    }

    [Fact]
    public void Train_SetsThatNameNoColumn_AreRefused()
    {
        var rows = TrainingRows.Of(100, 13);

        Assert.Throws<ArgumentException>(() => Boost(rows, LeafWise with { MayMeet = [[0, 5]] }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Boost(rows, LeafWise with { MaxLeaves = 1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Boost(rows, LeafWise with { L1 = -1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Boost(rows, LeafWise with { BaseMargin = double.NaN }));
    }

    [Fact]
    public void Train_AbsolutePenalty_ShrinksLeavesBySoftThresholding()
    {
        var rows = TrainingRows.Of(2000, 14);
        var settings = LeafWise with { Trees = 1, MaxLeaves = 0, Depth = 1, LearningRate = 1, L2 = 2 };

        var ensemble = Boost(rows, settings with { L1 = 30 });
        var none = Boost(rows, settings with { L1 = 1e6 });

        var rate = rows.Bad.Average(outcome => (double)outcome);
        for (var leaf = 0; leaf < ensemble.Nodes.Count; leaf++)
        {
            if (ensemble.Nodes.Feature[leaf] >= 0) continue;
            var inLeaf = Enumerable.Range(0, 2000).Where(row => LeafOf(ensemble, rows.Features, row) == leaf).ToArray();
            var gradient = inLeaf.Sum(row => rate - rows.Bad[row]);
            Assert.Equal(-Math.Sign(gradient) * (Math.Abs(gradient) - 30) / (inLeaf.Length * rate * (1 - rate) + 2), ensemble.Nodes.Value[leaf], 1e-4);
        }

        Assert.Equal([-1], none.Nodes.Feature);
        Assert.Equal(0.0, none.Nodes.Value[0], 12);
    }

    [Fact]
    public void Train_BaseMargin_IsWhereTheTreesStart()
    {
        var rows = TrainingRows.Of(500, 15);

        var ensemble = Boost(rows, LeafWise with { Trees = 1, BaseMargin = 0 });

        Assert.Equal(0.0, ensemble.BaseValue);
        Assert.NotEqual(0.0, Boost(rows, LeafWise with { Trees = 1 }).BaseValue);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Train_ManyRows_LeavesHoldTheRowsThatTheTreeSendsThere(bool weighted)
    {
        // So many that subtrees are grown in spaces of their own.
        const int count = 100_000, columns = 20;
        var random = new RandomStream(16);
        var values = Enumerable.Range(0, count * columns).Select(_ => random.NextInt(50) == 0 ? CodedNaN.Missing : (float)random.NextDouble()).ToArray();
        var features = new FeatureMatrix([.. Enumerable.Range(0, columns).Select(column => FeatureColumn.Number($"x{column}"))], count, values);
        var bad = Enumerable.Range(0, count).Select(row => random.NextDouble() < 0.2 + 0.3 * values[row] + 0.3 * values[count + row] ? (byte)1 : (byte)0).ToArray();
        var weights = weighted ? Enumerable.Range(0, count).Select(_ => 0.5 + random.NextDouble()).ToArray() : null;

        var ensemble = Boost(new TrainingRows(features, bad, []), LeafWise with { Trees = 2, MaxLeaves = 0, Depth = 6, LearningRate = 1, BaseMargin = 0 }, weights, 2);

        var (cover, gradient, hessian) = (new double[ensemble.Nodes.Count], new double[ensemble.Nodes.Count], new double[ensemble.Nodes.Count]);
        var vector = new float[columns];
        for (var row = 0; row < count; row++)
        {
            features.CopyRow(row, vector);
            var margin = 0.0;
            for (var tree = 0; tree < 2; tree++)
            {
                var (leaf, weight, p) = (ensemble.LeafOf(tree, vector), weights?[row] ?? 1.0, 1.0 / (1.0 + Math.Exp(-margin)));
                cover[leaf] += weight;
                gradient[leaf] += weight * (p - bad[row]);
                hessian[leaf] += weight * p * (1 - p);
                margin += ensemble.Nodes.Value[leaf];
            }
        }

        for (var node = 0; node < cover.Length; node++)
        {
            if (ensemble.Nodes.Feature[node] >= 0) continue;
            Assert.Equal(cover[node], ensemble.Nodes.Cover[node], 1e-6);
            Assert.Equal(-gradient[node] / (hessian[node] + 1.0), ensemble.Nodes.Value[node], 1e-4);
        }
    }

    private static double LossAtLeaves(TrainingRows rows, int leaves) => leaves == 1
        ? rows.Bad.Sum(outcome => Math.Pow(outcome - rows.Bad.Average(other => (double)other), 2))
        : SquareLoss(Boost(rows, LeafWise with { Trees = 1, MaxLeaves = leaves, LearningRate = 1, L2 = 0, CategoryL2 = 0 }), rows);

    /// <summary>Squared error of the leaves' own rates: what a first tree of boosting lowers.</summary>
    private static double SquareLoss(TreeEnsemble ensemble, TrainingRows rows) =>
        Enumerable.Range(0, rows.Bad.Length).GroupBy(row => LeafOf(ensemble, rows.Features, row)).Sum(leaf =>
        {
            var rate = leaf.Average(row => (double)rows.Bad[row]);
            return leaf.Sum(row => Math.Pow(rows.Bad[row] - rate, 2));
        });

    private static int LeafOf(TreeEnsemble ensemble, FeatureMatrix features, int row)
    {
        var vector = new float[features.Columns.Count];
        features.CopyRow(row, vector);
        return ensemble.LeafOf(0, vector);
    }

    private static int LeavesOf(TreeEnsemble ensemble, int tree) =>
        Enumerable.Range(ensemble.Nodes.TreeStart[tree], ensemble.Nodes.TreeStart[tree + 1] - ensemble.Nodes.TreeStart[tree]).Count(node => ensemble.Nodes.Feature[node] < 0);

    private static int DepthOf(TreeEnsemble ensemble, int node) =>
        ensemble.Nodes.Feature[node] < 0 ? 0 : 1 + Math.Max(DepthOf(ensemble, ensemble.Nodes.Left[node]), DepthOf(ensemble, ensemble.Nodes.Right[node]));

    private static List<HashSet<int>> PathsOf(TreeEnsemble ensemble)
    {
        var paths = new List<HashSet<int>>();
        foreach (var root in ensemble.Nodes.TreeStart[..^1]) Walk(root, []);
        return paths;

        void Walk(int node, HashSet<int> path)
        {
            if (ensemble.Nodes.Feature[node] < 0)
            {
                paths.Add(path);
                return;
            }

            HashSet<int> below = [.. path, ensemble.Nodes.Feature[node]];
            Walk(ensemble.Nodes.Left[node], below);
            Walk(ensemble.Nodes.Right[node], below);
        }
    }

    private static TreeEnsemble Boost(TrainingRows rows, BoostingSettings settings, double[]? weights = null, int threads = 1) =>
        BoostingTrainer.Train(rows.Features, rows.Bad, weights, settings, 1, threads, null, TestContext.Current.CancellationToken);
}

using CreditWorkbench.Core.Explanation;
using CreditWorkbench.Core.Predictors;
using CreditWorkbench.Tests.Scoring;
using Xunit;

namespace CreditWorkbench.Tests.Explanation;

/// <summary>Patterns of all rows at once against each row walked by itself and counted in a dictionary.</summary>
public sealed class BackgroundPatternsTests
{
    [Theory]
    [InlineData(3, 1)]
    [InlineData(5, 63)]
    [InlineData(5, 64)]
    [InlineData(7, 65)]
    [InlineData(9, 130)]
    [InlineData(6, 200)]
    public void Patterns_RandomTreesWithRepeatedFeaturesMissingCellsCodesAndCategories_AreThoseOfEveryRow(int depth, int rows)
    {
        var random = new Random(31 * depth + rows);
        var ensemble = RandomForests.Of(random, depth, LinkKind.LogOdds, features: 4, trees: 6);
        var background = Enumerable.Range(0, rows).Select(_ => Ensembles.RandomRow(random, 4)).ToList();
        var paths = new EnsemblePaths(ensemble);

        var patterns = new BackgroundPatterns(paths, Ensembles.Matrix(background));

        var expected = Counted(paths, background);
        Assert.Equal(paths.LeafNode.Length + 1, patterns.Start.Length);
        for (var leaf = 0; leaf < paths.LeafNode.Length; leaf++)
        {
            var found = Enumerable.Range(patterns.Start[leaf], patterns.Start[leaf + 1] - patterns.Start[leaf]).Select(pattern => (patterns.Failed(pattern), patterns.Share(pattern)));
            Assert.Equal(expected[leaf].Select(pair => (pair.Key, pair.Value / (double)rows)), found);
        }
    }

    [Fact]
    public void Patterns_PathOfManyFeatures_KeepBitsBeyondTheLowerHalf()
    {
        var random = new Random(8);
        var paths = new EnsemblePaths(Chain(40));
        var background = Enumerable.Range(0, 70).Select(_ => Enumerable.Range(0, 40).Select(_ => (float)random.NextDouble()).ToArray()).ToList();

        var patterns = new BackgroundPatterns(paths, Ensembles.Matrix(background));

        Assert.Contains(Enumerable.Range(0, patterns.Start[^1]), pattern => patterns.Failed(pattern) > uint.MaxValue);
        Assert.Equal(Counted(paths, background).SelectMany(leaf => leaf.Keys), Enumerable.Range(0, patterns.Start[^1]).Select(patterns.Failed));
    }

    // A tree whose path to the last leaf tests every feature once.
    private static TreeEnsemble Chain(int features)
    {
        var sketch = Ensembles.Stump(features - 1, 0.5f, -1, 1);
        for (var feature = features - 2; feature >= 0; feature--) sketch = new Sketch.Split(feature, 0.5f, null, 0, new Sketch.Leaf(-1, 50), sketch);
        return Ensembles.Of(features, new Link(LinkKind.LogOdds, 500), Aggregation.Sum, 0, sketch);
    }

    private static List<SortedDictionary<ulong, int>> Counted(EnsemblePaths paths, IReadOnlyList<float[]> rows)
    {
        var leaves = paths.LeafNode.Select(_ => new SortedDictionary<ulong, int>()).ToList();
        var failed = new ulong[paths.Ensemble.Nodes.Count];
        foreach (var row in rows)
        {
            paths.Fail(row, failed);
            for (var leaf = 0; leaf < leaves.Count; leaf++)
            {
                var pattern = failed[paths.LeafNode[leaf]];
                leaves[leaf][pattern] = leaves[leaf].GetValueOrDefault(pattern) + 1;
            }
        }

        return leaves;
    }
}

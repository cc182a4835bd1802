using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Predictors;
using CreditWorkbench.Core.Training;
using Xunit;

namespace CreditWorkbench.Tests.Training;

/// <summary>One-split trees against every split that there is.</summary>
public sealed class SplitSearchTests
{
    private const double L2 = 1.5;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void Boosting_NumericColumnWithCodes_FindsTheBestOfAllSplits(int codes)
    {
        for (var seed = 1; seed <= 60; seed++)
        {
            var (features, bad) = Numeric(seed, 30, codes);

            var ensemble = Boost(features, bad);

            var best = BestOver(NumericSplits(features, codes), bad, GradientScore(bad));
            Assert.Equal(best, ScoreOf(ensemble, features, bad, GradientScore(bad)), 5);
        }
    }

    [Fact]
    public void Boosting_CategoryColumn_FindsTheBestOfAllSubsets()
    {
        for (var seed = 1; seed <= 60; seed++)
        {
            var (features, bad) = Categories(seed, 40, 7);

            var ensemble = Boost(features, bad);

            var best = BestOver(CategorySplits(features, 7), bad, GradientScore(bad));
            Assert.Equal(best, ScoreOf(ensemble, features, bad, GradientScore(bad)), 5);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Forest_NumericColumnWithCodes_FindsTheLeastGini(int codes)
    {
        for (var seed = 1; seed <= 60; seed++)
        {
            var (features, bad) = Numeric(seed, 30, codes);

            var ensemble = Grow(features, bad, ForestTarget.Binary);

            var best = BestOver(NumericSplits(features, codes), bad, GiniScore(bad, 2));
            Assert.Equal(best, ScoreOf(ensemble, features, bad, GiniScore(bad, 2)), 9);
        }
    }

    [Fact]
    public void Forest_ThreeClasses_FindsTheLeastGini()
    {
        for (var seed = 1; seed <= 60; seed++)
        {
            var (features, _) = Numeric(seed, 30, 1);
            var random = new Random(seed);
            var classes = Enumerable.Range(0, 30).Select(row => (byte)(row < 3 ? row : random.Next(3))).ToArray();

            var ensemble = Grow(features, classes, ForestTarget.Ordinal(3, 2, 1));

            var best = BestOver(NumericSplits(features, 1), classes, GiniScore(classes, 3));
            Assert.Equal(best, ScoreOf(ensemble, features, classes, GiniScore(classes, 3)), 9);
        }
    }

    [Fact]
    public void BestOver_FewerSplits_FindsLess()
    {
        // The oracle itself: leaving splits out must show somewhere, or the comparisons above would prove nothing.
        var lower = 0;
        for (var seed = 1; seed <= 20; seed++)
        {
            var (features, bad) = Numeric(seed, 30, 2);
            var splits = NumericSplits(features, 2).ToList();
            if (BestOver(splits.Take(splits.Count / 4), bad, GradientScore(bad)) < BestOver(splits, bad, GradientScore(bad)) - 1e-9) lower++;
        }

        Assert.True(lower > 0);
    }

    private static TreeEnsemble Boost(FeatureMatrix features, byte[] bad) => BoostingTrainer.Train(
        features, bad, null, new BoostingSettings { Trees = 1, Depth = 1, LearningRate = 1, L2 = L2, CategoryL2 = 0, MinHessian = 0, RowShare = 1 }, 1, 1, null, TestContext.Current.CancellationToken);

    private static TreeEnsemble Grow(FeatureMatrix features, byte[] classes, ForestTarget target) => ForestTrainer.Train(
        features, classes, target, new ForestSettings { Trees = 1, Depth = 1, MinSplit = 2, Bootstrap = false }, 1, 1, null, TestContext.Current.CancellationToken);

    private static (FeatureMatrix Features, byte[] Bad) Numeric(int seed, int rows, int codes)
    {
        var random = new Random(seed);
        var cells = Enumerable.Range(0, rows).Select(row => codes > 0 && random.Next(3) == 0 ? CodedNaN.Of(random.Next(codes)) : random.Next(-4, 5)).ToArray();
        var names = Enumerable.Range(1, Math.Max(0, codes - 1)).Select(code => $"-{code}").ToArray();
        return (new FeatureMatrix([new FeatureColumn("x", 0, [], names)], rows, cells), Outcomes(random, rows));
    }

    private static (FeatureMatrix Features, byte[] Bad) Categories(int seed, int rows, int categories)
    {
        var random = new Random(seed);
        var cells = Enumerable.Range(0, rows).Select(_ => (float)random.Next(categories)).ToArray();
        return (new FeatureMatrix([new FeatureColumn("x", 0, [.. Enumerable.Range(0, categories).Select(i => $"k{i}")], [])], rows, cells), Outcomes(random, rows));
    }

    private static byte[] Outcomes(Random random, int rows) => [.. Enumerable.Range(0, rows).Select(row => (byte)(row < 2 ? row : random.Next(2)))];

    /// <summary>Every split point with every subset of codes on the left.</summary>
    private static IEnumerable<bool[]> NumericSplits(FeatureMatrix features, int codes)
    {
        var cells = features.Values;
        foreach (var cut in cells.Where(cell => !float.IsNaN(cell)).Distinct().ToArray())
        {
            for (var subset = 0; subset < 1 << codes; subset++)
                yield return Array.ConvertAll(cells, cell => float.IsNaN(cell) ? (subset >> CodedNaN.CodeOf(cell) & 1) != 0 : cell <= cut);
        }
    }

    private static IEnumerable<bool[]> CategorySplits(FeatureMatrix features, int categories)
    {
        for (var subset = 1; subset < 1 << (categories - 1); subset++)
            yield return Array.ConvertAll(features.Values, cell => (subset >> (int)cell & 1) != 0);
    }

    private static double BestOver(IEnumerable<bool[]> splits, byte[] outcomes, Func<IEnumerable<int>, double> score)
    {
        var rows = Enumerable.Range(0, outcomes.Length).ToArray();
        return splits.Where(split => split.Distinct().Count() == 2)
            .Max(split => score(rows.Where(row => split[row])) + score(rows.Where(row => !split[row])));
    }

    private static double ScoreOf(TreeEnsemble ensemble, FeatureMatrix features, byte[] outcomes, Func<IEnumerable<int>, double> score) =>
        Enumerable.Range(0, outcomes.Length).GroupBy(row => ensemble.LeafOf(0, [features.Values[row]])).Sum(score);

    private static Func<IEnumerable<int>, double> GradientScore(byte[] bad)
    {
        var rate = bad.Average(outcome => (double)outcome);
        return rows =>
        {
            var (gradient, hessian) = (0.0, 0.0);
            foreach (var row in rows) (gradient, hessian) = (gradient + rate - bad[row], hessian + rate * (1 - rate));
            return gradient * gradient / (hessian + L2);
        };
    }

    private static Func<IEnumerable<int>, double> GiniScore(byte[] classes, int count)
    {
        var weights = Enumerable.Range(0, count).Select(k => classes.Length / (count * (double)classes.Count(outcome => outcome == k))).ToArray();
        return rows =>
        {
            var sums = new double[count];
            foreach (var row in rows) sums[classes[row]] += weights[classes[row]];
            var total = sums.Sum();
            return total * sums.Sum(sum => sum / total * (sum / total));
        };
    }
}

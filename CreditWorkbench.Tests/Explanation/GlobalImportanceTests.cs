using CreditWorkbench.Core.Calibration;
using CreditWorkbench.Core.Explanation;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Predictors;
using CreditWorkbench.Core.Scoring;
using CreditWorkbench.Tests.Scoring;
using Xunit;

namespace CreditWorkbench.Tests.Explanation;

public sealed class GlobalImportanceTests
{
    [Fact]
    public void Importance_KnownContributions_IsTheMeanOfTheirSizes()
    {
        var table = GlobalSamples.Table([1, -1, 3, -3], [10, 10, 10, 10], [0, 0, 0, 0]);

        var importance = GlobalImportance.Of(table, seed: 1, cancellation: TestContext.Current.CancellationToken);

        Assert.Equal([1, 0, 2], importance.Select(each => each.Feature));
        Assert.Equal(10, importance[0].Size.Value, 12);
        Assert.Equal(2, importance[1].Size.Value, 12);
        Assert.Equal(0, importance[1].Mean, 12);
        Assert.Equal(10 / 12.0, importance[0].Share, 12);
        Assert.Equal((0.0, 0.0), (importance[2].Size.Low, importance[2].Size.High));
    }

    [Fact]
    public void Importance_Interval_HasTheWidthOfTheStandardError()
    {
        var random = new Random(3);
        var column = Enumerable.Range(0, 2000).Select(_ => random.NextSingle()).ToArray();

        var size = GlobalImportance.Of(GlobalSamples.Table(column), seed: 1, replicates: 2000, cancellation: TestContext.Current.CancellationToken)[0].Size;

        var error = Math.Sqrt(1 / 12.0 / column.Length);
        Assert.InRange((size.High - size.Low) / (2 * 1.96 * error), 0.93, 1.07);
        Assert.InRange(size.Value, size.Low, size.High);
    }

    [Fact]
    public void Importance_AnyNumberOfThreads_IsTheSame()
    {
        var random = new Random(4);
        var table = GlobalSamples.Table([.. Enumerable.Range(0, 500).Select(_ => random.NextSingle())], [.. Enumerable.Range(0, 500).Select(_ => random.NextSingle())]);

        Assert.Equal(GlobalImportance.Of(table, 7, threads: 1, cancellation: TestContext.Current.CancellationToken), GlobalImportance.Of(table, 7, threads: 4, cancellation: TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Permutation_FeatureThatIsNotRead_LosesExactlyNothing()
    {
        var rows = GlobalSamples.Uniform(400, 3, seed: 5);
        var bad = Enumerable.Range(0, 400).Select(row => rows.Column(0)[row] > 0.6f).ToArray();

        var losses = PermutationImportance.Of(GlobalSamples.Function(row => row[0] + 0.1 * row[1]), rows, bad, PermutationMeasure.Auc, seed: 1, cancellation: TestContext.Current.CancellationToken);

        Assert.Equal((0.0, 0.0, 0.0), (losses[2].Loss.Value, losses[2].Loss.Low, losses[2].Loss.High));
        Assert.True(losses[0].Loss.Low > 0.2, $"{losses[0].Loss}");
        Assert.True(losses[0].Loss.Value > losses[1].Loss.Value);
    }

    [Fact]
    public void Permutation_OnlyFeature_FallsToChance()
    {
        var rows = GlobalSamples.Uniform(2000, 1, seed: 6);
        var bad = Enumerable.Range(0, 2000).Select(row => rows.Column(0)[row] > 0.5f).ToArray();

        var loss = PermutationImportance.Of(GlobalSamples.Function(row => row[0]), rows, bad, PermutationMeasure.Auc, seed: 1, cancellation: TestContext.Current.CancellationToken)[0].Loss;

        Assert.Equal(0.5, loss.Value, 0.02);
    }

    [Fact]
    public void Permutation_LogLoss_IsTheRiseInNats()
    {
        var rows = GlobalSamples.Uniform(4000, 1, seed: 7);
        var bad = Enumerable.Range(0, 4000).Select(row => rows.Column(0)[row] > 0.5f).ToArray();

        var loss = PermutationImportance.Of(GlobalSamples.Function(row => row[0] > 0.5f ? 0.9 : 0.1), rows, bad, PermutationMeasure.LogLoss, seed: 1, cancellation: TestContext.Current.CancellationToken)[0].Loss;

        var expected = (-0.5 * Math.Log(0.9) - 0.5 * Math.Log(0.1)) + Math.Log(0.9);
        Assert.Equal(expected, loss.Value, 0.05);
    }

    [Fact]
    public void Permutation_AnyNumberOfThreads_IsTheSame()
    {
        var rows = GlobalSamples.Uniform(200, 2, seed: 8);
        var bad = Enumerable.Range(0, 200).Select(row => rows.Column(0)[row] > 0.6f).ToArray();
        var function = GlobalSamples.Function(row => row[0]);

        Assert.Equal(PermutationImportance.Of(function, rows, bad, PermutationMeasure.Auc, 3, threads: 1, cancellation: TestContext.Current.CancellationToken), PermutationImportance.Of(function, rows, bad, PermutationMeasure.Auc, 3, threads: 4, cancellation: TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Permutation_OneOutcomeOnly_Throws() =>
        Assert.Throws<ArgumentException>(() => PermutationImportance.Of(GlobalSamples.Function(row => row[0]), GlobalSamples.Uniform(4, 1, 1), new bool[4], PermutationMeasure.Auc, 1, cancellation: TestContext.Current.CancellationToken));

    [Fact]
    public void Table_InPoints_AddsUpToTheScoreOfEveryRow()
    {
        var random = new Random(9);
        var ensemble = Ensembles.Of(4, Link.Ordinal, Aggregation.Mean, 0, [.. Enumerable.Range(0, 5).Select(_ => Ensembles.Random(random, 4, 4, 380, 820))]);
        var model = new ScoringModel(
            SampleScorecard.ProgramOf(SampleScorecard.Ordinal, features: 4), ensemble, PlattCalibrator.Identity, new IsotonicCalibrator([400, 800], [0.9, 0.02]), new RiskCategoryCuts([690, 520]));
        var rows = Ensembles.Matrix([.. Enumerable.Range(0, 40).Select(_ => Ensembles.RandomRow(random, model.Columns.Count))]);
        var explainer = new PathDependentExplainer(ensemble);
        var attributions = Enumerable.Range(0, rows.Rows).Select(row => explainer.Explain(RowOf(rows, row)).Value).ToList();

        var table = ContributionTable.InPoints(
            model, rows, [.. attributions.SelectMany(each => each.Contributions.Select(phi => (float)phi))], attributions[0].Base, [.. attributions.Select(each => each.Margin)]);

        for (var row = 0; row < rows.Rows; row++)
        {
            var points = model.Scale.Points(model.PositionOf(attributions[0].Base)) + Enumerable.Range(0, table.Features).Sum(feature => (double)table.At(row, feature));
            Assert.Equal(model.Score(RowOf(rows, row)).Unrounded, points, 1e-2);
        }
    }

    private static float[] RowOf(FeatureMatrix rows, int row)
    {
        var values = new float[rows.Columns.Count];
        rows.CopyRow(row, values);
        return values;
    }
}

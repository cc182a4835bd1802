using System.Globalization;
using System.Text;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Predictors;
using CreditWorkbench.Core.Training;
using CreditWorkbench.Tests.Scenarios;
using Xunit;

namespace CreditWorkbench.Tests.Training;

/// <summary>A row of weight k is k rows: each family against the rows written out, and against scikit-learn and XGBoost.</summary>
public sealed class RowWeightTests
{
    private static readonly TrainingRows Rows = Discrete(1_200);
    private static readonly double[] Weights = [.. Enumerable.Range(0, 1_200).Select(row => 1.0 + row * 7 % 3)];
    private static readonly TrainingRows Repeated = Repeat(Rows, Weights);

    [Fact]
    public void Boosting_WholeWeights_GiveTheTreesOfRepeatedRows()
    {
        var settings = new BoostingSettings { Trees = 20, Depth = 4, LearningRate = 0.2, RowShare = 1, ColumnShare = 1, EarlyStoppingRounds = 0 };

        var weighted = BoostingTrainer.Train(Rows.Features, Rows.Bad, Weights, settings, 1, 2, null, TestContext.Current.CancellationToken);
        var repeated = BoostingTrainer.Train(Repeated.Features, Repeated.Bad, null, settings, 1, 2, null, TestContext.Current.CancellationToken);

        // Gradients are kept in fixed point, whose unit follows the largest term; a row of weight 3 has a larger one than three rows.
        Same(weighted, repeated, 1e-6);
    }

    [Fact]
    public void Forest_WholeWeights_GiveTheBytesOfRepeatedRows()
    {
        var settings = new ForestSettings { Trees = 12, Depth = 6, MinSplit = 2 };

        var weighted = ForestTrainer.Train(Rows.Features, Rows.Classes, Weights, ForestTarget.Ordinal(800, 600, 400), settings, 5, 2, null, TestContext.Current.CancellationToken);
        var repeated = ForestTrainer.Train(Repeated.Features, Repeated.Classes, ForestTarget.Ordinal(800, 600, 400), settings, 5, 2, null, TestContext.Current.CancellationToken);

        // A node is split by its distinct rows; with at least two of them neither forest stops where the other goes on, but for pure ones.
        Same(weighted, repeated, 1e-10);
    }

    [Fact]
    public void Logistic_WholeWeights_GiveTheModelOfRepeatedRows()
    {
        var settings = new LogisticSettings { ClipShare = 0, MinCategoryRows = 0, L1 = 2 };

        var weighted = LogisticTrainer.Train(Rows.Features, Rows.Bad, Weights, settings, cancellation: TestContext.Current.CancellationToken);
        var repeated = LogisticTrainer.Train(Repeated.Features, Repeated.Bad, null, settings, cancellation: TestContext.Current.CancellationToken);

        Same(weighted, repeated, 1e-8);
    }

    [Fact]
    public void Scorecard_WholeWeights_GiveTheCardOfRepeatedRows()
    {
        var settings = new ScorecardSettings { MinCodeRows = 0, MinCategoryRows = 0 };

        var weighted = ScorecardTrainer.Train(Rows.Features, Rows.Bad, Weights, settings, cancellation: TestContext.Current.CancellationToken);
        var repeated = ScorecardTrainer.Train(Repeated.Features, Repeated.Bad, null, settings, cancellation: TestContext.Current.CancellationToken);

        Same(weighted, repeated, 1e-10);
        Assert.Equal(repeated.Characteristics.Select(one => one.InformationValue), weighted.Characteristics.Select(one => one.InformationValue), (a, b) => Math.Abs(a - b) < 1e-9);
    }

    [Theory]
    [InlineData("boosting")]
    [InlineData("forest")]
    [InlineData("logistic")]
    [InlineData("scorecard")]
    [InlineData("network")]
    public void Train_WeightsOfOne_ChangeNothing(string family)
    {
        double[] ones = [.. Enumerable.Repeat(1.0, Rows.Bad.Length)];

        var weighted = Train(family, ones);

        Same(weighted, Train(family, family == "forest" ? ones : null), 1e-12);
        Assert.NotEqual(PredictorEncoding.ToBytes(Train(family, Weights)), PredictorEncoding.ToBytes(weighted));
    }

    [Fact]
    public void Forest_WeightsWithoutBootstrap_AreRefused() => Assert.Throws<ArgumentException>(() =>
        ForestTrainer.Train(Rows.Features, Rows.Bad, Weights, ForestTarget.Binary, new ForestSettings { Bootstrap = false }, 1, 1, null, TestContext.Current.CancellationToken));

    [Fact]
    public void Forest_Draws_FollowFractionalWeights()
    {
        double[] weights = [.. Enumerable.Range(0, 1_000).Select(row => row < 500 ? 0.4 : 1.6)];
        var (bags, times, first, all) = (new ForestBags(1_000, weights, new ForestSettings(), 3, 1), new byte[1_000], 0, 0);
        for (var tree = 0; tree < 50; tree++)
        {
            bags.Draw(tree, times);
            first += times.Take(500).Sum(count => count);
            all += times.Sum(count => count);
        }

        Assert.Equal(50_000, all);
        Assert.InRange(first / (double)all, 0.19, 0.21);
    }

    [Fact]
    public void Train_FractionalWeights_AgreeWithScikitLearnAndXgboost()
    {
        using var folder = new TemporaryFolder();
        double[] weights = [.. Enumerable.Range(0, 600).Select(row => 0.25 + row % 5)];
        var rows = Numbers(600);
        var csv = new StringBuilder("a,b,bad,w\n");
        for (var row = 0; row < 600; row++)
            csv.Append(CultureInfo.InvariantCulture, $"{rows.Features.Column(0)[row]:R},{rows.Features.Column(1)[row]:R},{rows.Bad[row]},{weights[row]:R}\n");
        File.WriteAllText(Path.Combine(folder.Path, "rows.csv"), csv.ToString());

        PythonPeer.RunXgboost(Script, folder.Path);

        var logistic = LogisticTrainer.Train(rows.Features, rows.Bad, weights, new LogisticSettings { ClipShare = 0, L2 = 1e-9 }, cancellation: TestContext.Current.CancellationToken);
        var boosted = BoostingTrainer.Train(
            rows.Features, rows.Bad, weights, new BoostingSettings { Trees = 5, Depth = 3, LearningRate = 0.3, L2 = 1, MinHessian = 1, MinGain = 0, BaseMargin = 0, RowShare = 1, ColumnShare = 1, EarlyStoppingRounds = 0 }, 1, 1, null, TestContext.Current.CancellationToken);
        Near(PythonPeer.Numbers<double>(Path.Combine(folder.Path, "logistic.bin")), logistic, rows.Features, 1e-5);
        Near(PythonPeer.Numbers<double>(Path.Combine(folder.Path, "boosted.bin")), boosted, rows.Features, 1e-3);
    }

    private const string Script = """
        import numpy as np, pandas as pd, xgboost as xgb
        from sklearn.linear_model import LogisticRegression
        rows = pd.read_csv("rows.csv")
        x, y, w = rows[["a", "b"]].to_numpy(), rows["bad"].to_numpy(), rows["w"].to_numpy()
        fit = LogisticRegression(C=1e9, tol=1e-12, max_iter=10000).fit(x, y, sample_weight=w)
        fit.decision_function(x).astype("<f8").tofile("logistic.bin")
        data = xgb.DMatrix(x, label=y, weight=w)
        booster = xgb.train({"max_depth": 3, "eta": 0.3, "lambda": 1, "min_child_weight": 1, "base_score": 0.5, "tree_method": "exact", "objective": "binary:logistic"}, data, 5)
        booster.predict(data, output_margin=True).astype("<f8").tofile("boosted.bin")
        """;

    private static void Near(double[] theirs, Predictor ours, FeatureMatrix features, double tolerance)
    {
        var vector = new float[features.Columns.Count];
        for (var row = 0; row < features.Rows; row++)
        {
            features.CopyRow(row, vector);
            Assert.Equal(theirs[row], ours.Margin(vector), tolerance);
        }
    }

    private static void Same(Predictor one, Predictor other, double tolerance)
    {
        var vector = new float[Rows.Features.Columns.Count];
        for (var row = 0; row < Rows.Features.Rows; row++)
        {
            Rows.Features.CopyRow(row, vector);
            Assert.Equal(other.Margin(vector), one.Margin(vector), tolerance);
        }
    }

    private static Predictor Train(string family, double[]? weights)
    {
        var token = TestContext.Current.CancellationToken;
        return family switch
        {
            "boosting" => BoostingTrainer.Train(Rows.Features, Rows.Bad, weights, new BoostingSettings { Trees = 5 }, 1, 1, null, token),
            "forest" => ForestTrainer.Train(Rows.Features, Rows.Bad, weights, ForestTarget.Binary, new ForestSettings { Trees = 5 }, 1, 1, null, token),
            "logistic" => LogisticTrainer.Train(Rows.Features, Rows.Bad, weights, new LogisticSettings(), 1, 1, null, token),
            "scorecard" => ScorecardTrainer.Train(Rows.Features, Rows.Bad, weights, new ScorecardSettings(), 1, 1, null, token),
            _ => NetworkTrainer.Train(Rows.Features, Rows.Bad, weights, new NetworkSettings { Epochs = 2, Hidden = [4] }, 1, 1, null, token),
        };
    }

    // Few distinct values, so that bins do not depend on how often a value comes.
    private static TrainingRows Discrete(int count)
    {
        var rows = TrainingRows.Of(count, 31);
        var values = (float[])rows.Features.Values.Clone();
        for (var cell = 0; cell < values.Length; cell++)
        {
            if (cell / count is 0 or 2 or 4 && !float.IsNaN(values[cell])) values[cell] = MathF.Round(values[cell] * 8) / 8;
        }

        return rows with { Features = new FeatureMatrix(rows.Features.Columns, count, values) };
    }

    private static TrainingRows Repeat(TrainingRows rows, double[] weights)
    {
        int[] places = [.. Enumerable.Range(0, weights.Length).SelectMany(row => Enumerable.Repeat(row, (int)weights[row]))];
        return new TrainingRows(rows.Features.Take(places), Array.ConvertAll(places, row => rows.Bad[row]), Array.ConvertAll(places, row => rows.Classes[row]));
    }

    // Values that are exact in text, few enough for a bin each.
    private static TrainingRows Numbers(int count)
    {
        var random = new RandomStream(77);
        var (values, bad) = (new float[2 * count], new byte[count]);
        for (var row = 0; row < count; row++)
        {
            (values[row], values[count + row]) = (random.NextInt(40) / 4f, random.NextInt(30) / 8f);
            bad[row] = random.NextDouble() < 1 / (1 + Math.Exp(2 - 0.5 * values[row] + 0.4 * values[count + row])) ? (byte)1 : (byte)0;
        }

        return new TrainingRows(new FeatureMatrix([FeatureColumn.Number("a"), FeatureColumn.Number("b")], count, values), bad, bad);
    }
}

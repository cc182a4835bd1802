using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Predictors;
using CreditWorkbench.Core.Training;
using Xunit;

namespace CreditWorkbench.Tests.Training;

public sealed class BoostingTrainerTests
{
    private static readonly BoostingSettings Quick = new() { Trees = 40, Depth = 4, LearningRate = 0.2, RowShare = 1, ColumnShare = 1 };

    [Fact]
    public void Train_KnownMechanism_RanksNewRowsNearTheTruth()
    {
        var (training, fresh) = (TrainingRows.Of(6000, 1), TrainingRows.Of(2000, 2));

        var ensemble = Boost(training.Features, training.Bad, null, new BoostingSettings(), 1);

        // The mechanism's own log-odds reach .83 on these rows, missing cells included.
        Assert.InRange(TrainingRows.Auc(MarginsOf(ensemble, fresh.Features), fresh.Bad), 0.80, 0.86);
    }

    [Fact]
    public void Train_ShuffledLabels_RanksNewRowsByChance()
    {
        var (training, fresh) = (TrainingRows.Of(3000, 3), TrainingRows.Of(3000, 4));
        var freshBad = Shuffled(fresh.Bad, 6);

        var ensemble = Boost(training.Features, Shuffled(training.Bad, 5), null, Quick, 1);

        var bads = fresh.Bad.Count(outcome => outcome == 1);
        var standardError = Math.Sqrt((bads + (3000 - bads) + 1) / (12.0 * bads * (3000 - bads)));
        Assert.InRange(TrainingRows.Auc(MarginsOf(ensemble, fresh.Features), freshBad), 0.5 - 3 * standardError, 0.5 + 3 * standardError);
    }

    [Theory]
    [InlineData(1.0, 1.0, 0)]
    [InlineData(0.7, 0.6, 5)]
    public void Train_OneThreadOrTwo_SameBytes(double rowShare, double columnShare, int earlyStoppingRounds)
    {
        // Enough rows for nodes that are shared among threads and nodes that are handed out.
        var rows = TrainingRows.Of(50_000, 6);
        var settings = Quick with { Trees = 12, RowShare = rowShare, ColumnShare = columnShare, EarlyStoppingRounds = earlyStoppingRounds };

        var one = Boost(rows.Features, rows.Bad, null, settings, 7, threads: 1);
        var two = Boost(rows.Features, rows.Bad, null, settings, 7, threads: 2);
        var three = Boost(rows.Features, rows.Bad, null, settings, 7, threads: 3);

        Assert.Equal(PredictorEncoding.ToBytes(one), PredictorEncoding.ToBytes(two));
        Assert.Equal(PredictorEncoding.ToBytes(one), PredictorEncoding.ToBytes(three));
    }

    [Fact]
    public void Train_OtherSeed_OtherSampleOfRows()
    {
        var rows = TrainingRows.Of(2000, 6);
        var settings = Quick with { Trees = 5, RowShare = 0.5 };

        var first = Boost(rows.Features, rows.Bad, null, settings, 1);
        var second = Boost(rows.Features, rows.Bad, null, settings, 2);

        Assert.NotEqual(PredictorEncoding.ToBytes(first), PredictorEncoding.ToBytes(second));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void Train_Directions_HoldEverywhereInTheInputSpace(int sign)
    {
        // With sign -1 the declared directions contradict the data, which must not matter.
        var rows = TrainingRows.Of(3000, 8, sign, -sign);

        var ensemble = Boost(rows.Features, rows.Bad, null, Quick, 1);

        Sweeps.AssertMonotone(ensemble, rows.Features.Columns, 0, sign, 9);
        Sweeps.AssertMonotone(ensemble, rows.Features.Columns, 1, -sign, 9);
    }

    [Fact]
    public void Train_NoDirections_TheSweepFindsViolations()
    {
        var rows = TrainingRows.Of(3000, 8, 0, 0);

        var ensemble = Boost(rows.Features, rows.Bad, null, Quick, 1);

        Assert.True(Sweeps.Violations(ensemble, rows.Features.Columns, 0, 1, 9) > 0);
    }

    [Fact]
    public void Train_BlankNeverHelps_MissingIsNeverBetterThanAnyRegularValue()
    {
        var rows = TrainingRows.Of(3000, 10, 0, -1);
        var flags = new[] { true, true, false, true, false };

        var ensemble = Boost(rows.Features, rows.Bad, null, Quick with { BlankNeverHelps = flags }, 1);

        foreach (var column in new[] { 0, 1, 3 }) Assert.Equal(0, Sweeps.BlanksThatHelp(ensemble, rows.Features.Columns, column, 11));
    }

    [Fact]
    public void Train_BlanksFree_SomeBlankHelps()
    {
        var rows = TrainingRows.Of(3000, 10, 0, -1);

        var ensemble = Boost(rows.Features, rows.Bad, null, Quick, 1);

        Assert.True(Sweeps.BlanksThatHelp(ensemble, rows.Features.Columns, 0, 11) > 0);
    }

    [Fact]
    public void Train_SpecialCodes_TakeSidesOfTheirOwn()
    {
        var rows = TrainingRows.Of(6000, 12);
        float[] vector = [0.5f, 10f, 1f, 1f, 0.5f];

        var ensemble = Boost(rows.Features, rows.Bad, null, Quick, 1);

        var regular = ensemble.Margin(vector);
        vector[1] = CodedNaN.Of(1);
        var risky = ensemble.Margin(vector);
        vector[1] = CodedNaN.Of(2);
        var safe = ensemble.Margin(vector);
        Assert.True(safe < regular - 0.5 && regular + 0.5 < risky, $"{safe} {regular} {risky}");
    }

    [Fact]
    public void Train_CodeThatTheDictionaryDoesNotList_CountsAsMissing()
    {
        var rows = TrainingRows.Of(2000, 13);
        float[] missing = [CodedNaN.Missing, 3f, 2f, 0f, 0.5f];
        float[] unlisted = [CodedNaN.Of(9), 3f, 2f, 0f, 0.5f];

        var ensemble = Boost(rows.Features, rows.Bad, null, Quick, 1);

        Assert.Equal(ensemble.Margin(missing), ensemble.Margin(unlisted));
    }

    [Fact]
    public void Train_Weights_ActAsRepeatedRows()
    {
        // So few rows that each value has a bin of its own with and without repetition.
        var rows = TrainingRows.Of(200, 14);
        var twice = Enumerable.Range(0, 200).SelectMany(row => rows.Bad[row] == 1 ? new[] { row, row } : [row]).ToArray();
        var settings = Quick with { Trees = 3 };

        var weighted = Boost(rows.Features, rows.Bad, rows.Bad.Select(outcome => 1.0 + outcome).ToArray(), settings, 1);
        var repeated = Boost(rows.Features.Take(twice), twice.Select(row => rows.Bad[row]).ToArray(), null, settings, 1);

        var (expected, actual) = (MarginsOf(repeated, rows.Features), MarginsOf(weighted, rows.Features));
        Assert.Equal(repeated.BaseValue, weighted.BaseValue, 12);
        Assert.Equal(repeated.Nodes.Cut, weighted.Nodes.Cut);
        for (var row = 0; row < 200; row++) Assert.Equal(expected[row], actual[row], 1e-6);
    }

    [Fact]
    public void Train_EarlyStopping_KeepsTheBestRoundOfAnOverfittingRun()
    {
        var rows = TrainingRows.Of(800, 15);

        var ensemble = Boost(rows.Features, rows.Bad, null, Quick with { Trees = 400, LearningRate = 0.5, EarlyStoppingRounds = 10 }, 1);

        Assert.InRange(ensemble.TreeCount, 1, 100);
    }

    [Fact]
    public void Train_InnerNodes_HoldTheCoverWeightedMeanOfTheirLeaves()
    {
        var rows = TrainingRows.Of(1000, 16);

        var nodes = Boost(rows.Features, rows.Bad, null, Quick, 1).Nodes;

        Assert.Contains(nodes.Feature, feature => feature >= 0);
        Assert.All(nodes.TreeStart[..^1], root => Assert.Equal(1000.0, nodes.Cover[root]));
        for (var node = 0; node < nodes.Count; node++)
        {
            if (nodes.Feature[node] < 0) continue;
            var (left, right) = (nodes.Left[node], nodes.Right[node]);
            Assert.Equal(nodes.Cover[node], nodes.Cover[left] + nodes.Cover[right]);
            Assert.Equal(nodes.Value[node], (nodes.Cover[left] * nodes.Value[left] + nodes.Cover[right] * nodes.Value[right]) / nodes.Cover[node], 12);
        }
    }

    [Fact]
    public void Train_Cancelled_Throws()
    {
        var rows = TrainingRows.Of(500, 17);

        Assert.ThrowsAny<OperationCanceledException>(() =>
            BoostingTrainer.Train(rows.Features, rows.Bad, null, Quick, 1, cancellation: new CancellationToken(true)));
    }

    [Fact]
    public void Train_OneOutcomeOnly_IsRefused()
    {
        var rows = TrainingRows.Of(100, 18);

        Assert.Throws<ArgumentException>(() => Boost(rows.Features, new byte[100], null, Quick, 1));
    }

    private static TreeEnsemble Boost(FeatureMatrix features, byte[] bad, double[]? weights, BoostingSettings settings, ulong seed, int threads = 1) =>
        BoostingTrainer.Train(features, bad, weights, settings, seed, threads, null, TestContext.Current.CancellationToken);

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

using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Predictors;
using CreditWorkbench.Core.Training;
using Xunit;

namespace CreditWorkbench.Tests.Training;

public sealed class NetworkTrainerTests
{
    private static readonly TrainingRows Rows = TrainingRows.Of(4_000, 51);
    private static readonly NetworkSettings Quick = new() { Epochs = 12, Hidden = [12, 6] };

    [Fact]
    public void Train_KnownMechanism_RanksNewRowsWell()
    {
        var model = Train(new NetworkSettings(), 1, 2);
        var fresh = TrainingRows.Of(2_000, 52);
        var margins = new double[2_000];

        model.Margins(fresh.Features, margins);

        Assert.True(TrainingRows.Auc(margins, fresh.Bad) > 0.79);
        Assert.False(model.ReasonsAreExact);
    }

    [Fact]
    public void Train_AnyNumberOfThreads_GivesTheSameBytesAndAnotherSeedOthers()
    {
        var bytes = new[] { 1, 2, 5 }.Select(threads => PredictorEncoding.ToBytes(Train(Quick, 7, threads))).ToList();

        Assert.All(bytes, other => Assert.Equal(bytes[0], other));
        Assert.NotEqual(bytes[0], PredictorEncoding.ToBytes(Train(Quick, 8, 1)));
    }

    [Fact]
    public void Train_OutcomesWithoutMeaning_StopsEarlyNearTheBaseRate()
    {
        var random = new RandomStream(3);
        var bad = Enumerable.Range(0, 4_000).Select(_ => random.NextDouble() < 0.3 ? (byte)1 : (byte)0).ToArray();
        var heard = new List<double>();

        var model = NetworkTrainer.Train(
            Rows.Features, bad, null, new NetworkSettings { Epochs = 60, Patience = 2 }, 1, 1, new Listener(heard), TestContext.Current.CancellationToken);

        // Far fewer passes than allowed, and hardly any difference between rows.
        Assert.True(heard.Count < 25);
        var margins = new double[4_000];
        model.Margins(Rows.Features, margins);
        Assert.True(margins.Max() - margins.Min() < 2.0);
        Assert.Equal(Math.Log(0.3 / 0.7), margins.Average(), 0.3);
    }

    [Fact]
    public void Train_HeavierBads_RaisesTheMargins()
    {
        var weights = Rows.Bad.Select(bad => bad == 1 ? 4.0 : 1.0).ToArray();

        var weighted = NetworkTrainer.Train(Rows.Features, Rows.Bad, weights, Quick, 1, 1, null, TestContext.Current.CancellationToken);

        double Mean(NeuralNetwork model)
        {
            var margins = new double[4_000];
            model.Margins(Rows.Features, margins);
            return margins.Average();
        }

        Assert.Equal(Math.Log(4.0), Mean(weighted) - Mean(Train(Quick, 1, 1)), 0.5);
    }

    [Fact]
    public void Gradient_AnyRow_IsTheSlopeOfTheLoss()
    {
        var shape = new NetworkShape(6, [4, 3]);
        var random = new RandomStream(9);
        var parameters = Enumerable.Range(0, shape.Size).Select(_ => random.NextDouble() - 0.4).ToArray();
        (int[] inputs, double[] values) = ([1, 5], [0.7, -1.3]);
        var pass = new NetworkPass(shape);

        var logOdds = pass.Forward(parameters, inputs, values);
        pass.Backward(parameters, inputs, values, 1 / (1 + Math.Exp(-logOdds)) - 1);

        for (var i = 0; i < parameters.Length; i++)
        {
            double LossAt(double moved)
            {
                var copy = (double[])parameters.Clone();
                copy[i] += moved;
                return NetworkPass.Loss(new NetworkPass(shape).Forward(copy, inputs, values), 1);
            }

            Assert.Equal((LossAt(1e-6) - LossAt(-1e-6)) / 2e-6, pass.Gradient[i], 7);
        }
    }

    [Fact]
    public void Train_RareCategories_ShareTheirWeights()
    {
        var column = new FeatureColumn("shop", 0, ["a", "b", "c", "d", "never"], []);
        var values = Enumerable.Range(0, 400).Select(row => row < 5 ? 2f : row < 10 ? 3f : row % 2).ToArray();
        var bad = values.Select((value, row) => (byte)(value == 1 ? row % 3 == 0 ? 1 : 0 : row % 7 == 0 ? 1 : 0)).ToArray();

        var model = NetworkTrainer.Train(new FeatureMatrix([column], 400, values), bad, null, Quick, 1, 1, null, TestContext.Current.CancellationToken);

        Assert.Equal(model.Margin([2f]), model.Margin([3f]));
        Assert.Equal(model.Margin([2f]), model.Margin([4f]));
        Assert.NotEqual(model.Margin([0f]), model.Margin([1f]));
    }

    [Theory]
    [InlineData(0, 256, 0.01)]
    [InlineData(3, 0, 0.01)]
    [InlineData(1, 256, 0.0)]
    public void Train_SettingOutOfRange_IsRefused(int layers, int batch, double rate) => Assert.Throws<ArgumentOutOfRangeException>(() =>
        Train(new NetworkSettings { Hidden = [.. Enumerable.Repeat(4, layers)], BatchRows = batch, LearningRate = rate }, 1, 1));

    private static NeuralNetwork Train(NetworkSettings settings, ulong seed, int threads) =>
        NetworkTrainer.Train(Rows.Features, Rows.Bad, null, settings, seed, threads, null, TestContext.Current.CancellationToken);

    private sealed class Listener(List<double> heard) : IProgress<double>
    {
        public void Report(double value) => heard.Add(value);
    }
}

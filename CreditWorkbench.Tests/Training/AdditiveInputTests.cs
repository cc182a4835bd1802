using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Predictors;
using CreditWorkbench.Core.Training;
using Xunit;

namespace CreditWorkbench.Tests.Training;

/// <summary>Bad input to the trainers of additive models and networks: refused by name, or a model of finite numbers.</summary>
public sealed class AdditiveInputTests
{
    private static readonly TrainingRows Rows = TrainingRows.Of(600, 61);

    public static TheoryData<string> Trainers => ["scorecard", "logistic", "network"];

    [Theory]
    [MemberData(nameof(Trainers))]
    public void Train_InfiniteValue_IsRefusedWithTheColumn(string trainer)
    {
        var values = (float[])Rows.Features.Values.Clone();
        values[2 * 600 + 17] = float.PositiveInfinity;

        var refusal = Assert.Throws<ArgumentException>(() => Train(trainer, new FeatureMatrix(Rows.Features.Columns, 600, values), Rows.Bad));

        Assert.Contains("infinite", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Trainers))]
    public void Train_OneClassOrNearlyOrOtherLabels_IsRefused(string trainer)
    {
        var oneBad = new byte[600];
        oneBad[3] = 1;
        var third = (byte[])Rows.Bad.Clone();
        third[0] = 2;

        Assert.Throws<ArgumentException>(() => Train(trainer, Rows.Features, new byte[600]));
        Assert.Throws<ArgumentException>(() => Train(trainer, Rows.Features, oneBad));
        Assert.Throws<ArgumentException>(() => Train(trainer, Rows.Features, third));
    }

    [Theory]
    [InlineData("scorecard", -1.0)]
    [InlineData("logistic", double.NaN)]
    [InlineData("network", 0.0)]
    public void Train_WeightThatIsNone_IsRefused(string trainer, double weight)
    {
        var weights = Enumerable.Repeat(1.0, 600).ToArray();
        weights[5] = weight;

        Assert.Throws<ArgumentException>(() => Train(trainer, Rows.Features, Rows.Bad, weights));
    }

    [Theory]
    [MemberData(nameof(Trainers))]
    public void Train_ConstantEmptyAndHugeColumns_GivesAFiniteModel(string trainer)
    {
        var values = new float[4 * 600];
        Rows.Features.Column(0).CopyTo(values);
        Array.Fill(values, 7f, 600, 600);
        Array.Fill(values, CodedNaN.Missing, 1_200, 600);
        for (var row = 0; row < 600; row++) values[1_800 + row] = row % 3 == 0 ? float.MaxValue : -float.MaxValue;
        FeatureColumn[] columns = [FeatureColumn.Number("burden", 1), FeatureColumn.Number("constant"), FeatureColumn.Number("empty"), FeatureColumn.Number("huge")];

        var model = Train(trainer, new FeatureMatrix(columns, 600, values), Rows.Bad);

        float[] cells = [0f, 0.5f, 7f, float.MaxValue, float.NegativeInfinity, CodedNaN.Missing, CodedNaN.Of(3)];
        foreach (var a in cells)
            foreach (var b in cells) Assert.True(double.IsFinite(model.Margin([a, b, b, a])));
    }

    [Theory]
    [MemberData(nameof(Trainers))]
    public void Train_TwelveThousandLevels_GivesAFiniteModel(string trainer)
    {
        var random = new RandomStream(71);
        var column = new FeatureColumn("shop", 0, [.. Enumerable.Range(0, 12_000).Select(i => $"s{i}")], []);
        var values = Enumerable.Range(0, 13_000).Select(row => (float)(row < 12_000 ? row : random.NextInt(2))).ToArray();
        var bad = values.Select(value => random.NextDouble() < (value == 0 ? 0.6 : 0.2) ? (byte)1 : (byte)0).ToArray();

        var model = Train(trainer, new FeatureMatrix([column], 13_000, values), bad);

        Assert.True(model.Margin([0f]) > model.Margin([1f]));
        Assert.Equal(model.Margin([5_000f]), model.Margin([6_000f]));
        Assert.True(double.IsFinite(model.Margin([99_999f])));
    }

    [Theory]
    [MemberData(nameof(Trainers))]
    public void Train_Cancelled_Stops(string trainer)
    {
        using var source = new CancellationTokenSource();
        source.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => Train(trainer, Rows.Features, Rows.Bad, null, source.Token));
    }

    private static Predictor Train(string trainer, FeatureMatrix features, byte[] bad, double[]? weights = null, CancellationToken? cancellation = null)
    {
        var token = cancellation ?? TestContext.Current.CancellationToken;
        return trainer switch
        {
            "scorecard" => ScorecardTrainer.Train(features, bad, weights, new ScorecardSettings(), 1, 2, null, token),
            "logistic" => LogisticTrainer.Train(features, bad, weights, new LogisticSettings(), 1, 2, null, token),
            _ => NetworkTrainer.Train(features, bad, weights, new NetworkSettings { Epochs = 4, Hidden = [6] }, 1, 2, null, token),
        };
    }
}

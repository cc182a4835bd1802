using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Predictors;
using CreditWorkbench.Core.Training;
using Xunit;

namespace CreditWorkbench.Tests.Training;

/// <summary>Regressions and networks that learn on from new rows.</summary>
public sealed class RefitOnNewRowsTests
{
    private static readonly TrainingRows Old = TrainingRows.Of(3_000, 51);
    private static readonly TrainingRows Drifted = Drift(TrainingRows.Of(1_500, 52));
    private static readonly TrainingRows Held = Drift(TrainingRows.Of(3_000, 53));

    [Fact]
    public void Logistic_SameRows_IsTheSameModel()
    {
        var settings = new LogisticSettings();
        var known = LogisticTrainer.Train(Old.Features, Old.Bad, null, settings, cancellation: TestContext.Current.CancellationToken);

        var again = LogisticTrainer.Continue(known, Old.Features, Old.Bad, null, settings, cancellation: TestContext.Current.CancellationToken);

        Assert.Equal(known.Intercept, again.Intercept, 1e-6);
        for (var column = 0; column < known.FeatureCount; column++)
        {
            Assert.Equal(known.Columns[column].Slope, again.Columns[column].Slope, 1e-6);
            Assert.Equal(known.Columns[column].CodeTerms, again.Columns[column].CodeTerms, Near);
            Assert.Equal(known.Columns[column].CategoryTerms, again.Columns[column].CategoryTerms, Near);
        }
    }

    [Fact]
    public void Scorecard_SameRows_IsTheSameCard()
    {
        var settings = new ScorecardSettings();
        var known = ScorecardTrainer.Train(Old.Features, Old.Bad, null, settings, cancellation: TestContext.Current.CancellationToken);

        var again = ScorecardTrainer.Continue(known, Old.Features, Old.Bad, null, settings, cancellation: TestContext.Current.CancellationToken);

        Assert.Equal(known.Characteristics.Select(one => one.Coefficient), again.Characteristics.Select(one => one.Coefficient), Near);
        Assert.Equal(known.Characteristics.SelectMany(one => one.Bins.Select(bin => (bin.Points, bin.Woe))), again.Characteristics.SelectMany(one => one.Bins.Select(bin => (bin.Points, bin.Woe))));
        Assert.Equal(known.BasePoints, again.BasePoints);
    }

    [Theory]
    [InlineData("logistic")]
    [InlineData("scorecard")]
    [InlineData("network")]
    public void Continue_DriftedRows_LowersTheLossOfHeldOutDriftedRows(string family)
    {
        var known = Train(family, Old);

        var refitted = Continue(family, known, Drifted, RefitAnchor.Rows);

        Assert.True(Loss(refitted) < Loss(known) - 0.01, $"{Loss(known)} to {Loss(refitted)}");
    }

    [Theory]
    [InlineData("logistic")]
    [InlineData("scorecard")]
    public void Continue_StrongerAnchor_StaysNearerToWhatWasKnown(string family)
    {
        var known = Train(family, Old);

        double[] distances = [.. new[] { 0.0, 500.0, 50_000.0, 1e9 }.Select(rows => Distance(known, Continue(family, known, Drifted, rows)))];

        Assert.True(distances[0] > distances[1] && distances[1] > distances[2] && distances[2] >= distances[3], string.Join(", ", distances));
        Assert.InRange(distances[3], 0.0, 1e-4);
    }

    [Fact]
    public void Continue_FewRows_ForgetLessThanAModelOfThemAlone()
    {
        var (known, few) = (Train("logistic", Old), Drift(TrainingRows.Of(120, 54)));

        var (refitted, alone) = (Continue("logistic", known, few, RefitAnchor.Rows), Train("logistic", few));

        Assert.True(Loss(refitted) < Loss(alone), $"{Loss(alone)} alone, {Loss(refitted)} refitted");
    }

    [Theory]
    [InlineData("logistic")]
    [InlineData("network")]
    public void Continue_AnyThreads_GivesTheSameBytes(string family)
    {
        var known = Train(family, Old);

        Assert.Equal(PredictorEncoding.ToBytes(Continue(family, known, Drifted, 500, 1)), PredictorEncoding.ToBytes(Continue(family, known, Drifted, 500, 3)));
    }

    [Fact]
    public void Logistic_DeclaredDirections_HoldAfterARefitAgainstThem()
    {
        var known = (LinearPredictor)Train("logistic", Old);
        var turned = Drifted with { Bad = [.. Drifted.Bad.Select(bad => (byte)(1 - bad))] };

        var refitted = LogisticTrainer.Continue(known, turned.Features, turned.Bad, null, new LogisticSettings(), 0, cancellation: TestContext.Current.CancellationToken);

        Assert.True(refitted.Columns[0].Slope >= 0.0 && refitted.Columns[1].Slope <= 0.0);
    }

    [Fact]
    public void Continue_OtherColumns_IsRefused()
    {
        var known = (LinearPredictor)Train("logistic", Old);
        var fewer = new FeatureMatrix([Old.Features.Columns[0]], Old.Features.Rows, Old.Features.Column(0).ToArray());

        Assert.Throws<ArgumentException>(() => LogisticTrainer.Continue(known, fewer, Old.Bad, null, new LogisticSettings(), cancellation: TestContext.Current.CancellationToken));
    }

    private static bool Near(double one, double other) => Math.Abs(one - other) < 1e-6;

    // The base rate rises, and burden counts for more while tenure counts for less.
    private static TrainingRows Drift(TrainingRows rows)
    {
        var random = new RandomStream(99);
        var bad = (byte[])rows.Bad.Clone();
        for (var row = 0; row < bad.Length; row++)
        {
            var burden = rows.Features.Column(0)[row];
            if (random.NextDouble() < 0.5) bad[row] = random.NextDouble() < 1 / (1 + Math.Exp(-0.4 - 4 * ((float.IsNaN(burden) ? 0.5 : burden) - 0.5))) ? (byte)1 : (byte)0;
        }

        return rows with { Bad = bad };
    }

    private static Predictor Train(string family, TrainingRows rows)
    {
        var token = TestContext.Current.CancellationToken;
        return family switch
        {
            "logistic" => LogisticTrainer.Train(rows.Features, rows.Bad, null, new LogisticSettings(), cancellation: token),
            "scorecard" => ScorecardTrainer.Train(rows.Features, rows.Bad, null, new ScorecardSettings(), cancellation: token),
            _ => NetworkTrainer.Train(rows.Features, rows.Bad, null, new NetworkSettings { Hidden = [8], Epochs = 30 }, 1, 1, null, token),
        };
    }

    private static Predictor Continue(string family, Predictor known, TrainingRows rows, double anchorRows, int threads = 1)
    {
        var token = TestContext.Current.CancellationToken;
        return family switch
        {
            "logistic" => LogisticTrainer.Continue((LinearPredictor)known, rows.Features, rows.Bad, null, new LogisticSettings(), anchorRows, threads, null, token),
            "scorecard" => ScorecardTrainer.Continue((PointsScorecard)known, rows.Features, rows.Bad, null, new ScorecardSettings(), anchorRows, threads, token),
            _ => NetworkTrainer.Continue((NeuralNetwork)known, rows.Features, rows.Bad, null, new NetworkSettings { Epochs = 20 }, 1, threads, token),
        };
    }

    private static double Distance(Predictor one, Predictor other) => (one, other) switch
    {
        (LinearPredictor a, LinearPredictor b) => a.Columns.Zip(b.Columns, (x, y) => Math.Abs(x.Slope - y.Slope)).Sum(),
        (PointsScorecard a, PointsScorecard b) => a.Characteristics.Zip(b.Characteristics, (x, y) => Math.Abs(x.Coefficient - y.Coefficient)).Sum(),
        _ => throw new ArgumentException("Two models of one family.", nameof(other)),
    };

    private static double Loss(Predictor predictor)
    {
        var (sum, vector) = (0.0, new float[Held.Features.Columns.Count]);
        for (var row = 0; row < Held.Bad.Length; row++)
        {
            Held.Features.CopyRow(row, vector);
            var margin = predictor.Margin(vector);
            sum += Math.Log(1 + Math.Exp(Held.Bad[row] == 1 ? -margin : margin));
        }

        return sum / Held.Bad.Length;
    }
}

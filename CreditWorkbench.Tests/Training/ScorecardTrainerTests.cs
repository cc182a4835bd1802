using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Predictors;
using CreditWorkbench.Core.Training;
using Xunit;

namespace CreditWorkbench.Tests.Training;

public sealed class ScorecardTrainerTests
{
    private static readonly TrainingRows Rows = TrainingRows.Of(6_000, 21);

    [Fact]
    public void Train_KnownMechanism_RanksNewRowsWell()
    {
        var model = Train(new ScorecardSettings());
        var fresh = TrainingRows.Of(2_000, 22);
        var margins = new double[2_000];

        model.Margins(fresh.Features, margins);

        Assert.True(TrainingRows.Auc(margins, fresh.Bad) > 0.80);
        Assert.All(model.Characteristics, characteristic => Assert.True(characteristic.Coefficient <= 0.0));
        Assert.Equal([-1, 1], Signs(model));
    }

    [Fact]
    public void Train_DeclaredDirections_HoldAnywhereInTheInputSpace()
    {
        var model = Train(new ScorecardSettings());
        var random = new RandomStream(5);

        for (var i = 0; i < 20_000; i++)
        {
            var (low, high) = ((float)(40 * random.NextDouble() - 5), (float)(40 * random.NextDouble() - 5));
            if (low > high) (low, high) = (high, low);
            Assert.True(model.PointsOf(0, low) >= model.PointsOf(0, high));
            Assert.True(model.PointsOf(1, low) <= model.PointsOf(1, high));
        }

        Assert.Equal((RiskTrend.Ascending, RiskTrend.Descending), (model.Characteristics[0].Trend, model.Characteristics[1].Trend));
    }

    [Fact]
    public void Train_ColumnWithoutDirection_TakesTheShapeOfItsRisk()
    {
        RiskTrend Shape(ScorecardSettings settings) => Train(settings).Characteristics[2].Trend;

        // Sine over [0, 6]: risk rises, falls, and rises a little again, which is worth a shape of its own only where that costs nothing.
        Assert.Equal(RiskTrend.Peak, Shape(new ScorecardSettings()));
        Assert.Equal(RiskTrend.None, Shape(new ScorecardSettings { TrendPenalty = 0 }));
        Assert.Equal(RiskTrend.Descending, Shape(new ScorecardSettings { TrendPenalty = 1_000 }));
        Assert.Equal(RiskTrend.Valley, Shape(new ScorecardSettings { Trends = new Dictionary<string, RiskTrend> { ["wave"] = RiskTrend.Valley } }));
    }

    [Fact]
    public void Train_CodesAndMissing_HaveEvidenceOfTheirOwn()
    {
        var model = Train(new ScorecardSettings());
        var tenure = model.Characteristics[1];

        // The first code means more risk, the second less; both from their own counts.
        Assert.True(tenure.Bins[tenure.MissingBin + 1].Woe < -0.8 && tenure.Bins[tenure.MissingBin + 2].Woe > 0.8);
        var goods = Enumerable.Range(0, 6_000).Count(row => float.IsNaN(Rows.Features.Column(0)[row]) && Rows.Bad[row] == 0);
        Assert.Equal(goods, model.Characteristics[0].Bins[model.Characteristics[0].MissingBin].Goods);
    }

    [Fact]
    public void Train_Terms_AreTheRoundedPointsInLogOdds()
    {
        var model = Train(new ScorecardSettings { Scale = new PointsScale(20, 600, 50) });

        foreach (var characteristic in model.Characteristics)
        {
            foreach (var bin in characteristic.Bins)
            {
                Assert.Equal(characteristic.Coefficient * bin.Woe, bin.ExactTerm);
                Assert.Equal(model.Scale.PointsOf(bin.ExactTerm), bin.Points, 0.5 + 1e-9);
            }
        }

        var vector = new float[5];
        for (var row = 0; row < 500; row++)
        {
            Rows.Features.CopyRow(row, vector);
            Assert.Equal(model.Score(vector), model.Scale.ScoreOf(model.Margin(vector)), 9);
        }
    }

    [Fact]
    public void Train_EditedBins_AreTakenAsTheyAreAndRecorded()
    {
        var edits = new BinEdits(
            new Dictionary<string, IReadOnlyList<float>> { ["wave"] = [1f, 2.5f] },
            new Dictionary<string, IReadOnlyList<IReadOnlyList<string>>> { ["sector"] = [["farm", "mine"], ["bank"]] });

        var model = Train(new ScorecardSettings { Edits = edits });

        Assert.Equal([1f, 2.5f], model.Characteristics[2].Edges);
        Assert.Equal([0, 2, 0, 1, 2, 2], model.Characteristics[3].CategoryBins);
        Assert.Equal([false, false, true, true, false], model.Characteristics.Select(characteristic => characteristic.IsEdited));
        var copy = (PointsScorecard)PredictorEncoding.Read(PredictorEncoding.ToBytes(model)).Value;
        Assert.Equal([false, false, true, true, false], copy.Characteristics.Select(characteristic => characteristic.IsEdited));
    }

    [Fact]
    public void Train_EditAgainstTheDirection_KeepsTheBinsAndTheDirection()
    {
        // Narrow bins of noise inside a declared rise.
        var edges = Enumerable.Range(1, 60).Select(i => i / 61f).ToList();
        var edits = BinEdits.None with { Edges = new Dictionary<string, IReadOnlyList<float>> { ["burden"] = edges } };

        var burden = Train(new ScorecardSettings { Edits = edits }).Characteristics[0];

        Assert.Equal(edges, burden.Edges);
        Assert.All(Enumerable.Range(1, 60), bin => Assert.True(burden.Bins[bin].Woe <= burden.Bins[bin - 1].Woe));
    }

    [Theory]
    [InlineData("burden", new[] { 2f, 1f })]
    [InlineData("burden", new[] { float.NaN })]
    [InlineData("sector", new[] { 1f })]
    [InlineData("nobody", new[] { 1f })]
    public void Train_EditThatDoesNotFit_IsRefusedWithTheColumn(string column, float[] edges)
    {
        var settings = new ScorecardSettings { Edits = BinEdits.None with { Edges = new Dictionary<string, IReadOnlyList<float>> { [column] = edges } } };

        Assert.Contains(column, Assert.Throws<ArgumentException>(() => Train(settings)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Train_BlankNeverHelps_MissingHasTheFewestPoints()
    {
        var model = Train(new ScorecardSettings { BlankNeverHelps = [true, true, true, true, true] });

        foreach (var characteristic in model.Characteristics)
            Assert.Equal(characteristic.Bins.Take(characteristic.MissingBin + 1).Min(bin => bin.Points), characteristic.Bins[characteristic.MissingBin].Points);
    }

    [Fact]
    public void Train_WeightsOfTwo_EqualRowsTwice()
    {
        var weights = Enumerable.Range(0, 6_000).Select(row => row % 2 == 0 ? 2.0 : 1.0).ToArray();
        int[] rows = [.. Enumerable.Range(0, 6_000).SelectMany(row => row % 2 == 0 ? new[] { row, row } : [row])];

        // Whole copies and weights of the same mean differ only in what counts rows, not weight.
        var edits = BinEdits.None with { Edges = new Dictionary<string, IReadOnlyList<float>> { ["burden"] = [0.3f, 0.6f], ["tenure"] = [7f], ["wave"] = [3f], ["noise"] = [0.5f] } };
        var weighted = ScorecardTrainer.Train(Rows.Features, Rows.Bad, weights, new ScorecardSettings { Edits = edits, L2 = 1e-6 }, cancellation: TestContext.Current.CancellationToken);
        var copied = ScorecardTrainer.Train(Rows.Features.Take(rows), [.. rows.Select(row => Rows.Bad[row])], null, new ScorecardSettings { Edits = edits, L2 = 1e-6 }, cancellation: TestContext.Current.CancellationToken);

        Assert.Equal(copied.Characteristics.Take(3).Select(c => Math.Round(c.Coefficient, 2)), weighted.Characteristics.Take(3).Select(c => Math.Round(c.Coefficient, 2)));
    }

    [Fact]
    public void Train_AnyNumberOfThreads_GivesTheSameBytes()
    {
        var bytes = new[] { 1, 2, 5 }.Select(threads => PredictorEncoding.ToBytes(ScorecardTrainer.Train(Rows.Features, Rows.Bad, null, new ScorecardSettings(), 1, threads, cancellation: TestContext.Current.CancellationToken))).ToList();

        Assert.All(bytes, other => Assert.Equal(bytes[0], other));
    }

    [Fact]
    public void Train_FifteenThousandCategories_PoolsTheRareOnes()
    {
        var random = new RandomStream(31);
        const int rows = 20_000;
        var column = new FeatureColumn("shop", 0, [.. Enumerable.Range(0, 15_001).Select(i => $"s{i}")], []);

        // Half of the rows come from two shops that differ, the others from shops that are seen once or twice and say nothing.
        var values = Enumerable.Range(0, rows).Select(row => row % 2 == 0 ? row % 4 == 0 ? 0f : 1f : 2f + random.NextInt(14_000)).ToArray();
        var bad = values.Select(value => random.NextDouble() < (value == 0 ? 0.4 : value == 1 ? 0.05 : 0.2) ? (byte)1 : (byte)0).ToArray();

        var shop = ScorecardTrainer.Train(new FeatureMatrix([column], rows, values), bad, null, new ScorecardSettings(), cancellation: TestContext.Current.CancellationToken).Characteristics[0];

        Assert.Equal(3, shop.RegularBins);
        Assert.Equal(3, new[] { 0, 1, 2 }.Select(category => shop.CategoryBins[category]).Distinct().Count());
        Assert.Single(shop.CategoryBins.Skip(2).Distinct());
    }

    [Fact]
    public void Train_ConstantAndEmptyColumns_GetNoPoints()
    {
        var values = new float[3 * 6_000];
        Rows.Features.Column(0).CopyTo(values);
        Array.Fill(values, 7f, 6_000, 6_000);
        Array.Fill(values, CodedNaN.Missing, 12_000, 6_000);
        var features = new FeatureMatrix([FeatureColumn.Number("burden", 1), FeatureColumn.Number("constant"), FeatureColumn.Number("empty")], 6_000, values);

        var model = ScorecardTrainer.Train(features, Rows.Bad, null, new ScorecardSettings(), cancellation: TestContext.Current.CancellationToken);

        Assert.All(model.Characteristics.Skip(1).SelectMany(characteristic => characteristic.Bins), bin => Assert.Equal(0, bin.Points));
        Assert.True(model.Characteristics[0].InformationValue > 0.1);
    }

    private static PointsScorecard Train(ScorecardSettings settings) => ScorecardTrainer.Train(Rows.Features, Rows.Bad, null, settings, 1, 2, cancellation: TestContext.Current.CancellationToken);

    /// <summary>Slope of burden and tenure over their bins, reduced to a sign.</summary>
    private static int[] Signs(PointsScorecard model) =>
        [.. new[] { 0, 1 }.Select(column => Math.Sign(model.PointsOf(column, 30f) - model.PointsOf(column, -5f)))];
}

using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Predictors;
using CreditWorkbench.Core.Training;
using Xunit;

namespace CreditWorkbench.Tests.Training;

public sealed class LogisticTrainerTests
{
    private const double KktTolerance = 1e-8;

    [Theory]
    [InlineData(0.0, 1.0, 1, -1, false)]
    [InlineData(5.0, 1.0, 1, -1, false)]
    [InlineData(20.0, 0.01, 0, 0, true)]
    [InlineData(0.0, 0.01, -1, 1, true)]
    [InlineData(3.0, 1.0, -1, 1, false)]
    public void Train_AnyPenaltyAndSign_MeetsTheConditionsOfTheMinimum(double l1, double l2, int burden, int tenure, bool weighted)
    {
        var rows = TrainingRows.Of(1_500, 3, burden, tenure);
        var weights = weighted ? Enumerable.Range(0, 1_500).Select(row => 0.5 + row % 3).ToArray() : null;

        var model = LogisticTrainer.Train(rows.Features, rows.Bad, weights, new LogisticSettings { L1 = l1, L2 = l2 }, cancellation: TestContext.Current.CancellationToken);

        Assert.True(Violation(model, rows, weights, l1, l2) < KktTolerance);
        Assert.True(burden * model.Columns[0].Slope >= 0 && tenure * model.Columns[1].Slope >= 0);
    }

    [Fact]
    public void Violation_MovedCoefficient_IsNoticed()
    {
        var rows = TrainingRows.Of(1_500, 3);
        var model = LogisticTrainer.Train(rows.Features, rows.Bad, null, new LogisticSettings(), cancellation: TestContext.Current.CancellationToken);
        var moved = new LinearPredictor(model.Intercept, model.Columns.SetItem(2, model.Columns[2] with { Slope = model.Columns[2].Slope + 1e-4 }), [.. model.MeanTerms]);

        Assert.True(Violation(moved, rows, null, 0, 1) > KktTolerance);
    }

    [Fact]
    public void Train_DirectionAgainstTheRows_GivesTheColumnNoSlope()
    {
        var rows = TrainingRows.Of(3_000, 5, burdenDirection: -1, tenureDirection: 1);

        var model = LogisticTrainer.Train(rows.Features, rows.Bad, null, new LogisticSettings(), cancellation: TestContext.Current.CancellationToken);

        Assert.Equal((0.0, 0.0), (model.Columns[0].Slope, model.Columns[1].Slope));
    }

    [Fact]
    public void Train_StrongL1_LeavesOnlyTheIntercept()
    {
        var rows = TrainingRows.Of(2_000, 7);

        var model = LogisticTrainer.Train(rows.Features, rows.Bad, null, new LogisticSettings { L1 = 5_000 }, cancellation: TestContext.Current.CancellationToken);

        Assert.All(TrainingVectors(rows), vector => Assert.Equal(model.Intercept, model.Margin(vector)));
        Assert.Equal(Math.Log(rows.Bad.Count(bad => bad == 1) / (double)rows.Bad.Count(bad => bad == 0)), model.Intercept, 9);
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(1e-6)]
    public void Train_SeparableRows_StaysFiniteAndAtItsMinimum(double l2)
    {
        var values = Enumerable.Range(0, 400).Select(row => (float)row).ToArray();
        var rows = new TrainingRows(new FeatureMatrix([FeatureColumn.Number("x")], 400, values), [.. values.Select(value => value >= 250 ? (byte)1 : (byte)0)], []);

        var model = LogisticTrainer.Train(rows.Features, rows.Bad, null, new LogisticSettings { L2 = l2, ClipShare = 0 }, cancellation: TestContext.Current.CancellationToken);

        Assert.True(double.IsFinite(model.Columns[0].Slope) && model.Columns[0].Slope > 0);
        Assert.True(Violation(model, rows, null, 0, l2) < KktTolerance);
    }

    [Fact]
    public void Train_AnyNumberOfThreads_GivesTheSameBytes()
    {
        var rows = TrainingRows.Of(5_000, 11);

        var bytes = new[] { 1, 2, 5 }.Select(threads => PredictorEncoding.ToBytes(LogisticTrainer.Train(rows.Features, rows.Bad, null, new LogisticSettings(), 1, threads, cancellation: TestContext.Current.CancellationToken))).ToList();

        Assert.All(bytes, other => Assert.Equal(bytes[0], other));
    }

    [Fact]
    public void Train_BlankNeverHelps_MissingIsAtLeastTheWorstRegularTerm()
    {
        // A missing burden comes with less risk than any stated one.
        var rows = TrainingRows.Of(4_000, 13);
        for (var row = 0; row < rows.Bad.Length; row++)
        {
            if (float.IsNaN(rows.Features.Values[row])) rows.Bad[row] = (byte)(row % 20 == 0 ? 1 : 0);
        }

        var free = LogisticTrainer.Train(rows.Features, rows.Bad, null, new LogisticSettings(), cancellation: TestContext.Current.CancellationToken);
        var bound = LogisticTrainer.Train(rows.Features, rows.Bad, null, new LogisticSettings { BlankNeverHelps = [true, true, true, true, true] }, cancellation: TestContext.Current.CancellationToken);

        Assert.True(free.Term(0, CodedNaN.Missing) < free.Term(0, 1f));
        for (var column = 0; column < 5; column++)
        {
            var regular = Enumerable.Range(0, 4_000).Select(row => rows.Features.Column(column)[row]).Where(value => !float.IsNaN(value));
            Assert.All(regular, value => Assert.True(bound.Term(column, CodedNaN.Missing) >= bound.Term(column, value)));
        }
    }

    [Fact]
    public void Train_MeanTerms_AreTheMeansOverTheTrainingRows()
    {
        var rows = TrainingRows.Of(800, 17);

        var model = LogisticTrainer.Train(rows.Features, rows.Bad, null, new LogisticSettings(), cancellation: TestContext.Current.CancellationToken);

        for (var column = 0; column < 5; column++)
            Assert.Equal(rows.Features.Column(column).ToArray().Average(value => model.Term(column, value)), model.MeanTerms[column], 12);
        Assert.Equal(model.MeanTerms[3], model.Term(3, 77f));
    }

    /// <summary>How far the gradient of the objective, written out again from the model's terms, is from what penalty and sign bounds
    /// balance; in units of mean loss.</summary>
    private static double Violation(LinearPredictor model, TrainingRows rows, double[]? weights, double l1, double l2)
    {
        var (features, n) = (rows.Features, rows.Features.Rows);
        var total = weights?.Sum() ?? n;
        var residuals = new double[n];
        var vector = new float[features.Columns.Count];
        for (var row = 0; row < n; row++)
        {
            features.CopyRow(row, vector);
            residuals[row] = (weights?[row] ?? 1) / total * (1 / (1 + Math.Exp(-model.Margin(vector))) - rows.Bad[row]);
        }

        var worst = Math.Abs(residuals.Sum());
        for (var column = 0; column < vector.Length; column++)
        {
            var (part, cells) = (model.Columns[column], features.Column(column).ToArray());
            double Sum(Func<float, double> value) => cells.Select((cell, row) => residuals[row] * value(cell)).Sum();
            var direction = features.Columns[column].Direction;
            if (!part.IsCategory) Check(part.Slope, Sum(cell => float.IsNaN(cell) ? 0 : (Math.Clamp(cell, part.Low, part.High) - part.Mean) / part.Deviation), direction);
            for (var category = 0; category < part.CategoryTerms.Length; category++) Check(part.CategoryTerms[category], Sum(cell => cell == category ? 1 : 0), 0);
            for (var code = 0; code < part.CodeTerms.Length; code++) Check(part.CodeTerms[code], Sum(cell => float.IsNaN(cell) && CodedNaN.CodeOf(cell) == code ? 1 : 0), 0);
        }

        return worst;

        void Check(double coefficient, double gradient, int direction)
        {
            gradient += l2 / total * coefficient;
            var penalty = l1 / total;
            if (coefficient != 0) worst = Math.Max(worst, Math.Abs(gradient + Math.Sign(coefficient) * penalty));
            else worst = Math.Max(worst, Math.Max(direction >= 0 ? -gradient - penalty : 0, direction <= 0 ? gradient - penalty : 0));
        }
    }

    private static IEnumerable<float[]> TrainingVectors(TrainingRows rows)
    {
        for (var row = 0; row < rows.Features.Rows; row++)
        {
            var vector = new float[rows.Features.Columns.Count];
            rows.Features.CopyRow(row, vector);
            yield return vector;
        }
    }
}

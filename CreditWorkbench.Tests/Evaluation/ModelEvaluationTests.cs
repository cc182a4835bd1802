using CreditWorkbench.Core.Evaluation;
using CreditWorkbench.Core.Metrics;
using CreditWorkbench.Tests.Metrics;
using Xunit;

namespace CreditWorkbench.Tests.Evaluation;

public sealed class ModelEvaluationTests
{
    [Fact]
    public void Of_KnownSample_CarriesEveryFigureOfTheReport()
    {
        var (pd, bad) = Samples.Congruential();
        var rows = new EvaluatedRows { Risk = pd, RawPd = [.. pd.Select(p => p / 2)], Pd = pd, Bad = bad, Score = [.. pd.Select(p => 900 - 600 * p)] };

        var evaluation = ModelEvaluation.Of(rows, 0.5, seed: 1, TestContext.Current.CancellationToken);

        var (report, curves) = evaluation;
        Assert.Equal(0.8111077776944424, report.Auc, 1e-12);
        Assert.InRange(report.Auc, report.AucLow, report.AucHigh);
        Assert.Equal(2 * report.Auc - 1, report.Gini, 1e-15);
        Assert.Equal(0.735, report.Accuracy, 1e-12);
        Assert.True(report.EceBefore > curves.CalibrationBefore!.NullLimit);
        Assert.True(report.EceAfter < report.EceBefore);
        Assert.Equal(curves.Gains[1].Lift, report.TopDecileLift, 1e-12);
        Assert.Equal(400, curves.Scores.Sum(bin => bin.Good + bin.Bad));
    }

    [Fact]
    public void Of_OrdinalRows_HasClassAccuracyAndNoErrorBefore()
    {
        var (pd, bad) = Samples.Congruential();

        var report = ModelEvaluation.Of(new EvaluatedRows { Risk = pd, Pd = pd, Bad = bad, ClassHits = 0.66 }, 0.5, 1, TestContext.Current.CancellationToken).Report;

        Assert.Equal(0.66, report.Accuracy);
        Assert.Null(report.EceBefore);
    }

    [Fact]
    public void Curves_ManyPoints_AreThinnedToBothEnds()
    {
        double[] risk = [.. Enumerable.Range(0, 5_000).Select(i => i / 5_000.0)];
        bool[] bad = [.. Enumerable.Range(0, 5_000).Select(i => i % 3 == 0)];

        var curves = ModelEvaluation.Of(new EvaluatedRows { Risk = risk, Pd = risk, Bad = bad }, 0.5, 1, TestContext.Current.CancellationToken).Curves;

        Assert.Equal(EvaluationCurves.MostPoints, curves.Roc.Count);
        Assert.Equal(new RocPoint(double.PositiveInfinity, 0, 0), curves.Roc[0]);
        Assert.Equal(1.0, curves.Roc[^1].TruePositiveRate);
    }

    [Fact]
    public void Confidence_RefitsOfKnownSpread_FindsIt()
    {
        long seed = 3;
        double[] scores = [.. Enumerable.Range(0, 2_000).Select(_ => 400 + 400 * Samples.Next(ref seed))];
        double[] missing = [.. scores.Select((_, i) => i % 2 == 0 ? 0.0 : 0.5)];
        // Uniform noise of half width h has standard deviation h / sqrt(3).
        double[][] refits = [.. Enumerable.Range(0, 25).Select(_ => scores.Select((score, i) => score + (i % 2 == 0 ? 10 : 30) * (2 * Samples.Next(ref seed) - 1)).ToArray())];

        var table = ConfidenceFit.Of(scores, missing, refits);

        Assert.Equal(10 / Math.Sqrt(3), table.Deviation(600, 0.0), 0.5);
        Assert.Equal(30 / Math.Sqrt(3), table.Deviation(600, 0.5), 1.5);
        Assert.All(table.Deviations, deviation => Assert.True(deviation > 0));
    }
}

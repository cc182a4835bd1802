using CreditWorkbench.Core.ModelBuilding;
using CreditWorkbench.Core.Predictors;
using CreditWorkbench.Core.Scoring;
using Xunit;

namespace CreditWorkbench.Tests.ModelBuilding;

public sealed class IssuedPointsTests
{
    [Theory]
    [InlineData("platt")]
    [InlineData("isotonic")]
    [InlineData("none")]
    public void Points_OfEveryHeldOutRow_AddUpToTheIssuedScore(string calibration)
    {
        var result = Train(calibration);
        var (points, card) = (IssuedPoints.Of(result.Model.Scoring)!, (PointsScorecard)result.Model.Predictor);
        var vector = new float[result.HeldOut.Columns.Count];

        for (var row = 0; row < result.HeldOut.Rows; row++)
        {
            result.HeldOut.CopyRow(row, vector);
            Assert.InRange(points.Sum(card, vector) - result.HeldOutScores[row].Unrounded, -points.Rounding, points.Rounding);
        }

        Assert.Equal(calibration == "none" ? 0 : 2, points.Decimals);
        Assert.InRange(points.Rounding, 0.0, 0.05);
        Assert.Equal(calibration == "isotonic", points.PdIsApart);
        if (calibration != "none") Assert.NotEqual(1.0, points.Slope, 3);
    }

    [Fact]
    public void Points_WithoutTheCalibration_WouldMissTheIssuedScore()
    {
        var result = Train("platt");
        var card = (PointsScorecard)result.Model.Predictor;
        var vector = new float[result.HeldOut.Columns.Count];

        var worst = 0.0;
        for (var row = 0; row < result.HeldOut.Rows; row++)
        {
            result.HeldOut.CopyRow(row, vector);
            worst = Math.Max(worst, Math.Abs(card.Score(vector) - result.HeldOutScores[row].Unrounded));
        }

        Assert.True(worst > IssuedPoints.Of(result.Model.Scoring)!.Rounding, $"{worst}");
    }

    [Fact]
    public void Points_InRecordAndJson_AreThoseThatAreIssued()
    {
        var result = Train("platt");

        var read = TrainingRecordFile.ReadRecord(TrainingRecordFile.WriteRecord(TrainingRecord.Of(result, default, null))).Value;

        var (expected, kept) = (IssuedPoints.Of(result.Model.Scoring)!, read.Of("scorecard")!.Points!);
        Assert.Equal((expected.BasePoints, expected.Slope, expected.Rounding), (kept.BasePoints, kept.Slope, kept.Rounding));
        Assert.Equal(expected.Characteristics.SelectMany(one => one.Lines.Select(line => line.Points)), kept.Characteristics.SelectMany(one => one.Lines.Select(line => line.Points)));
        using var json = System.Text.Json.JsonDocument.Parse(TrainingResultJson.Write(result));
        Assert.Equal(expected.BasePoints, json.RootElement.GetProperty("points").GetProperty("basePoints").GetDouble());
    }

    [Fact]
    public void Points_OfAnotherFamily_AreNone()
    {
        var result = new TrainingLine(TimeProvider.System)
            .Run(new Applicants(600).Request(Applicants.Quick with { Candidates = ["logistic"], Folds = 3, ConfidenceRefits = 0 }), null, TestContext.Current.CancellationToken).Value;

        Assert.Null(IssuedPoints.Of(result.Model.Scoring));
    }

    private static TrainingResult Train(string calibration) => new TrainingLine(TimeProvider.System).Run(
        new Applicants(2_000).Request(Applicants.Quick with { Candidates = ["scorecard"], Calibration = calibration, Folds = 3, ConfidenceRefits = 0 }), null, TestContext.Current.CancellationToken).Value;
}

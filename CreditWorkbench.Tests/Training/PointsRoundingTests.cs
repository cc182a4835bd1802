using CreditWorkbench.Core.Predictors;
using CreditWorkbench.Core.Training;
using Xunit;

namespace CreditWorkbench.Tests.Training;

public sealed class PointsRoundingTests
{
    private static readonly TrainingRows Rows = TrainingRows.Of(1_200, 41);

    [Fact]
    public void Report_CoarseScale_CountsFlipsTiesAndCrossingsAsPairByPair()
    {
        var model = ScorecardTrainer.Train(Rows.Features, Rows.Bad, null, new ScorecardSettings { Scale = new PointsScale(4, 60, 1) }, cancellation: TestContext.Current.CancellationToken);
        double[] cutOffs = [56, 60, 63];

        var report = PointsRounding.Report(model, Rows.Features, cutOffs);

        var (exact, printed) = Scores(model);
        var (pairs, flipped, tied) = (0L, 0L, 0L);
        for (var i = 0; i < exact.Length; i++)
        {
            for (var j = i + 1; j < exact.Length; j++)
            {
                if (exact[i] == exact[j]) continue;
                pairs++;
                if (printed[i] == printed[j]) tied++;
                else if (exact[i] < exact[j] != printed[i] < printed[j]) flipped++;
            }
        }

        Assert.Equal((1_200, pairs, flipped, tied), (report.Rows, report.Pairs, report.PairsFlipped, report.PairsTied));
        Assert.True(flipped > 0 && tied > 0);
        Assert.Equal(exact.Zip(printed, (a, b) => Math.Abs(a - b)).Max(), report.MaxScoreDifference);
        Assert.Equal(cutOffs.Select(cut => exact.Zip(printed, (a, b) => a >= cut != b >= cut).Count(moved => moved)), report.CutOffs.Select(crossing => crossing.Rows));
        Assert.Contains(report.CutOffs, crossing => crossing.Rows > 0);
    }

    [Fact]
    public void Report_FineScale_ChangesNothing()
    {
        var model = ScorecardTrainer.Train(Rows.Features, Rows.Bad, null, new ScorecardSettings { Scale = new PointsScale(100_000, 600, 19) }, cancellation: TestContext.Current.CancellationToken);

        var report = PointsRounding.Report(model, Rows.Features, [600]);

        Assert.True(report.MaxScoreDifference < 4 && report.PairsFlipped < report.Pairs / 10_000);
    }

    [Fact]
    public void Round_Scorecard_LeavesTheMeanScoreWhereItWas()
    {
        var model = ScorecardTrainer.Train(Rows.Features, Rows.Bad, null, new ScorecardSettings { Scale = new PointsScale(4, 60, 1) }, cancellation: TestContext.Current.CancellationToken);

        var (exact, printed) = Scores(model);

        Assert.Equal(exact.Average(), printed.Average(), 0.5 + 1e-9);
    }

    [Fact]
    public void Calibrated_SlopeAndIntercept_PrintsTheCalibratedScore()
    {
        var model = ScorecardTrainer.Train(Rows.Features, Rows.Bad, null, new ScorecardSettings(), cancellation: TestContext.Current.CancellationToken);

        var calibrated = PointsRounding.Calibrated(model, 0.8, 0.25);

        var vector = new float[5];
        for (var row = 0; row < 200; row++)
        {
            Rows.Features.CopyRow(row, vector);
            var logOdds = (model.Scale.Offset - model.ExactScore(vector)) / model.Scale.Factor;
            Assert.Equal(model.Scale.ScoreOf(0.8 * logOdds + 0.25), calibrated.ExactScore(vector), 9);
            Assert.InRange(calibrated.Score(vector) - calibrated.ExactScore(vector), -3.5, 3.5);
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => PointsRounding.Calibrated(model, 0, 0));
    }

    private static (double[] Exact, int[] Printed) Scores(PointsScorecard model)
    {
        var (exact, printed, vector) = (new double[1_200], new int[1_200], new float[5]);
        for (var row = 0; row < 1_200; row++)
        {
            Rows.Features.CopyRow(row, vector);
            (exact[row], printed[row]) = (model.ExactScore(vector), model.Score(vector));
        }

        return (exact, printed);
    }
}

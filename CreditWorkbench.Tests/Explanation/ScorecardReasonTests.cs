using CreditWorkbench.Core.Calibration;
using CreditWorkbench.Core.Explanation;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Predictors;
using CreditWorkbench.Core.Scoring;
using CreditWorkbench.Tests.Scoring;
using Xunit;

namespace CreditWorkbench.Tests.Explanation;

/// <summary>For a points scorecard the reasons are what one reads off its table: points of the case less the mean points of those it is
/// compared with.</summary>
public sealed class ScorecardReasonTests
{
    private static readonly int[][] Points = [[70, 31, -12], [5, 22, 41], [13, 38], [20, 8, 3]];

    [Fact]
    public void Reasons_PointsScorecard_EqualThePointsDifference()
    {
        var model = new ScoringModel(SampleScorecard.ProgramOf(SampleScorecard.Binary), Scorecard(), PlattCalibrator.Identity, null, null);
        var random = new Core.Synthetic.RandomStream(2, 0);
        var background = model.Program.Run([.. Enumerable.Range(0, 60).Select(_ => Record(0.6 * random.Uniform(), 1_000_000 + 9_000_000 * random.Uniform(), 12 + 60 * random.Uniform(), (int)(2 * random.Uniform())))]);
        var explainer = new ScoreExplainer(model, background, background);
        var card = (PointsScorecard)model.Predictor;
        var told = 0;

        foreach (var (dsr, balance, tenure, job) in new[] { (0.9, 0.0, 3.0, 2), (0.4, 3e6, 3.0, 0), (0.9, 9e6, 60.0, 1), (0.1, 9e6, 60.0, 0) })
        {
            var values = model.Program.Evaluate(Record(dsr, balance, tenure, job));
            var score = model.Score(values.Model);
            var differences = Differences(card, values.Model, background);
            var expected = Adverse([("R1", differences[0] + differences[1]), ("R3", differences[2]), ("R4", differences[3])]);

            var explanation = explainer.Explain(values, score, new PolicyOutcome(Recommendation.Decline, null, [], 700, 500, null, [])).Value;

            Assert.Equal(card.Score(values.Model), score.Unrounded, 1e-9);
            Assert.All(explanation.Contributions.Index(), each => Assert.Equal(differences[each.Index], each.Item.Points, 1e-9));
            Assert.Equal(expected.Count, explanation.Reasons.Count);
            Assert.All(expected.Zip(explanation.Reasons), pair => Assert.Equal(pair.First.Points, pair.Second.Points, 1e-9));
            told += explanation.Reasons.Count;
        }

        Assert.True(told >= 5, "Cases with reasons are missing.");
    }

    private static List<(string Code, double Points)> Adverse(IEnumerable<(string Code, double Points)> families) => [.. families.Where(family => family.Points <= -1).OrderBy(family => family.Points)];

    private static double[] Differences(PointsScorecard card, ReadOnlySpan<float> row, FeatureMatrix background)
    {
        var differences = new double[card.FeatureCount];
        for (var column = 0; column < differences.Length; column++)
        {
            var mean = background.Column(column).ToArray().Average(value => card.PointsOf(column, value));
            differences[column] = card.PointsOf(column, row[column]) - mean;
        }

        return differences;
    }

    private static PointsScorecard Scorecard() => new(PointsScale.Default, 480, 0, [Numeric(Points[0], 0.3f, 0.6f), Numeric(Points[1], 2e6f, 6e6f), Numeric(Points[2], 24f) with { SpecialCodes = 1, Bins = [.. Bins(Points[2]), Bin(0), Bin(2)] }, Category(Points[3])], [0, 0, 0, 0]);

    private static ScorecardCharacteristic Numeric(int[] points, params float[] edges) => new() { Edges = [.. edges], RegularBins = points.Length, Bins = [.. Bins(points), Bin(0)] };

    private static ScorecardCharacteristic Category(int[] points) => new() { CategoryBins = [0, 1, 2], RegularBins = points.Length, Bins = [.. Bins(points), Bin(0), Bin(0)] };

    private static IEnumerable<ScorecardBin> Bins(int[] points) => points.Select(Bin);

    private static ScorecardBin Bin(int points) => new(10, 5, 0, 0, points);

    private static InputRecord Record(double dsr, double balance, double tenure, int job) =>
        new(SampleScorecard.Binary, [InputValue.OfNumber(dsr), InputValue.OfNumber(balance), InputValue.OfNumber(tenure), InputValue.OfNumber(job), InputValue.OfNumber(30)]);
}

using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Predictors;
using Xunit;

namespace CreditWorkbench.Tests.Predictors;

public sealed class AdditivePredictorTests
{
    [Theory]
    [InlineData(38f, 0.75)]
    [InlineData(5f, -1.875)]
    [InlineData(1_000f, 3.75)]
    [InlineData(float.PositiveInfinity, 3.75)]
    public void Term_LinearNumber_IsTheSlopeOnTheBoundedStandardisedValue(float value, double expected) =>
        Assert.Equal(expected, SamplePredictors.Linear.Term(0, value));

    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1, -0.25)]
    [InlineData(2, 0.125)]
    [InlineData(3, 0.5)]
    public void Term_LinearCode_IsItsOwnAndAnUnknownCodeIsMissing(int code, double expected) =>
        Assert.Equal(expected, SamplePredictors.Linear.Term(0, CodedNaN.Of(code)));

    [Theory]
    [InlineData(1f, -0.5)]
    [InlineData(3f, 0.1875)]
    [InlineData(-1f, 0.1875)]
    public void Term_LinearCategory_IsOfTheTableOrTheMeanTerm(float category, double expected) =>
        Assert.Equal(expected, SamplePredictors.Linear.Term(1, category));

    [Theory]
    [InlineData(12f, -19)]
    [InlineData(12.000001f, 3)]
    [InlineData(36f, 3)]
    [InlineData(37f, 22)]
    [InlineData(float.NegativeInfinity, -19)]
    [InlineData(float.PositiveInfinity, 22)]
    public void PointsOf_ValueAtAnEdge_BelongsToTheLowerBin(float value, int points) =>
        Assert.Equal(points, SamplePredictors.Scorecard.PointsOf(0, value));

    [Fact]
    public void PointsOf_MissingCodeAndUnknownCategory_HaveBinsOfTheirOwn()
    {
        var scorecard = SamplePredictors.Scorecard;

        Assert.Equal([2, -25, 0, 2], new[] { 0, 1, 2, 7 }.Select(code => scorecard.PointsOf(0, CodedNaN.Of(code))));
        Assert.Equal([-4, 7, -4, 0, 0], new[] { 0f, 1f, 2f, 3f, CodedNaN.Missing }.Select(category => scorecard.PointsOf(1, category)));
    }

    [Fact]
    public void Score_AnyVector_IsTheMarginOnTheScale()
    {
        var scorecard = SamplePredictors.Scorecard;

        Assert.All(SamplePredictors.Vectors(), vector => Assert.Equal(scorecard.Score(vector), scorecard.Scale.ScoreOf(scorecard.Margin(vector)), 9));
    }

    [Fact]
    public void Quantity_AnyVector_IsInterceptAndTermsInColumnOrder()
    {
        foreach (var predictor in new AdditivePredictor[] { SamplePredictors.Linear, SamplePredictors.Scorecard })
            Assert.All(SamplePredictors.Vectors(), vector => Assert.Equal(predictor.Intercept + predictor.Term(0, vector[0]) + predictor.Term(1, vector[1]), predictor.Quantity(vector)));
    }

    [Fact]
    public void Constructor_PartsThatDoNotFit_AreRefused()
    {
        var column = SamplePredictors.Linear.Columns[0];

        Assert.Throws<ArgumentException>(() => new LinearPredictor(0, [column], [0, 0]));
        Assert.Throws<ArgumentException>(() => new LinearPredictor(double.NaN, [column], [0]));
        Assert.Throws<ArgumentException>(() => new LinearPredictor(0, [column with { Deviation = 0 }], [0]));
        Assert.Throws<ArgumentException>(() => new LinearPredictor(0, [column with { CodeTerms = [double.PositiveInfinity] }], [0]));
        Assert.Throws<ArgumentException>(() => new LinearPredictor(0, [column with { Low = 2f, High = 1f }], [0]));
        var characteristic = SamplePredictors.Scorecard.Characteristics[0];
        Assert.Throws<ArgumentException>(() => new PointsScorecard(PointsScale.Default, 0, 0, [characteristic with { Edges = [36f, 12f] }], [0]));
        Assert.Throws<ArgumentException>(() => new PointsScorecard(PointsScale.Default, 0, 0, [characteristic with { RegularBins = 2 }], [0]));
        Assert.Throws<ArgumentException>(() => new PointsScorecard(new PointsScale(0, 600, 19), 0, 0, [characteristic], [0]));
    }
}

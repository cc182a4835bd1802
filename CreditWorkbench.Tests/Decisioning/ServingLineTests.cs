using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Core.Scoring;
using CreditWorkbench.Tests.Registry;
using Xunit;

namespace CreditWorkbench.Tests.Decisioning;

/// <summary>The line on a model of two stumps, whose numbers can be worked out by hand.</summary>
public sealed class ServingLineTests
{
    private static readonly ServingLine Line = new(Releases.Of(TinyPackage.Model));

    // Margin -1.5 - 0.5 - 0.25 = -2.25 for a low burden and a long record; -1.5 + 1.25 + 0.75 = 0.5 for the reverse.
    [Theory]
    [InlineData(3_000_000, 36, -2.25)]
    [InlineData(5_000_000, 12, 0.5)]
    public void Score_KnownCase_HasTheMarginOfTheStumps(double instalments, double months, double margin)
    {
        var scored = Line.Score(Case(instalments, InputValue.OfNumber(months)), default);

        var logOdds = 1.125 * margin - 0.0625;
        Assert.Equal(margin, scored.Score.Margin);
        Assert.Equal(600 + 50 / Math.Log(2) * (-Math.Log(19) - logOdds), scored.Score.Unrounded, 1e-9);
        Assert.Equal((int)Math.Round(scored.Score.Unrounded, MidpointRounding.AwayFromZero), scored.Score.Issued);
    }

    [Fact]
    public void Score_MissingAndCodedRecord_TakeTheSameSideButKeepTheirMeaning()
    {
        var (missing, coded) = (Line.Score(Case(3_000_000, InputValue.Missing), default), Line.Score(Case(3_000_000, InputValue.OfSpecial(1)), default));

        Assert.Equal((0, 1), (CodedNaN.CodeOf(missing.Values.Model[1]), CodedNaN.CodeOf(coded.Values.Model[1])));
        Assert.Equal(missing.Score.Margin, coded.Score.Margin);
    }

    [Fact]
    public void Score_SameRecordTwice_GivesTheSameBits()
    {
        var record = Case(3_700_000, InputValue.OfNumber(18));

        Assert.Equal(BitConverter.DoubleToInt64Bits(Line.Score(record, default).Score.Unrounded), BitConverter.DoubleToInt64Bits(Line.Score(record, default).Score.Unrounded));
    }

    [Fact]
    public void Score_BurdenAboveTheRule_IsDeclinedByTheRuleWhichIsTheReason()
    {
        var scored = Line.Score(Case(7_000_000, InputValue.OfNumber(36)), default);

        var explained = Line.Explain(scored).Value;

        Assert.Equal((Recommendation.Decline, "P1"), (explained.Policy.Recommendation, explained.Policy.DecidedByRule?.Rule.Code));
        Assert.Equal(["P1"], explained.Explanation.Reasons.Select(reason => reason.Code));
    }

    [Fact]
    public void Score_Confidence_BandSurroundsTheScoreByTheTable()
    {
        var scored = Line.Score(Case(3_000_000, InputValue.OfNumber(36)), default);

        Assert.Equal("modelUncertainty", scored.Confidence.Kind);
        Assert.Equal(Line.Release.Scoring.Scale.Issue(scored.Score.Unrounded - 1.645 * 12.5), scored.Confidence.Low);
        Assert.Equal(Line.Release.Scoring.Scale.Issue(scored.Score.Unrounded + 1.645 * 12.5), scored.Confidence.High);
        Assert.InRange(scored.Confidence.Value, 0, 1);
    }

    [Fact]
    public void Score_ModelWithoutRefits_SaysThatConfidenceIsNone()
    {
        var line = new ServingLine(Releases.Of(TinyPackage.Model with { Confidence = null }));

        Assert.Equal("none", line.Score(Case(3_000_000, InputValue.OfNumber(36)), default).Confidence.Kind);
    }

    [Fact]
    public void Score_ExpectedLoss_IsPdTimesLossTimesExposure()
    {
        var scored = Line.Score(Case(3_000_000, InputValue.OfNumber(36)), default);

        Assert.Equal(scored.Score.Pd * 0.6 * 12 * 10_000_000, scored.ExpectedLoss!.Value, 1e-3);
    }

    [Theory]
    [InlineData(500, 580)] // approval first
    [InlineData(590, 600)] // then the next better grade
    [InlineData(650, 600)] // the best grade has arrived
    public void DefaultTarget_AnyScore_IsApprovalThenTheNextGrade(int issued, int target) => Assert.Equal(target, Line.DefaultTarget(issued));

    private static InputRecord Case(double instalments, InputValue months) =>
        new(TinyPackage.Model.Scorecard, [InputValue.OfNumber(10_000_000), InputValue.OfNumber(instalments), months]);
}

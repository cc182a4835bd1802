using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Scoring;
using Xunit;

namespace CreditWorkbench.Tests.Scoring;

public sealed class PolicyEvaluatorTests
{
    [Theory]
    [InlineData(700, Recommendation.Approve)]
    [InlineData(699, Recommendation.Refer)]
    [InlineData(500, Recommendation.Refer)]
    [InlineData(499, Recommendation.Decline)]
    public void Evaluate_NoRuleFires_FollowsTheCutOffs(int issued, Recommendation expected)
    {
        var outcome = Evaluate(issued, []);

        Assert.Equal(expected, outcome.Recommendation);
        Assert.Null(outcome.DecidedByRule);
        Assert.Equal(4, outcome.Rules.Count);
    }

    [Fact]
    public void Evaluate_ConditionMissing_DoesNotFireAndSaysSo()
    {
        var outcome = Evaluate(750, new() { ["young"] = double.NaN });

        Assert.Equal(Recommendation.Approve, outcome.Recommendation);
        Assert.Null(outcome.Rules[0].Fired);
    }

    [Fact]
    public void Evaluate_DeclineRule_BeatsEverything()
    {
        var outcome = Evaluate(850, new() { ["young"] = 1, ["short"] = 1 });

        Assert.Equal(Recommendation.Decline, outcome.Recommendation);
        Assert.Equal("P1", outcome.DecidedByRule!.Rule.Code);
    }

    [Fact]
    public void Evaluate_ReferRuleOnADeclinedScore_LeavesTheDeclineToTheScore()
    {
        var outcome = Evaluate(450, new() { ["short"] = 1 });

        Assert.Equal((Recommendation.Decline, null), (outcome.Recommendation, outcome.DecidedByRule));
    }

    [Fact]
    public void Evaluate_ReferRuleOnAnApprovableScore_Refers()
    {
        var outcome = Evaluate(750, new() { ["short"] = 1 });

        Assert.Equal((Recommendation.Refer, "P2"), (outcome.Recommendation, outcome.DecidedByRule?.Rule.Code));
    }

    [Fact]
    public void Evaluate_SeveralCaps_TakesTheSmallest()
    {
        var outcome = Evaluate(750, new() { ["thin"] = 1, ["thinner"] = 1, ["limit"] = 9_000_000 });

        Assert.Equal((4_000_000, Recommendation.Approve), (outcome.CapAmount, outcome.Recommendation));
    }

    [Fact]
    public void Evaluate_CapWithoutAmount_Refers()
    {
        var outcome = Evaluate(750, new() { ["thin"] = 1 });

        Assert.Equal(Recommendation.Refer, outcome.Recommendation);
        Assert.Contains(PolicyEvaluator.CapMissing, outcome.Notes);
    }

    [Theory]
    [InlineData(720, 1, Recommendation.Refer)]
    [InlineData(450, 1, Recommendation.Refer)]
    [InlineData(720, 0, Recommendation.Approve)]
    public void Evaluate_CategoryBesideTheBand_Refers(int issued, int category, Recommendation expected)
    {
        var outcome = Evaluate(issued, [], category);

        Assert.Equal(expected, outcome.Recommendation);
        Assert.Equal(expected == Recommendation.Refer, outcome.Notes.Contains(PolicyEvaluator.CategoryDiffers));
    }

    [Fact]
    public void WithReasons_EmptyOnAScoredDecline_Refers()
    {
        var byScore = Evaluate(450, []);
        var byRule = Evaluate(450, new() { ["young"] = 1 });

        Assert.Equal(Recommendation.Refer, PolicyEvaluator.WithReasons(byScore, 0).Recommendation);
        Assert.Equal(Recommendation.Decline, PolicyEvaluator.WithReasons(byScore, 1).Recommendation);
        Assert.Equal(Recommendation.Decline, PolicyEvaluator.WithReasons(byRule, 0).Recommendation);
    }

    private static PolicyOutcome Evaluate(int issued, Dictionary<string, double> values, int? category = null)
    {
        var definition = category is null ? SampleScorecard.Binary : SampleScorecard.Ordinal;
        var score = new Score(0, 0, 0, issued, issued, "", "", 0, 0, 0, category);
        var grade = definition.Grades.First(each => issued >= each.From);
        return PolicyEvaluator.Evaluate(
            definition, expression => expression is NumberLiteral number ? number.Value : values.GetValueOrDefault(((NameReference)expression).Name, ((NameReference)expression).Name == "limit" ? double.NaN : 0), score, grade);
    }
}

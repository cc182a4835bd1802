using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Recourse;
using CreditWorkbench.Tests.Scoring;
using Xunit;

namespace CreditWorkbench.Tests.Recourse;

public sealed class ExpressionReachTests
{
    private static readonly FeatureProgram Program = SampleScorecard.ProgramOf(SampleScorecard.Binary);

    [Theory]
    [InlineData("dsr + balance - tenure")]
    [InlineData("dsr * balance - 3 * dsr * dsr")]
    [InlineData("balance / (dsr - 0.5)")]
    [InlineData("tenure / (1 + dsr)")]
    [InlineData("log(dsr - 0.3) + sqrt(balance) + log1p(dsr)")]
    [InlineData("exp(-dsr) * (1 - exp(-balance / 1000000))")]
    [InlineData("min(dsr, 0.5, tenure) + max(balance, 100) + clamp(dsr, 0.2, 0.6)")]
    [InlineData("abs(dsr - 0.5) + floor(dsr * 7) - ceil(dsr * 3) + round(dsr, 0.25)")]
    [InlineData("if(dsr > 0.6 and balance < 2000000, tenure, -dsr)")]
    [InlineData("if(dsr > 0.6 or not (balance >= 2000000), 1, 0) + (dsr == 0.4) + (tenure != 12)")]
    [InlineData("coalesce(log(dsr - 0.5), balance) + mean_of(dsr, log(dsr - 0.5))")]
    [InlineData("is_missing(log(dsr - 0.5)) + if(is_special(tenure, -1), 1, dsr)")]
    [InlineData("map(job, 'gov', 1, 'priv', dsr, 0) + (job in ('gov', 'none')) + (job == 'priv')")]
    public void Of_AnyValuesInReach_HoldTheResult(string text)
    {
        var expression = RoadmapSample.Parsed(text);
        var compiled = PolicyExpression.Compile(Program, expression);
        var today = Program.Evaluate(RoadmapSample.Record(Program.Definition, 0.7, 1_500_000, 12));
        var moved = new Dictionary<string, Reach> { ["dsr"] = new(0.1, 0.9, 0), ["balance"] = new(-500_000, 4_000_000, 0) };
        var reach = new ExpressionReach(Program, today, name => moved.TryGetValue(name, out var known) ? known : null).Of(expression);
        var random = new Random(8);

        for (var i = 0; i < 2000; i++)
        {
            var dsr = i % 10 == 0 ? 0.1 + 0.8 * (i / 10 % 2) : i % 7 == 0 ? 0.4 : 0.1 + 0.8 * random.NextDouble();
            var balance = -500_000 + 4_500_000 * (i % 13 == 0 ? 1 : random.NextDouble());
            var record = RoadmapSample.Record(Program.Definition, dsr, balance, 12);
            var value = compiled.Evaluate(Program.Evaluate(record));
            Assert.True(double.IsNaN(value) ? reach.CanMiss : value >= reach.Low && value <= reach.High, $"{text} gives {value} for {dsr}, {balance}; reach {reach}");
        }
    }

    [Fact]
    public void Of_PartsThatDoNotMove_AreExact()
    {
        var today = Program.Evaluate(RoadmapSample.Record(Program.Definition, 0.7, 1_500_000, 12));

        var reach = new ExpressionReach(Program, today, _ => null).Of(RoadmapSample.Parsed("tenure * 2 + (job == 'priv')"));

        Assert.Equal(new Reach(25, 25, 0), reach);
    }

    [Fact]
    public void Of_MonotoneExpression_IsAsTightAsItsEnds()
    {
        var today = Program.Evaluate(RoadmapSample.Record(Program.Definition));

        var reach = new ExpressionReach(Program, today, name => name == "dsr" ? new Reach(0.2, 0.5, 0) : null).Of(RoadmapSample.Parsed("100 * (1 - clamp(dsr / 0.4, 0, 1))"));

        Assert.Equal(0, reach.Low, 9);
        Assert.Equal(50, reach.High, 9);
        Assert.False(reach.CanMiss);
    }
}

using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Monitoring;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Core.Scoring;
using Xunit;

namespace CreditWorkbench.Tests.Monitoring;

/// <summary>Each guardrail with a case that must trip it, one that must not, and how often chance alone trips it.</summary>
public sealed class GuardrailJudgeTests
{
    private static readonly RolloutGuardrails Limits = new();

    [Fact]
    public void Approval_LargeAndCertainGap_IsBroken()
    {
        var reading = Judge(Guardrail.Approval, Arm(1_000, 700), Arm(1_000, 500));

        Assert.Equal(GuardrailVerdict.Broken, reading.Verdict);
        Assert.Equal(-0.2, reading.Value!.Value, 12);
        Assert.True(reading.PValue < 1e-9);
    }

    [Fact]
    public void Approval_MoreApprovals_AreBrokenAsWell() =>
        Assert.Equal(GuardrailVerdict.Broken, Judge(Guardrail.Approval, Arm(1_000, 500), Arm(1_000, 700)).Verdict);

    [Theory]
    [InlineData(3, 3, 3, 0, GuardrailVerdict.Waiting)] // three cases say nothing
    [InlineData(5_000, 3_500, 199, 0, GuardrailVerdict.Waiting)] // one short
    [InlineData(200, 140, 200, 124, GuardrailVerdict.Holds)] // a gap of 8 points that chance explains
    [InlineData(100_000, 70_000, 100_000, 66_000, GuardrailVerdict.Holds)] // certain, but within the limit
    public void Approval_FewCasesChanceOrASmallGap_IsNotBroken(int championCases, int championApproved, int cases, int approved, GuardrailVerdict expected) =>
        Assert.Equal(expected, Judge(Guardrail.Approval, Arm(championCases, championApproved), Arm(cases, approved)).Verdict);

    [Fact]
    public void Approval_SidesThatAreAlike_AreHardlyEverBroken()
    {
        var random = new Random(7);
        var broken = 0;
        for (var trial = 0; trial < 2_000; trial++)
        {
            int Approved() => Enumerable.Range(0, 300).Count(_ => random.NextDouble() < 0.6);
            if (Judge(Guardrail.Approval, Arm(300, Approved()), Arm(300, Approved())).Verdict == GuardrailVerdict.Broken) broken++;
        }

        // A chance of one in a thousand each: more than ten of 2,000 would come about less than once in 10,000 runs.
        Assert.InRange(broken, 0, 10);
    }

    [Fact]
    public void Groups_RatioFarBelowTheLimit_IsBrokenAndNamesTheGroup()
    {
        var reading = Judge(Groups(("A", 500, 350, 350), ("B", 500, 330, 150)));

        Assert.Equal((GuardrailVerdict.Broken, "B"), (reading.Verdict, reading.Group!.Group));
        Assert.Equal(150.0 / 350, reading.Challenger!.Value, 12);
        Assert.Equal(330.0 / 350, reading.Champion!.Value, 12);
    }

    [Fact]
    public void Groups_ChampionIsNoBetter_IsNotBroken() =>
        Assert.Equal(GuardrailVerdict.Holds, Judge(Groups(("A", 500, 350, 350), ("B", 500, 150, 160))).Verdict);

    [Fact]
    public void Groups_LowRatioInASmallGroup_IsNotBroken() =>
        Assert.Equal(GuardrailVerdict.Holds, Judge(Groups(("A", 500, 350, 350), ("B", 30, 21, 15))).Verdict);

    [Fact]
    public void Groups_TooFewCasesInAGroup_IsLeftOut() =>
        Assert.Empty(Groups(("A", 500, 350, 350), ("B", GroupFigures.FewestCases - 1, 20, 0)));

    [Fact]
    public void Groups_TooFewCasesInAll_Waits() => Assert.Equal(GuardrailVerdict.Waiting, Judge(Groups(("A", 90, 80, 80), ("B", 90, 80, 10)), compared: 180).Verdict);

    [Theory]
    [InlineData(20, 20, GuardrailVerdict.Broken)] // fails always: stopped after twenty attempts
    [InlineData(2_000, 60, GuardrailVerdict.Broken)]
    [InlineData(19, 19, GuardrailVerdict.Waiting)]
    [InlineData(100, 3, GuardrailVerdict.Holds)] // 3 %, which chance explains
    [InlineData(10_000, 90, GuardrailVerdict.Holds)] // below the limit of 1 %
    public void Errors_ShareOfFailures_IsJudgedWithItsChance(int runs, int errors, GuardrailVerdict expected) =>
        Assert.Equal(expected, Judge(Guardrail.Errors, Arm(5_000, 3_000), Arm(runs - errors, 0, errors)).Verdict);

    [Fact]
    public void Errors_ChampionFailsAsOften_AreNotTheChallengersFault() =>
        Assert.Equal(GuardrailVerdict.Holds, Judge(Guardrail.Errors, Arm(500, 300, errors: 500), Arm(500, 300, errors: 500)).Verdict);

    [Theory]
    [InlineData(400, 20, 250, GuardrailVerdict.Broken)] // one case in five is slow
    [InlineData(400, 2.0, 250, GuardrailVerdict.Holds)] // two in a hundred
    [InlineData(200, 6.0, 250, GuardrailVerdict.Holds)] // six in a hundred of few cases: the percentile may lie below
    [InlineData(199, 100, 250, GuardrailVerdict.Waiting)]
    [InlineData(400, 100, 90, GuardrailVerdict.Holds)] // slower than before, but within the limit
    public void Latency_Percentile_IsJudgedByItsLowerLimit(int cases, double slowPercent, double slowMilliseconds, GuardrailVerdict expected)
    {
        var slow = (int)(cases * slowPercent / 100);

        var reading = Judge(Guardrail.Latency, Arm(1_000, 700), Arm(cases, cases / 2, 0, (5, cases - slow), (slowMilliseconds, slow)));

        Assert.Equal(expected, reading.Verdict);
    }

    [Fact]
    public void Latency_ChampionIsAsSlow_IsNotTheChallengersFault() =>
        Assert.Equal(GuardrailVerdict.Holds, Judge(Guardrail.Latency, Arm(1_000, 700, 0, (400, 1_000)), Arm(1_000, 700, 0, (400, 1_000))).Verdict);

    [Fact]
    public void Latency_BinOfADuration_HoldsItWithinATenth()
    {
        for (var milliseconds = 0.01; milliseconds < 60_000; milliseconds *= 1.37)
        {
            var border = RolloutMeasures.MillisecondsOf(RolloutMeasures.LatencyBin(TimeSpan.FromMilliseconds(milliseconds)));

            Assert.InRange(border / milliseconds, 0.999, 1.1);
        }
    }

    [Fact]
    public void Check_LimitsOutOfRange_AreAllNamed()
    {
        var faults = (Limits with { WindowHours = 0, MinimumCases = 3, ErrorShare = double.NaN, Confirmations = 11 }).Check();

        Assert.Equal(["windowHours", "minimumCases", "errorShare", "confirmations"], faults.Select(fault => fault.Field));
        Assert.All(faults, fault => Assert.Equal("rollout.guardrail", fault.Code));
        Assert.Empty(Limits.Check());
    }

    private static GuardrailReading Judge(Guardrail guardrail, ArmFigures champion, ArmFigures challenger) =>
        GuardrailJudge.Judge(Limits, new RolloutFigures(DateTimeOffset.UnixEpoch, champion, challenger, 0, [])).Single(reading => reading.Guardrail == guardrail);

    private static GuardrailReading Judge(IReadOnlyList<GroupFigures> groups, int compared = 1_000) =>
        GuardrailJudge.Judge(Limits, new RolloutFigures(DateTimeOffset.UnixEpoch, Arm(1, 1), Arm(1, 1), compared, groups)).Single(reading => reading.Guardrail == Guardrail.Groups);

    private static IReadOnlyList<GroupFigures> Groups(params (string Group, int Cases, int Champion, int Challenger)[] groups) => GroupFigures.Of(
        "gender", groups.SelectMany(group => Enumerable.Range(0, group.Cases).Select(n => ((string?)group.Group, n < group.Champion, n < group.Challenger))).Append((null, true, false)));

    private static ArmFigures Arm(int cases, int approved, int errors = 0, params (double Milliseconds, int Cases)[] latency)
    {
        const RolloutArm Side = RolloutArm.Challenger;
        (double Milliseconds, int Cases)[] durations = latency.Length == 0 ? [(5, cases)] : latency;
        List<RolloutCount> counts =
        [
            new(Side, RolloutMeasures.Run, 0, cases + errors), new(Side, RolloutMeasures.Error, 0, errors),
            new(Side, RolloutMeasures.Decision, (int)Recommendation.Approve, approved), new(Side, RolloutMeasures.Decision, (int)Recommendation.Decline, cases - approved),
            .. durations.Where(entry => entry.Cases > 0).Select(entry => new RolloutCount(Side, RolloutMeasures.Latency, RolloutMeasures.LatencyBin(TimeSpan.FromMilliseconds(entry.Milliseconds)), entry.Cases)),
        ];
        return ArmFigures.Of(counts, Side);
    }
}

using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Recourse;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Scoring;
using CreditWorkbench.Tests.Scoring;
using Xunit;

namespace CreditWorkbench.Tests.Recourse;

public sealed class RoadmapSearchTests
{
    private static readonly RoadmapLimits Limits = new(RoadmapSample.MaxMonths, 20_000);

    [Fact]
    public void Find_RandomForests_AgreesWithTheGridAboutImpossible()
    {
        var random = new Random(41);
        var outcomes = new Dictionary<RoadmapOutcome, int>();

        for (var trial = 0; trial < 60; trial++)
        {
            var (model, today) = RandomCase(random);
            var best = RoadmapSample.BestByGrid(model, today);
            foreach (var target in new[] { best - 5, best, best + 1, best + 30 })
            {
                var roadmap = new RoadmapSearch(model, Limits).Find(today, target, RoadmapSample.Score(model));
                Assert.Equal(target <= best ? RoadmapOutcome.Found : RoadmapOutcome.Impossible, roadmap.Outcome);
                Assert.Equal(roadmap.Outcome == RoadmapOutcome.Impossible, roadmap.Proof != RoadmapProof.None);
                outcomes[roadmap.Outcome] = outcomes.GetValueOrDefault(roadmap.Outcome) + 1;
            }
        }

        Assert.True(outcomes[RoadmapOutcome.Found] > 50 && outcomes[RoadmapOutcome.Impossible] > 50);
    }

    [Fact]
    public void Find_FoundRoadmap_HoldsWhenItsStepsAreTakenByHand()
    {
        var random = new Random(42);
        var found = 0;

        for (var trial = 0; trial < 80; trial++)
        {
            var (model, today) = RandomCase(random);
            var score = RoadmapSample.Score(model);
            var target = score(today).Issued + 1 + random.Next(40);
            var roadmap = new RoadmapSearch(model, Limits).Find(today, target, score);
            if (roadmap.Outcome != RoadmapOutcome.Found) continue;
            found++;
            Assert.True(roadmap.Verified && roadmap.ScoreAfter >= target);
            AssertStepsHold(model, today, roadmap);
        }

        Assert.True(found > 20);
    }

    [Fact]
    public void Find_SameCaseTwice_GivesTheSameRoadmap()
    {
        var (model, today) = RandomCase(new Random(43));
        var score = RoadmapSample.Score(model);
        var target = RoadmapSample.BestByGrid(model, today);

        var (first, second) = (new RoadmapSearch(model, Limits).Find(today, target, score), new RoadmapSearch(model, Limits).Find(today, target, score));

        Assert.Equal(first.Steps, second.Steps);
        Assert.Equal(first with { Steps = [] }, second with { Steps = [] });
    }

    [Fact]
    public void Find_TargetReachedAlready_HasNoSteps()
    {
        var model = RoadmapSample.Model(RoadmapSample.Definition, Ensembles.Stump(0, 0.5f, -1, 1));
        var today = RoadmapSample.Record(RoadmapSample.Definition, dsr: 0.2);

        var roadmap = new RoadmapSearch(model, Limits).Find(today, 400, RoadmapSample.Score(model));

        Assert.Equal((RoadmapOutcome.Found, 0, 0, true), (roadmap.Outcome, roadmap.Steps.Count, roadmap.Months, roadmap.Verified));
    }

    [Fact]
    public void Find_OneActionIsEnough_TakesTheSmallestChangeBeyondTheCut()
    {
        var model = RoadmapSample.Model(RoadmapSample.Definition, Ensembles.Stump(0, 0.5f, -1, 1), Ensembles.Stump(1, 3_000_000, 0.1, -0.1));
        var today = RoadmapSample.Record(RoadmapSample.Definition, dsr: 0.9);

        var roadmap = new RoadmapSearch(model, Limits).Find(today, 450, RoadmapSample.Score(model));

        var step = Assert.Single(roadmap.Steps);
        Assert.Equal(("repay", 0.9, 0.4, 5), (step.Action, step.From.Number, step.To.Number, step.Months));
        Assert.Equal((308, 453, 145), (roadmap.ScoreNow, step.ScoreAfter, step.PointsAdded));
        Assert.Equal((453, 5, 308), (roadmap.ScoreAfter, roadmap.Months, roadmap.WithoutAction));
    }

    [Fact]
    public void Find_TimeAloneIsEnough_SaysWhenWithoutSteps()
    {
        var model = RoadmapSample.Model(RoadmapSample.Definition, Ensembles.Stump(2, 15, 1, -1));
        var today = RoadmapSample.Record(RoadmapSample.Definition, tenure: 10);

        var roadmap = new RoadmapSearch(model, Limits).Find(today, 450, RoadmapSample.Score(model));

        Assert.Equal((RoadmapOutcome.Found, 0, 6), (roadmap.Outcome, roadmap.Steps.Count, roadmap.Months));
        Assert.Equal(roadmap.ScoreAfter, roadmap.WithoutAction);
    }

    [Fact]
    public void Find_ActionNeedsAWait_ReadsTheLastStepWhenTimeHasPassed()
    {
        var model = RoadmapSample.Model(RoadmapSample.Definition, Ensembles.Stump(2, 19, 0.5, -0.5), Ensembles.Stump(0, 0.5f, -0.5, 0.5));
        var today = RoadmapSample.Record(RoadmapSample.Definition, tenure: 10);

        var roadmap = new RoadmapSearch(model, Limits).Find(today, 450, RoadmapSample.Score(model));

        Assert.Equal(10, roadmap.Months);
        Assert.Equal(("repay", 10), (Assert.Single(roadmap.Steps).Action, roadmap.Steps[0].Months));
        Assert.True(roadmap.Verified && roadmap.WithoutAction < 450);
    }

    [Fact]
    public void Find_NothingThatMovesMatters_IsProvedByTheBound()
    {
        var model = RoadmapSample.Model(RoadmapSample.Definition, Ensembles.Stump(0, 2.5f, 1, -1));

        var roadmap = new RoadmapSearch(model, Limits).Find(RoadmapSample.Record(RoadmapSample.Definition), 500, RoadmapSample.Score(model));

        Assert.Equal((RoadmapOutcome.Impossible, RoadmapProof.Bound), (roadmap.Outcome, roadmap.Proof));
        Assert.Equal((roadmap.ScoreNow, 1), (roadmap.ScoreAfter, roadmap.CandidatesScored));
    }

    [Fact]
    public void Find_BudgetTooSmallToProve_SaysTimedOut()
    {
        var model = RoadmapSample.Model(RoadmapSample.Definition, Ensembles.Stump(0, 0.5f, -1, 1), Ensembles.Stump(0, 0.5f, 1, -1));

        var roadmap = new RoadmapSearch(model, new RoadmapLimits(RoadmapSample.MaxMonths, 10)).Find(RoadmapSample.Record(RoadmapSample.Definition), 500, RoadmapSample.Score(model));

        Assert.Equal((RoadmapOutcome.TimedOut, RoadmapProof.None), (roadmap.Outcome, roadmap.Proof));
        Assert.InRange(roadmap.CandidatesScored, 1, 10);
    }

    [Fact]
    public void Find_ActionOnNoInput_ForbidsProofs()
    {
        var definition = RoadmapSample.Definition with { Actions = [RoadmapSample.Definition.Actions[0] with { Input = "elsewhere", Staged = true }] };
        var model = RoadmapSample.Model(definition, Ensembles.Stump(0, 2.5f, 1, -1));

        Assert.Equal(RoadmapOutcome.TimedOut, new RoadmapSearch(model, Limits).Find(RoadmapSample.Record(definition), 500, RoadmapSample.Score(model)).Outcome);
    }

    [Fact]
    public void Find_StagedAction_IsSearchedLikeAnyOther()
    {
        var declared = RoadmapSample.Model(RoadmapSample.Definition, Ensembles.Stump(0, 2.5f, 1, -1));
        var definition = RoadmapSample.Definition with { Actions = [.. RoadmapSample.Definition.Actions.Select(action => action with { Staged = true })] };
        var staged = RoadmapSample.Model(definition, Ensembles.Stump(0, 2.5f, 1, -1));

        var expected = new RoadmapSearch(declared, Limits).Find(RoadmapSample.Record(RoadmapSample.Definition), 500, RoadmapSample.Score(declared));
        var found = new RoadmapSearch(staged, Limits).Find(RoadmapSample.Record(definition), 500, RoadmapSample.Score(staged));

        Assert.NotEqual(RoadmapOutcome.TimedOut, expected.Outcome);
        Assert.Equal(expected.Outcome, found.Outcome);
    }

    [Fact]
    public void Find_ActionNotOpenOrValueUnknown_IsNotOffered()
    {
        var model = RoadmapSample.Model(RoadmapSample.Definition, Ensembles.Stump(0, 0.5f, -1, 1));
        var unknown = RoadmapSample.Record(RoadmapSample.Definition).With("dsr", InputValue.Missing);

        Assert.Equal(RoadmapOutcome.Impossible, new RoadmapSearch(model, Limits).Find(unknown, 450, RoadmapSample.Score(model)).Outcome);
    }

    [Fact]
    public void Find_InputsThatMoveAlong_FollowInTheOrderOfTime()
    {
        var actions = RoadmapSample.Definition.Actions;
        var definition = RoadmapSample.Definition with
        {
            Actions = [actions[0] with { Also = new Dictionary<string, Expression> { ["balance"] = RoadmapSample.Parsed("max(0, balance - 1000000 * change)") } }],
        };
        var model = RoadmapSample.Model(definition, Ensembles.Stump(0, 0.5f, -1, 1));
        InputRecord? last = null;
        var today = RoadmapSample.Record(definition, dsr: 0.9, balance: 3_000_000);

        var roadmap = new RoadmapSearch(model, Limits).Find(today, 450, candidate => RoadmapSample.Score(model)(candidate["dsr"].Number < 0.5 ? last = candidate : candidate));

        Assert.Equal(RoadmapOutcome.Found, roadmap.Outcome);
        Assert.Equal(2_500_000, last!["balance"].Number, 3);
    }

    [Fact]
    public void HighestIssued_RandomForests_IsNeverBelowTheGrid()
    {
        var random = new Random(44);

        for (var trial = 0; trial < 60; trial++)
        {
            var (model, today) = RandomCase(random);
            var best = RoadmapSample.BestByGrid(model, today);
            var roadmap = new RoadmapSearch(model, new RoadmapLimits(RoadmapSample.MaxMonths, 1)).Find(today, best, RoadmapSample.Score(model));
            Assert.NotEqual(RoadmapProof.Bound, roadmap.Proof);
        }
    }

    private static (ScoringModel Model, InputRecord Today) RandomCase(Random random)
    {
        var model = RoadmapSample.Model(RoadmapSample.Definition, [.. Enumerable.Range(0, 6).Select(_ => RoadmapSample.RandomTree(random, 3))]);
        return (model, RoadmapSample.Record(RoadmapSample.Definition, Math.Round(random.NextDouble(), 2), 100_000 * random.Next(40), random.Next(25), random.Next(3)));
    }

    // Takes the steps one after the other with own hands: only named inputs move, within limits, and each state scores as stated.
    private static void AssertStepsHold(ScoringModel model, InputRecord today, Roadmap roadmap)
    {
        var state = today;
        var (month, before) = (0, roadmap.ScoreNow);
        foreach (var step in roadmap.Steps)
        {
            var action = RoadmapSample.Definition.Actions.Single(each => each.Name == step.Action);
            Assert.Equal((action.Input, state[action.Input]), (step.Input, step.From));
            Assert.True(step.Months >= month && step.Months <= RoadmapSample.MaxMonths && step.Months >= action.Months);
            var change = Math.Abs(step.To.Number - step.From.Number);
            Assert.True(action.Move == ActionMove.Set || change >= action.Step - 1e-9);
            Assert.True(action.PerMonth is not { } pace || change <= pace * step.Months + 1e-6);
            state = state.With(step.Input, step.To).With("tenure", InputValue.OfNumber(Math.Min(120, today["tenure"].Number + step.Months)));
            Assert.Equal((step.ScoreAfter, step.ScoreAfter - before), (RoadmapSample.Score(model)(state).Issued, step.PointsAdded));
            (month, before) = (step.Months, step.ScoreAfter);
        }

        Assert.Equal(roadmap.Months, roadmap.Steps.Count == 0 ? roadmap.Months : month);
        Assert.True(state["dsr"].Number >= Math.Min(0.1, today["dsr"].Number) && state["balance"].Number <= today["balance"].Number + 6_000_000);
        Assert.Equal(today["age"], state["age"]);
    }
}

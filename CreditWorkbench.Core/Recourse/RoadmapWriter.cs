namespace CreditWorkbench.Core.Recourse;

/// <summary>Writes down how a search ended; every step of a found plan is scored once more.</summary>
internal static class RoadmapWriter
{
    /// <summary>A plan that reaches the target, step by step in time; null when a step cannot be worked out on its own.</summary>
    public static Roadmap? Found(RoadmapCase roadmapCase, CandidateScorer scorer, Plan plan, int target, int now)
    {
        var order = roadmapCase.InOrder(plan);
        var months = roadmapCase.MonthOf(plan);
        var steps = new List<RoadmapStep>();
        var before = now;
        for (var i = 0; i < order.Length; i++)
        {
            // The last step is read when the whole plan shows, waiting included.
            var month = i == order.Length - 1 ? months : roadmapCase.OptionOf(plan, order[i]).Months;
            var earlier = roadmapCase.After(plan, order.AsSpan(0, i), month);
            var after = roadmapCase.After(plan, order.AsSpan(0, i + 1), month);
            if (earlier is null || after is null) return null;
            var scored = scorer.Fresh(after);
            var action = roadmapCase.Menus[order[i]].Action;
            steps.Add(new RoadmapStep(
                action.Action.Name, action.Action.Input, earlier.Values[action.Input], after.Values[action.Input], month, action.Action.Effort,
                action.Action.Label, action.Action.How, scored, scored - before));
            before = scored;
        }

        var without = months == 0 ? now : scorer.Fresh(roadmapCase.Grown(months));
        var final = order.Length == 0 ? without : before;
        return new Roadmap(RoadmapOutcome.Found, target, now, steps, final, months, without, final >= target, scorer.Scored);
    }

    /// <summary>No plan: proved, or not found within the budget.</summary>
    public static Roadmap NotFound(RoadmapOutcome outcome, RoadmapProof proof, int target, int now, CandidateScorer scorer) =>
        new(outcome, target, now, [], scorer.Best, 0, now, false, scorer.Scored) { Proof = proof };
}

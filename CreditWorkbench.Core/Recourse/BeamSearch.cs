namespace CreditWorkbench.Core.Recourse;

/// <summary>Looks for a cheap plan step by step: the most promising partial plans are extended by one more action (or by waiting)
/// until some reach the target.</summary>
internal static class BeamSearch
{
    private const int OptionsPerAction = 10;

    /// <summary>The cheapest plan found that reaches the target; null when none was found within the budget.</summary>
    public static Plan? Find(RoadmapCase roadmapCase, CandidateScorer scorer, int target, int width)
    {
        var beam = new List<Plan> { Plan.Idle(roadmapCase.Menus.Length) };
        Plan? best = null;
        for (var depth = 0; depth <= roadmapCase.Menus.Length && beam.Count > 0; depth++)
        {
            var next = new List<(Plan Plan, int Score, double Cost)>();
            var seen = new HashSet<string>();
            foreach (var plan in beam.SelectMany(plan => Extensions(roadmapCase, plan)))
            {
                if (!seen.Add(plan.Key) || scorer.Of(plan) is not { } score) continue;
                var cost = roadmapCase.CostOf(plan);
                if (score < target) next.Add((plan, score, cost));
                else if (best is null || cost < roadmapCase.CostOf(best)) best = plan;
            }

            if (best is not null) next.RemoveAll(each => each.Cost >= roadmapCase.CostOf(best));
            beam = [.. next.OrderByDescending(each => each.Score).ThenBy(each => each.Cost).Take(width).Select(each => each.Plan)];
        }

        return best;
    }

    private static IEnumerable<Plan> Extensions(RoadmapCase roadmapCase, Plan plan)
    {
        for (var action = 0; action < roadmapCase.Menus.Length; action++)
        {
            if (plan.Choices[action] >= 0) continue;
            foreach (var choice in Thin(roadmapCase.Menus[action].Worthwhile)) yield return plan.With(action, choice);
        }

        if (plan.Wait > 0 || !roadmapCase.Grows) yield break;
        yield return plan with { Wait = (roadmapCase.MaxMonths + 1) / 2 };
        yield return plan with { Wait = roadmapCase.MaxMonths };
    }

    // Evenly spread, first and last included.
    private static IEnumerable<int> Thin(int[] choices) => choices.Length <= OptionsPerAction
        ? choices
        : Enumerable.Range(0, OptionsPerAction).Select(i => choices[i * (choices.Length - 1) / (OptionsPerAction - 1)]);
}

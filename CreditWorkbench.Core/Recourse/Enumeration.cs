namespace CreditWorkbench.Core.Recourse;

/// <summary>Scores every allowed plan: the plain proof, where there are few enough.</summary>
internal static class Enumeration
{
    /// <summary>Number of allowed plans; <see cref="long.MaxValue"/> where it is larger or a menu leaves values out.</summary>
    public static long Count(RoadmapCase roadmapCase)
    {
        var count = roadmapCase.Grows ? roadmapCase.MaxMonths + 1L : 1L;
        foreach (var menu in roadmapCase.Menus)
        {
            if (!menu.IsComplete || count > int.MaxValue) return long.MaxValue;
            count *= menu.Options.Length + 1;
        }

        return count;
    }

    /// <summary>The cheapest plan that reaches the target; null when there is none: then none exists.</summary>
    public static Plan? Find(RoadmapCase roadmapCase, CandidateScorer scorer, int target)
    {
        Plan? best = null;
        var plan = Plan.Idle(roadmapCase.Menus.Length);
        do
        {
            var steps = roadmapCase.MonthOf(plan);
            for (var wait = steps; wait <= (roadmapCase.Grows ? roadmapCase.MaxMonths : steps); wait++)
            {
                var candidate = plan with { Choices = (int[])plan.Choices.Clone(), Wait = wait > steps ? wait : 0 };
                if (scorer.Fresh(candidate) >= target && (best is null || roadmapCase.CostOf(candidate) < roadmapCase.CostOf(best))) best = candidate;
            }
        }
        while (Advance(roadmapCase, plan.Choices));
        return best;
    }

    // Counts through all choices like the digits of a number; false after the last.
    private static bool Advance(RoadmapCase roadmapCase, int[] choices)
    {
        for (var action = 0; action < choices.Length; action++)
        {
            if (++choices[action] < roadmapCase.Menus[action].Options.Length) return true;
            choices[action] = -1;
        }

        return false;
    }
}

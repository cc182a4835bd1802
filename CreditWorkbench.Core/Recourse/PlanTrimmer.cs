namespace CreditWorkbench.Core.Recourse;

/// <summary>Takes out of a plan what the target does not need: steps, then waiting, then the size of each change.</summary>
internal static class PlanTrimmer
{
    /// <summary>A plan that still reaches the target and of which no single step, month or size can be taken away within the budget.</summary>
    public static Plan Trim(RoadmapCase roadmapCase, CandidateScorer scorer, Plan plan, int target)
    {
        for (var before = ""; before != plan.Key;)
        {
            before = plan.Key;
            plan = DropSteps(roadmapCase, scorer, plan, target);
            plan = WaitLess(roadmapCase, scorer, plan, target);
            plan = ChangeLess(roadmapCase, scorer, plan, target);
        }

        return plan;
    }

    private static Plan DropSteps(RoadmapCase roadmapCase, CandidateScorer scorer, Plan plan, int target)
    {
        var dearestFirst = roadmapCase.InOrder(plan).OrderByDescending(action => roadmapCase.Menus[action].Action.Action.Effort)
            .ThenByDescending(action => roadmapCase.OptionOf(plan, action).Months).ThenByDescending(action => action);
        foreach (var action in dearestFirst.ToList())
        {
            var without = plan.With(action, -1);
            if (scorer.Of(without) >= target) plan = without;
        }

        return plan;
    }

    private static Plan WaitLess(RoadmapCase roadmapCase, CandidateScorer scorer, Plan plan, int target)
    {
        var steps = roadmapCase.MonthOf(plan with { Wait = 0 });
        if (plan.Wait <= steps) return plan with { Wait = 0 };
        for (var wait = steps; wait < plan.Wait; wait++)
        {
            var sooner = plan with { Wait = wait > steps ? wait : 0 };
            if (scorer.Of(sooner) >= target) return sooner;
        }

        return plan;
    }

    private static Plan ChangeLess(RoadmapCase roadmapCase, CandidateScorer scorer, Plan plan, int target)
    {
        foreach (var action in roadmapCase.InOrder(plan))
        {
            foreach (var choice in roadmapCase.Menus[action].Worthwhile)
            {
                if (choice >= plan.Choices[action]) break;
                var smaller = plan.With(action, choice);
                if (!(scorer.Of(smaller) >= target)) continue;
                plan = smaller;
                break;
            }
        }

        return plan;
    }
}

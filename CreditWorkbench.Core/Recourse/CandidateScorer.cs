namespace CreditWorkbench.Core.Recourse;

/// <summary>Scores plans through the whole line, each at most once, within the budget; remembers the best score.</summary>
internal sealed class CandidateScorer(RoadmapCase roadmapCase, ScoreCandidate score, int budget)
{
    private readonly Dictionary<string, int?> _known = [];

    /// <summary>Candidates scored so far.</summary>
    public int Scored { get; private set; }

    /// <summary>Candidates that may still be scored.</summary>
    public int Left => budget - Scored;

    /// <summary>Best issued score seen.</summary>
    public int Best { get; private set; } = int.MinValue;

    /// <summary>Issued score of a plan; null when the plan cannot be worked out or the budget is used up.</summary>
    public int? Of(Plan plan)
    {
        var key = plan.Key;
        if (_known.TryGetValue(key, out var known)) return known;
        if (Left <= 0) return null;
        return _known[key] = Fresh(plan);
    }

    /// <summary>Issued score of a plan without remembering it; counts, and does not ask the budget.</summary>
    public int? Fresh(Plan plan) => roadmapCase.After(plan) is { } record ? Fresh(record) : null;

    /// <summary>Issued score of a state.</summary>
    public int Fresh(Intake.InputRecord record)
    {
        Scored++;
        var issued = score(record).Issued;
        Best = Math.Max(Best, issued);
        return issued;
    }
}

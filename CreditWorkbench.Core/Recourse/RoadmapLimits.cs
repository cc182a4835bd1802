namespace CreditWorkbench.Core.Recourse;

/// <summary>How far a roadmap may look. There is no clock: the same case gives the same roadmap on every machine.</summary>
/// <param name="MaxMonths">Months from today in which every step must show, at least 1.</param>
/// <param name="MaxCandidates">Candidates scored before the search gives up; the check of a found roadmap comes on top.</param>
public sealed record RoadmapLimits(int MaxMonths, int MaxCandidates)
{
    /// <summary>Two years, 10,000 candidates: well under half a second for a hundred trees.</summary>
    public static RoadmapLimits Default { get; } = new(24, 10_000);
}

using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Scoring;

namespace CreditWorkbench.Core.Recourse;

/// <summary>How a search for a roadmap ended.</summary>
public enum RoadmapOutcome
{
    /// <summary>A set of steps reaches the target; every step was re-scored.</summary>
    Found,
    /// <summary>Proved: no allowed change reaches the target.</summary>
    Impossible,
    /// <summary>The budget of candidates ran out first.</summary>
    TimedOut,
}

/// <summary>How it was proved that no allowed change reaches a target.</summary>
public enum RoadmapProof
{
    /// <summary>Nothing was proved.</summary>
    None,
    /// <summary>The best leaves that each tree can still reach, with every action taken or not and every month up to the limit, give
    /// fewer points than the target.</summary>
    Bound,
    /// <summary>Every allowed combination of values and months was scored.</summary>
    Enumeration,
}

/// <summary>One step of a roadmap.</summary>
/// <param name="Action">Name of the action.</param>
/// <param name="Input">Input that moves.</param>
/// <param name="From">Value before.</param>
/// <param name="To">Value after.</param>
/// <param name="Months">Months from today until data shows it.</param>
/// <param name="Effort">Effort.</param>
/// <param name="Label">What to do.</param>
/// <param name="How">How to do it.</param>
/// <param name="ScoreAfter">Issued score once this and all earlier steps show, re-scored through the whole line, with inputs that
/// grow by time grown.</param>
/// <param name="PointsAdded">Difference to the state before this step.</param>
public sealed record RoadmapStep(
    string Action, string Input, InputValue From, InputValue To, int Months, Effort Effort, LocalizedText Label, LocalizedText How,
    int ScoreAfter, int PointsAdded);

/// <summary>The way to a target score in time.</summary>
/// <param name="Outcome">Found, proved impossible, or not found in the budget.</param>
/// <param name="Target">Issued score that was sought.</param>
/// <param name="ScoreNow">Issued score today.</param>
/// <param name="Steps">Steps in time; empty unless found (or when the score reaches the target already).</param>
/// <param name="ScoreAfter">Issued score after all steps; when nothing was found, the best score seen.</param>
/// <param name="Months">Months until the last step shows.</param>
/// <param name="WithoutAction">Issued score after the same months when only time passes.</param>
/// <param name="Verified">Whether every step was re-scored and the last one meets the target.</param>
/// <param name="CandidatesScored">How many candidates went through the whole line.</param>
public sealed record Roadmap(
    RoadmapOutcome Outcome, int Target, int ScoreNow, IReadOnlyList<RoadmapStep> Steps, int ScoreAfter, int Months, int WithoutAction,
    bool Verified, int CandidatesScored)
{
    /// <summary>Which proof stands behind <see cref="RoadmapOutcome.Impossible"/>; none for the other outcomes.</summary>
    public RoadmapProof Proof { get; init; }
}

/// <summary>Re-scores changed values through the whole line: program, predictor, calibration, scale, policy.</summary>
public delegate CandidateScore ScoreCandidate(InputRecord candidate);

/// <summary>What re-scoring a candidate gives.</summary>
/// <param name="Issued">Issued score.</param>
/// <param name="Recommendation">Recommendation with rules.</param>
public readonly record struct CandidateScore(int Issued, Recommendation Recommendation);

using CreditWorkbench.Core.Explanation;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Core.Scoring;

namespace CreditWorkbench.Core.Decisioning;

/// <summary>Scores a decided case by the sides that did not decide, and pairs the results. What fails here is counted; nobody's answer depends
/// on it.</summary>
public sealed class UnseenScoring(RolloutRecorder recorder, TimeProvider clock)
{
    /// <summary>Scores one case and counts the sides of shadows.</summary>
    /// <returns>One pair per rollout whose sides both have a result.</returns>
    public IReadOnlyList<RolloutPair> Compare(UnseenCase unseen)
    {
        var (choice, pairs) = (unseen.Choice, new List<RolloutPair>());
        var results = new Dictionary<ServingLine, DecidedCase?> { [choice.Line] = unseen.Decided };
        foreach (var contest in choice.Contests)
        {
            if (contest.Challenger is not { } challenger) continue;
            var (first, second) = (Result(choice.Champion, unseen.Decided, results), Result(challenger, unseen.Decided, results));
            Count(contest.Rollout, RolloutArm.Champion, first, seen: choice.Line == choice.Champion);
            Count(contest.Rollout, RolloutArm.Challenger, second, seen: choice.Line == challenger);
            RolloutMetrics.Compared(contest.Rollout.ScorecardId, first is null || second is null);
            if (first is not null && second is not null) pairs.Add(PairOf(contest, unseen, first, second));
        }

        return pairs;
    }

    private void Count(Rollout rollout, RolloutArm arm, DecidedCase? result, bool seen)
    {
        if (result is null) recorder.CountFailure(rollout.Id, arm);
        else if (rollout.Mode == RolloutMode.Shadow) recorder.Count(rollout.Id, arm, result);
        else if (!seen) recorder.CountRun(rollout.Id, arm);
    }

    private DecidedCase? Result(ServingLine line, DecidedCase decided, Dictionary<ServingLine, DecidedCase?> results)
    {
        if (!results.TryGetValue(line, out var result)) results[line] = result = Score(line, decided);
        return result;
    }

    /// <summary>Scores a record with its reasons, for a comparison; counts nothing.</summary>
    /// <returns>Null when the line cannot score it.</returns>
    public static PairedScore? Rescore(ServingLine line, InputRecord record, ApplicationTerms terms) => Score(line, record, terms, explained: false) is { } result ? SideOf(result.Scored, result.Decision, result.Reasons) : null;

    private DecidedCase? Score(ServingLine line, DecidedCase decided)
    {
        var started = clock.GetTimestamp();
        return Score(line, decided.Scored.Record, decided.Terms, decided.Explained) is { } result
            ? decided with { Scored = result.Scored, Decision = result.Decision, Reasons = result.Reasons, Elapsed = clock.GetElapsedTime(started) }
            : null;
    }

    private static (ScoredCase Scored, Recommendation Decision, IReadOnlyList<string> Reasons)? Score(ServingLine line, InputRecord record, ApplicationTerms terms, bool explained)
    {
        try
        {
            // The same scoring dictionary has the same inputs in the same order.
            var scored = line.Score(new InputRecord(line.Release.Definition, [.. record.Values]), terms);
            if (!double.IsFinite(scored.Score.Unrounded) || scored.Score.Pd is not (>= 0 and <= 1)) return null;
            var reasons = explained
                ? line.Explain(scored).Then<(IReadOnlyList<Reason> Reasons, PolicyOutcome Policy)>(told => (told.Explanation.Reasons, told.Policy))
                : line.Reasons(scored);
            return reasons.TryGet(out var found, out _) ? (scored, found.Policy.Recommendation, [.. found.Reasons.Select(reason => reason.Code)]) : null;
        }
        catch (Exception fault) when (Fallbacks.IsEngineFault(fault))
        {
            return null;
        }
    }

    private static RolloutPair PairOf(Contest contest, UnseenCase unseen, DecidedCase champion, DecidedCase challenger) => new()
    {
        Id = Guid.CreateVersion7(unseen.At),
        RolloutId = contest.Rollout.Id,
        At = unseen.At,
        IssuedBy = unseen.Choice.Line == contest.Challenger ? RolloutArm.Challenger : RolloutArm.Champion,
        SubjectId = unseen.Decided.SubjectId,
        ApplicationId = unseen.Decided.ApplicationId,
        ApplicantId = unseen.Decided.ApplicantId,
        Champion = SideOf(champion.Scored, champion.Decision, champion.Reasons),
        Challenger = SideOf(challenger.Scored, challenger.Decision, challenger.Reasons),
    };

    private static PairedScore SideOf(ScoredCase scored, Recommendation decision, IReadOnlyList<string> reasons) =>
        new(scored.Score.Issued, scored.Score.Grade, scored.Score.Pd, decision, scored.ExpectedLoss, reasons);
}

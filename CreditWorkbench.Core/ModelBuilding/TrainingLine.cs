using CreditWorkbench.Core.Datasets;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Leakage;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>The training line: labelled rows to a judged model.</summary>
/// <remarks>Train part: transforms, folds, trees. Calibration part: calibrators, threshold, worth of single columns. Test part:
/// judged once, at the end.</remarks>
/// <param name="clock">Measures how long steps take; nothing else depends on it.</param>
public sealed class TrainingLine(TimeProvider clock)
{
    /// <summary>Builds a model.</summary>
    /// <param name="request">Rows, dictionary and settings.</param>
    /// <param name="progress">Told of every step; null for nobody.</param>
    /// <param name="cancellation">Stops within a second or two.</param>
    /// <returns>The result, also where registration is refused; or all problems that stand in the way of training.</returns>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Outcome<TrainingResult> Run(TrainingRequest request, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        var start = clock.GetTimestamp();
        var run = new TrainingRun(request, progress, clock, cancellation);
        if (!run.Prepare().TryGet(out var candidates, out var problems)) return Outcome<TrainingResult>.Refused(problems);

        var quality = run.Profile();
        var leakage = run.LookForLeaks();
        if (request.Settings.Strict && Blocking(leakage) is { Count: > 0 } leaks) return leaks;

        if (!run.Split().TryGet(out var split, out problems)) return Outcome<TrainingResult>.Refused(problems);
        quality = run.LookForDrift(quality, split);
        if (!run.Fold(split).TryGet(out var folds, out problems)) return Outcome<TrainingResult>.Refused(problems);
        if (!run.Tune(candidates, folds).TryGet(out var tuned, out problems)) return Outcome<TrainingResult>.Refused(problems);
        (candidates, var tuning) = tuned;
        var board = run.CrossValidate(candidates, folds);
        leakage = [.. leakage, .. run.LookForForeignScores(board[0])];
        var winner = request.Settings.Choose == "best" || request.Parent is not null ? board.FirstOrDefault(candidate => candidate.ReasonsAreExact) ?? board[0] : board.First(candidate => candidate.Family == request.Settings.Choose);
        if (!run.CrossValidateWinner(candidates.First(candidate => candidate.Family == winner.Family), split).TryGet(out var overall, out problems)) return Outcome<TrainingResult>.Refused(problems);
        var build = run.Builder(split);
        if (!build.Build(candidates.First(candidate => candidate.Family == winner.Family), winner).TryGet(out var chosen, out problems)) return Outcome<TrainingResult>.Refused(problems);
        var (judged, notJudged) = build.Others(board, candidates, chosen);
        progress?.Report(new TrainingProgress(TrainingPhase.Done, 1, 1));
        var rows = build.Rows(judged);
        var findings = leakage.Concat(chosen.Leakage).ToList();
        return new TrainingResult
        {
            Request = request,
            Definition = chosen.Model.Scoring.Program.Definition,
            Quality = quality,
            Leakage = findings,
            DataLeakage = leakage,
            Split = split,
            Candidates = board,
            Tuning = tuning,
            Winner = winner,
            Overall = overall.Auc,
            Records = [.. judged.Select(one => one.Record(leakage, one == chosen ? overall.Auc : null))],
            NotJudged = notJudged,
            Rows = rows,
            Costs = PartStep.CostsOf(request.Definition, rows.Test.Exposure is not null),
            Model = chosen.Model,
            Threshold = chosen.Threshold,
            Test = chosen.Judgement.Test,
            OutOfTime = chosen.Judgement.OutOfTime,
            Refit = run.CompareWithParent(chosen.Refit, split),
            Fairness = chosen.Judgement.Fairness,
            WithoutSource = chosen.Judgement.WithoutSource,
            Importance = chosen.Judgement.Importance,
            Refusals = [.. chosen.Refusals, .. Blocking(findings)],
            Notes = winner.ReasonsAreExact ? [] : [TrainingProblems.SampledReasons(winner.Family)],
            Judged = judged,
            Candidate = chosen.Refit.Candidate,
            TrainingRows = chosen.Refit.Fitted.Rows,
            HeldOut = chosen.Judgement.HeldOut,
            HeldOutScores = chosen.Judgement.HeldOutScores,
            Seconds = clock.GetElapsedTime(start).TotalSeconds,
        };
    }

    private static List<Problem> Blocking(IReadOnlyList<LeakageFinding> findings) => [.. findings.Where(finding => finding.Blocks).Select(TrainingProblems.Leak)];
}

using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>The training line: labelled rows to a judged model.</summary>
/// <remarks>Train part: transforms, folds, trees. Calibration part: calibrators, threshold, worth of single columns. Test part:
/// judged once, at the end.</remarks>
/// <param name="clock">Measures how long steps take; nothing else depends on it.</param>
public sealed class TrainingLine(TimeProvider clock)
{
    /// <summary>Builds a model: explores candidates, then builds the one that the settings choose.</summary>
    /// <param name="request">Rows, dictionary and settings.</param>
    /// <param name="progress">Told of every step; null for nobody.</param>
    /// <param name="cancellation">Stops within a second or two.</param>
    /// <returns>The result, also where registration is refused; or all problems that stand in the way of training.</returns>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Outcome<TrainingResult> Run(TrainingRequest request, IProgress<TrainingProgress>? progress, CancellationToken cancellation) =>
        Explore(request, progress, cancellation).Then(explored =>
        {
            var result = explored.Build(explored.Choice);
            if (result.Succeeded) progress?.Report(new TrainingProgress(TrainingPhase.Done, 1, 1));
            return result;
        });

    /// <summary>Looks at the rows, deals them, tunes and compares candidates: everything that is done once for all of them.</summary>
    /// <param name="request">Rows, dictionary and settings.</param>
    /// <param name="progress">Told of every step; null for nobody.</param>
    /// <param name="cancellation">Stops within a second or two, here and in what is built afterwards.</param>
    /// <returns>The candidates, ready to be built; or all problems that stand in the way of training.</returns>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Outcome<ExploredCandidates> Explore(TrainingRequest request, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        var start = clock.GetTimestamp();
        var run = new TrainingRun(request, progress, clock, cancellation);
        if (!run.Prepare().TryGet(out var candidates, out var problems)) return Outcome<ExploredCandidates>.Refused(problems);

        var quality = run.Profile();
        var leakage = run.LookForLeaks();
        if (request.Settings.Strict && ExploredCandidates.Blocking(leakage) is { Count: > 0 } leaks) return leaks;

        if (!run.Split().TryGet(out var split, out problems)) return Outcome<ExploredCandidates>.Refused(problems);
        if (!run.Fold(split).TryGet(out var folds, out problems)) return Outcome<ExploredCandidates>.Refused(problems);
        if (!run.Tune(candidates, folds).TryGet(out var tuned, out problems)) return Outcome<ExploredCandidates>.Refused(problems);
        (candidates, var tuning) = tuned;
        return new ExploredCandidates(request, run, clock, start, candidates)
        {
            Quality = quality,
            Leakage = leakage,
            Split = split,
            Tuning = tuning,
            Board = run.CrossValidate(candidates, folds),
        };
    }
}

using CreditWorkbench.Core.Datasets;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Leakage;
using CreditWorkbench.Core.Quality;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>Candidates that were compared on the training part of the same rows; each can be built and judged on the same test rows.</summary>
public sealed class ExploredCandidates
{
    private readonly TrainingRun _run;
    private readonly TimeProvider _clock;
    private readonly long _start;
    private readonly IReadOnlyList<Candidate> _candidates;

    internal ExploredCandidates(TrainingRequest request, TrainingRun run, TimeProvider clock, long start, IReadOnlyList<Candidate> candidates) =>
        (Request, _run, _clock, _start, _candidates) = (request, run, clock, start, candidates);

    /// <summary>What was asked for.</summary>
    public TrainingRequest Request { get; }

    /// <summary>Profile of the data; null where only vectors were kept.</summary>
    public required QualityReport? Quality { get; init; }

    /// <summary>Leakage findings on the data.</summary>
    public required IReadOnlyList<LeakageFinding> Leakage { get; init; }

    /// <summary>Rows of each part.</summary>
    public required DataSplit Split { get; init; }

    /// <summary>What tuning tried; null without a budget.</summary>
    public required TuningReport? Tuning { get; init; }

    /// <summary>Leader board, best first.</summary>
    public required IReadOnlyList<CandidateResult> Board { get; init; }

    /// <summary>Families that can be built, in the order of the settings.</summary>
    public IReadOnlyList<string> Families => [.. _candidates.Select(candidate => candidate.Family)];

    /// <summary>The family that the settings choose: the best one whose reasons are exact, or the one they name.</summary>
    public string Choice => Request.Settings.Choose == "best" || Request.Parent is not null
        ? (Board.FirstOrDefault(candidate => candidate.ReasonsAreExact) ?? Board[0]).Family
        : Request.Settings.Choose;

    /// <summary>Trains a candidate on the whole training part, calibrates it and judges it on the test part.</summary>
    /// <param name="family">One of <see cref="Families"/>.</param>
    /// <returns>The result, also where registration is refused; or all problems that stand in the way of it.</returns>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Outcome<TrainingResult> Build(string family)
    {
        var (candidate, compared) = (_candidates.First(one => one.Family == family), Board.First(one => one.Family == family));
        if (!_run.CrossValidateWinner(candidate, Split).TryGet(out var overall, out var problems)) return Outcome<TrainingResult>.Refused(problems);
        var refit = _run.Refit(candidate, Split, compared.OutOfFold);
        if (_run.CheckDirections(refit) is { Count: > 0 } broken) return broken;
        if (!_run.Calibrate(refit).TryGet(out var fitted, out problems)) return Outcome<TrainingResult>.Refused(problems);
        var (model, threshold, refusals) = _run.Decide(refit, fitted);

        IReadOnlyList<LeakageFinding> leakage = [.. Leakage, .. _run.LookForLeaksIn(refit, Split)];
        if (Request.Settings.Strict && Blocking(leakage) is { Count: > 0 } late) return late;
        var judgement = _run.Judge(refit, model, threshold, Split);
        return new TrainingResult
        {
            Request = Request,
            Definition = model.Scoring.Program.Definition,
            Quality = Quality,
            Leakage = leakage,
            Split = Split,
            Candidates = Board,
            Tuning = Tuning,
            Winner = compared,
            Overall = overall.Auc,
            Model = model,
            Threshold = threshold,
            Test = judgement.Test,
            OutOfTime = judgement.OutOfTime,
            Refit = _run.CompareWithParent(refit, Split),
            Fairness = judgement.Fairness,
            WithoutSource = judgement.WithoutSource,
            Importance = judgement.Importance,
            Refusals = [.. refusals, .. Blocking(leakage)],
            Notes = compared.ReasonsAreExact ? [] : [TrainingProblems.SampledReasons(family)],
            Candidate = refit.Candidate,
            TrainingRows = refit.Fitted.Rows,
            HeldOut = judgement.HeldOut,
            HeldOutScores = judgement.HeldOutScores,
            Seconds = _clock.GetElapsedTime(_start).TotalSeconds,
        };
    }

    /// <summary>What stands in the way of registration among findings.</summary>
    internal static List<Problem> Blocking(IReadOnlyList<LeakageFinding> findings) => [.. findings.Where(finding => finding.Blocks).Select(TrainingProblems.Leak)];
}

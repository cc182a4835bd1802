using CreditWorkbench.Core.Jobs;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>Carries the progress of a run to its job, and keeps tuning's trials in the job's checkpoint.</summary>
internal sealed class LabProgress(IProgress<JobProgress> job, LabCheckpoint start, int families, bool tunes) : IProgress<TrainingProgress>, ITuningRecord
{
    private const int ShownConfigurations = 12;
    private const double Packing = 0.7;
    private readonly Lock _gate = new();
    private LabCheckpoint _at = start;
    private double _share;
    private int _packed;

    public Outcome<IReadOnlyList<TuningTrial>> Open(string run)
    {
        lock (_gate)
        {
            // Trials of other rows or settings are of no use: whoever changed the data starts over.
            if (_at.Tuning != run) _at = _at with { Tuning = run, Trials = [] };
            return Outcome<IReadOnlyList<TuningTrial>>.Success(_at.Trials);
        }
    }

    public void Add(TuningTrial trial)
    {
        lock (_gate) _at = _at with { Trials = [.. _at.Trials, trial] };
    }

    /// <summary>A candidate is packed from now on.</summary>
    public void Pack(string family, int packed)
    {
        lock (_gate) (_at, _packed) = (_at with { Family = family }, packed);
        Report(new TrainingProgress(TrainingPhase.Confidence, 0, 1));
    }

    public void Report(TrainingProgress value)
    {
        lock (_gate)
        {
            // A share never falls: cross-validation is visited twice, and evaluation once per candidate.
            _share = Math.Max(_share, Share(value));
            _at = _at with
            {
                Phase = value.Phase,
                Done = value.Done,
                Total = value.Total,
                Best = value.Board is { } board ? [.. board.Take(ShownConfigurations)] : _at.Best,
                Compared = value.Compared is { } compared ? [.. compared.Select(LabBoardLine.Of)] : _at.Compared,
            };
            job.Report(new JobProgress(_at.Family is { } family ? $"{value.Phase}: {family}" : value.Phase.ToString(), _share, _at.Write()));
        }
    }

    // Parts of the whole by what they usually take; within a part by steps.
    private double Share(TrainingProgress value)
    {
        var tuned = tunes ? 0.4 : 0.02;
        var step = Math.Min(1, (double)value.Done / Math.Max(1, value.Total));
        return value.Phase switch
        {
            TrainingPhase.Tuning => 0.02 + (tuned - 0.02) * step,
            TrainingPhase.CrossValidation => tuned + (0.55 - tuned) * step,
            TrainingPhase.Fitting => 0.6,
            TrainingPhase.Evaluation => 0.65,
            TrainingPhase.Confidence => Packing + (1 - Packing) * (_packed + step) / families,
            _ => 0.01,
        };
    }
}

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>Where a training run stands.</summary>
public enum TrainingPhase
{
    /// <summary>Profiling columns.</summary>
    Quality,
    /// <summary>Looking for leaks.</summary>
    Leakage,
    /// <summary>Trying hyper-parameters: a thousandth of the budget per step.</summary>
    Tuning,
    /// <summary>Cross-validating candidates: one step per candidate and fold.</summary>
    CrossValidation,
    /// <summary>Training the chosen candidate.</summary>
    Fitting,
    /// <summary>Measuring on untouched rows.</summary>
    Evaluation,
    /// <summary>Refitting for model uncertainty: one step per refit.</summary>
    Confidence,
    /// <summary>Everything is there.</summary>
    Done,
}

/// <summary>Progress of a training run.</summary>
/// <param name="Phase">What is being done.</param>
/// <param name="Done">Steps done in the phase.</param>
/// <param name="Total">Steps of the phase, at least 1.</param>
public readonly record struct TrainingProgress(TrainingPhase Phase, int Done, int Total)
{
    /// <summary>Leader board while tuning, best first; null in other phases.</summary>
    public IReadOnlyList<TuningEntry>? Board { get; init; }

    /// <summary>Candidates that are compared so far, best first; null in other phases and between candidates.</summary>
    public IReadOnlyList<CandidateResult>? Compared { get; init; }
}

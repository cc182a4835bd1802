using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>Where a tuning run writes down its trials, so that a killed one goes on where it stopped.</summary>
public interface ITuningRecord
{
    /// <summary>Opens the record of a run.</summary>
    /// <param name="run">What the run depends on: data, dictionary, folds, seed, fixed settings.</param>
    /// <returns>Trials of the same run so far; refused where the record belongs to another run.</returns>
    Outcome<IReadOnlyList<TuningTrial>> Open(string run);

    /// <summary>Adds a trial durably.</summary>
    void Add(TuningTrial trial);
}

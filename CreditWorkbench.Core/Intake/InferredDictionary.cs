using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Intake;

/// <summary>A dictionary made from a file.</summary>
/// <param name="Definition">Complete and ready to train and serve.</param>
/// <param name="Warnings">Columns that were left out or read in a way that the user should know of.</param>
/// <param name="TimeFormat">How the time column is written; null without one.</param>
public sealed record InferredDictionary(ScorecardDefinition Definition, IReadOnlyList<Problem> Warnings, DateFormat? TimeFormat)
{
    /// <summary>Column that says how much a row counts; null without one.</summary>
    public string? Weight { get; init; }
}

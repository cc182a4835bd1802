using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Decisioning;

/// <summary>A row of a file, before it is scored.</summary>
/// <param name="Id">Value of the id column; null without one.</param>
/// <param name="Number">One-based data row.</param>
/// <param name="Record">Accepted values, or why there are none.</param>
internal sealed record SheetRow(string? Id, long Number, Outcome<InputRecord> Record);

using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Scorecards;

/// <summary>What came of reading a dictionary.</summary>
/// <param name="Definition">The definition; null when there are problems.</param>
/// <param name="Problems">All faults, by line.</param>
/// <param name="Warnings">What is allowed but worth a look, by line.</param>
public sealed record ScorecardReading(ScorecardDefinition? Definition, IReadOnlyList<Problem> Problems, IReadOnlyList<Problem> Warnings);

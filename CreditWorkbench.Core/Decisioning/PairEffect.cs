using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Decisioning;

/// <summary>What two features do together beyond what each does by itself.</summary>
/// <param name="One">Label of the first feature.</param>
/// <param name="Other">Label of the second feature.</param>
/// <param name="Points">Points; positive raises the score.</param>
public sealed record PairEffect(LocalizedText One, LocalizedText Other, double Points);

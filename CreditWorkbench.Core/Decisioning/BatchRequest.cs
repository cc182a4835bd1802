namespace CreditWorkbench.Core.Decisioning;

/// <summary>What is asked of a batch.</summary>
/// <param name="ScorecardId">Scorecard.</param>
/// <param name="Explanation">How much explanation each row gets.</param>
/// <param name="IdColumn">Column to carry over; null for none.</param>
/// <param name="LegalBasis">Codes of <see cref="LegalBases"/>; null for the caller's own.</param>
/// <param name="UsualBasis">The caller's own, separated by commas; null without.</param>
public sealed record BatchRequest(string ScorecardId, SheetExplanation Explanation, string? IdColumn, IReadOnlyList<string>? LegalBasis, string? UsualBasis);

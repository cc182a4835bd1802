namespace CreditWorkbench.Core.Evaluation;

/// <summary>The rows behind a run's figures.</summary>
/// <param name="Test">The test part.</param>
/// <param name="OutOfTime">The out-of-time part; null without one, or where it has one outcome only.</param>
public sealed record EvidenceRows(JudgedRows Test, JudgedRows? OutOfTime);

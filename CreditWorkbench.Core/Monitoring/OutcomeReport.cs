namespace CreditWorkbench.Core.Monitoring;

/// <summary>What became of a score, as somebody reports it.</summary>
/// <param name="ApplicationId">The application; null when another member names the score.</param>
/// <param name="PredictionId">The stateless prediction; null when another member names the score.</param>
/// <param name="Reference">Number of the application, or the reference that the caller gave its prediction; null when another member names the score.</param>
/// <param name="Bad">Whether it turned out bad, as the scorecard's target defines it.</param>
/// <param name="ObservedAt">When that was seen.</param>
public sealed record OutcomeReport(Guid? ApplicationId, Guid? PredictionId, string? Reference, bool Bad, DateTimeOffset ObservedAt);

/// <summary>What a report of outcomes came to.</summary>
/// <param name="Recorded">Scores whose first outcome this is.</param>
/// <param name="Corrected">Scores whose earlier outcome it corrects.</param>
/// <param name="Unchanged">Scores whose outcome stood so already; nothing was written for them.</param>
public sealed record OutcomeReceipt(int Recorded, int Corrected, int Unchanged);

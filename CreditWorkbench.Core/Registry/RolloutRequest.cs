namespace CreditWorkbench.Core.Registry;

/// <summary>What somebody wants to start.</summary>
/// <param name="Challenger">NAME@V, in staging, of the champion's scorecard and scoring dictionary.</param>
/// <param name="Mode">Shadow or canary.</param>
/// <param name="Share">Percent that the challenger decides on, in [1, 100]; 0 in shadow.</param>
/// <param name="Guardrails">Limits.</param>
/// <param name="Note">Why.</param>
public sealed record RolloutRequest(string Challenger, RolloutMode Mode, int Share, RolloutGuardrails Guardrails, string Note);

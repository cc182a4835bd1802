using CreditWorkbench.Core.Recourse;

namespace CreditWorkbench.Core.Decisioning;

/// <summary>The answer to a stateless call; its record is kept already.</summary>
/// <param name="Record">The record.</param>
/// <param name="Case">Score and policy, and what is the same for every call on these values.</param>
/// <param name="Explained">Explanation or reasons, and the policy outcome that goes with them.</param>
/// <param name="Request">What was asked.</param>
/// <param name="Roadmap">A way to the target; null unless one was asked for.</param>
public sealed record PredictionAnswer(Prediction Record, KeptCase Case, ExplainedCase Explained, PredictionRequest Request, Roadmap? Roadmap);

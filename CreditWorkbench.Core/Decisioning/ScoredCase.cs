using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Scoring;

namespace CreditWorkbench.Core.Decisioning;

/// <summary>A record on its way through the serving line, after scoring and policy.</summary>
/// <param name="Record">Accepted values.</param>
/// <param name="Values">Every input and feature by name, and the model's vector.</param>
/// <param name="Score">The score.</param>
/// <param name="Policy">What policy says.</param>
/// <param name="Confidence">How sure the model is.</param>
/// <param name="ExpectedLoss">PD x LGD x EAD in major units; null without costs or exposure.</param>
public sealed record ScoredCase(InputRecord Record, FeatureValues Values, Score Score, PolicyOutcome Policy, Confidence Confidence, double? ExpectedLoss);

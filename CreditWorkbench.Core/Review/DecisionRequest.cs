using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Review;

/// <summary>What an officer enters.</summary>
/// <param name="Verdict">What to do.</param>
/// <param name="Justification">Why, in words.</param>
/// <param name="Amount">Amount; needed for approval and counter-offer.</param>
/// <param name="InterestRate">Yearly rate as a share; needed for approval and counter-offer.</param>
/// <param name="TermMonths">Term; needed for approval and counter-offer.</param>
/// <param name="OverrideReason">Code of the reason; needed for an override.</param>
public sealed record DecisionRequest(
    Verdict Verdict, string Justification, Money? Amount = null, double? InterestRate = null, int? TermMonths = null, string? OverrideReason = null);

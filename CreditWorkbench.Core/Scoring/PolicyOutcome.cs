using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Scoring;

/// <summary>One rule, evaluated.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Fired">True, false, or null when the condition is missing (which does not fire).</param>
public sealed record RuleResult(PolicyRule Rule, bool? Fired);

/// <summary>What policy says to a score.</summary>
/// <param name="Recommendation">Approve, refer or decline.</param>
/// <param name="DecidedByRule">The first firing rule with the deciding verdict; null when the cut-offs decided.</param>
/// <param name="Rules">All rules in order.</param>
/// <param name="ApproveFrom">Cut-off for approval, in points.</param>
/// <param name="DeclineBelow">Cut-off for decline, in points.</param>
/// <param name="CapAmount">Smallest amount limit of firing cap rules, major units; null without.</param>
/// <param name="Notes">Stable codes of facts that changed the recommendation (<c>riskCategory.differs</c>, <c>reasons.empty</c>).</param>
public sealed record PolicyOutcome(
    Recommendation Recommendation, RuleResult? DecidedByRule, IReadOnlyList<RuleResult> Rules, int ApproveFrom, int DeclineBelow,
    double? CapAmount, IReadOnlyList<string> Notes);

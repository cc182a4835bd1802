using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Scoring;

/// <summary>Value of a policy expression for the case at hand: 1 true, 0 false, a number, NaN for missing.</summary>
public delegate double PolicyExpressionValue(Expression expression);

/// <summary>Asks policy about a score: hard rules in order, then the cut-offs. Pure.</summary>
public static class PolicyEvaluator
{
    /// <summary>Note: the most likely class is another one than the band of the score.</summary>
    public const string CategoryDiffers = "riskCategory.differs";

    /// <summary>Note: a decline by score found no reason that could be told.</summary>
    public const string ReasonsEmpty = "reasons.empty";

    /// <summary>Note: a cap fired and its amount is missing.</summary>
    public const string CapMissing = "cap.missing";

    /// <summary>Evaluates every rule and recommends. A firing rule can only make the cut-offs' answer stricter: decline before refer
    /// before approve. The first firing rule with the verdict that is recommended is the one that decided, also where the cut-offs
    /// alone would have said the same.</summary>
    /// <param name="definition">Dictionary with the policy, classes and grades.</param>
    /// <param name="value">Value of a rule's condition or cap for this case; a missing condition does not fire.</param>
    /// <param name="score">The score.</param>
    /// <param name="grade">Its grade.</param>
    public static PolicyOutcome Evaluate(ScorecardDefinition definition, PolicyExpressionValue value, Score score, GradeDefinition grade)
    {
        var policy = definition.Policy;
        var rules = policy.Rules.Select(rule => new RuleResult(rule, Truth(value(rule.When)))).ToList();
        var notes = new List<string>();
        var byScore = score.Issued >= policy.ApproveFrom ? Recommendation.Approve
            : score.Issued < policy.DeclineBelow ? Recommendation.Decline : Recommendation.Refer;
        if (Differs(definition, score.RiskCategory, grade))
        {
            notes.Add(CategoryDiffers);
            byScore = Recommendation.Refer;
        }

        var cap = Cap(rules, value, notes);
        if (notes.Contains(CapMissing) && byScore == Recommendation.Approve) byScore = Recommendation.Refer;
        var declined = rules.Find(rule => rule.Fired == true && rule.Rule.Verdict == RuleVerdict.Decline);
        var referred = rules.Find(rule => rule.Fired == true && rule.Rule.Verdict == RuleVerdict.Refer);
        var (recommendation, decidedBy) = declined is not null ? (Recommendation.Decline, declined)
            : byScore == Recommendation.Decline ? (Recommendation.Decline, null)
            : referred is not null ? (Recommendation.Refer, referred)
            : (byScore, null);
        return new PolicyOutcome(recommendation, decidedBy, rules, policy.ApproveFrom, policy.DeclineBelow, cap, notes);
    }

    /// <summary>A decline by score for which no reason could be told becomes a referral; everything else stays.</summary>
    public static PolicyOutcome WithReasons(PolicyOutcome outcome, int reasons) =>
        reasons > 0 || outcome.Recommendation != Recommendation.Decline || outcome.DecidedByRule is not null
            ? outcome
            : outcome with { Recommendation = Recommendation.Refer, Notes = [.. outcome.Notes, ReasonsEmpty] };

    private static bool? Truth(double value) => double.IsNaN(value) ? null : value != 0;

    private static bool Differs(ScorecardDefinition definition, int? category, GradeDefinition grade) =>
        category is { } index && grade.Band is { } band && definition.Target.Classes[index].Name != band;

    private static double? Cap(List<RuleResult> rules, PolicyExpressionValue value, List<string> notes)
    {
        double? smallest = null;
        foreach (var rule in rules.Where(rule => rule.Fired == true && rule.Rule.Verdict == RuleVerdict.Cap))
        {
            var limit = rule.Rule.CapTo is { } expression ? value(expression) : double.NaN;
            if (double.IsNaN(limit)) notes.Add(CapMissing);
            else smallest = Math.Min(smallest ?? limit, limit);
        }

        return smallest;
    }
}

using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Scoring;

namespace CreditWorkbench.Core.Review;

/// <summary>What an officer's authority says to a decision.</summary>
/// <param name="Role">Credit role that the officer acts in; null without any.</param>
/// <param name="Override">How the verdict differs from the recommendation.</param>
/// <param name="NeedsSecond">Whether another person must approve.</param>
/// <param name="Reasons">Why a second person is needed: <c>amount</c>, <c>override</c>, <c>secondPair</c>.</param>
public sealed record AuthorityVerdict(string? Role, OverrideKind Override, bool NeedsSecond, IReadOnlyList<string> Reasons);

/// <summary>Limits of authority as the policy of a scorecard draws them.</summary>
public static class AuthorityCheck
{
    /// <summary>How a verdict differs from the recommendation. Approval below the cut-off or against a declining rule is low side;
    /// decline at or above the cut-off without such a rule is high side.</summary>
    public static OverrideKind OverrideOf(Verdict verdict, IssuedScore score)
    {
        var below = score.Score.Issued < score.Policy.ApproveFrom;
        var ruledOut = score.Policy.DecidedByRule is not null && score.Policy.Recommendation == Recommendation.Decline;
        return verdict switch
        {
            Verdict.Approve or Verdict.CounterOffer when below || ruledOut => OverrideKind.LowSide,
            Verdict.Decline when !below && !ruledOut => OverrideKind.HighSide,
            _ => OverrideKind.None,
        };
    }

    /// <summary>Weighs a verdict against the officer's own authority.</summary>
    /// <param name="policy">Policy with its authorities.</param>
    /// <param name="officer">Who decides.</param>
    /// <param name="verdict">What is decided.</param>
    /// <param name="amount">Amount granted, major units; 0 for a decline or referral.</param>
    /// <param name="score">Score that the case rests on.</param>
    public static AuthorityVerdict Weigh(PolicyDefinition policy, Actor officer, Verdict verdict, decimal amount, IssuedScore score)
    {
        var kind = OverrideOf(verdict, score);
        if (HighestOf(policy, officer) is not { } own) return new AuthorityVerdict(null, kind, true, ["amount"]);
        var reasons = new List<string>();
        if (amount > own.UpTo) reasons.Add("amount");
        if (!Allows(own.Override, kind)) reasons.Add("override");
        else if (kind != OverrideKind.None && own.SecondPair) reasons.Add("secondPair");
        return new AuthorityVerdict(own.Role, kind, reasons.Count > 0, reasons);
    }

    /// <summary>Why somebody cannot be the second approver of a decision; null when he or she can.</summary>
    public static Problem? CannotSecond(PolicyDefinition policy, Actor second, CaseDecision decision)
    {
        if (second.Id == decision.DecidedBy) return new Problem("case.second.same", "You recommended this case, so another person must approve it.");
        if (HighestOf(policy, second) is not { } own) return new Problem("case.authority.none", "You have no credit authority under this scorecard's policy.") { Remedy = "An admin can grant a credit permission." };
        if ((decision.Amount?.Major ?? 0) > own.UpTo)
            return new Problem("case.authority.amount", $"The amount is above your authority of {own.UpTo:0}.") { Field = "amount", Remedy = "It goes to a higher authority." };
        return Allows(own.Override, decision.Override)
            ? null
            : new Problem("case.authority.override", "Your authority does not cover this override.") { Field = "overrideReason", Remedy = "It goes to a higher authority." };
    }

    /// <summary>The largest authority among the credit permissions that an actor holds; null without any.</summary>
    public static AuthorityDefinition? HighestOf(PolicyDefinition policy, Actor actor) => policy.Authority
        .Where(authority => PermissionOf(authority.Role) is { } permission && actor.May(permission))
        .MaxBy(authority => authority.UpTo);

    private static Permission? PermissionOf(string role) => role switch
    {
        "LoanOfficer" => Permission.Decide,
        "SeniorOfficer" => Permission.DecideAsSeniorOfficer,
        "CreditCommittee" => Permission.DecideAsCreditCommittee,
        _ => null,
    };

    private static bool Allows(OverrideRight right, OverrideKind kind) => kind switch
    {
        OverrideKind.None => true,
        OverrideKind.LowSide => right is OverrideRight.LowSide or OverrideRight.Both,
        _ => right is OverrideRight.HighSide or OverrideRight.Both,
    };
}

using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Scoring;

/// <summary>Which way a person's decision departs from the recommendation.</summary>
public enum OverrideKind
{
    /// <summary>It follows score and rules.</summary>
    None,
    /// <summary>Granted below the approval cut-off or against a rule.</summary>
    LowSide,
    /// <summary>Refused at or above the approval cut-off.</summary>
    HighSide,
}

/// <summary>An authority that covers a decision.</summary>
/// <param name="Authority">The authority used: the smallest of the actor's that is enough.</param>
/// <param name="NeedsSecondPair">Whether another person must agree before the decision stands.</param>
public sealed record AuthorityGrant(AuthorityDefinition Authority, bool NeedsSecondPair);

/// <summary>Limits of authority: amount, kind of override, second pair of eyes. Pure.</summary>
public static class AuthorityCheck
{
    /// <summary>How a decision departs from what score and rules say. Granting below the approval cut-off, or against a declining
    /// rule, is low side, in the referral zone too; refusing at or above the cut-off without such a rule is high side.</summary>
    /// <param name="issued">Issued score.</param>
    /// <param name="approveFrom">Cut-off for approval.</param>
    /// <param name="ruledOut">Whether a rule declined.</param>
    /// <param name="grants">Whether credit is granted (approve, counter-offer).</param>
    /// <param name="declines">Whether credit is refused.</param>
    public static OverrideKind KindOf(int issued, int approveFrom, bool ruledOut, bool grants, bool declines)
    {
        var clear = issued >= approveFrom && !ruledOut;
        if (grants && !clear) return OverrideKind.LowSide;
        return declines && clear ? OverrideKind.HighSide : OverrideKind.None;
    }

    /// <summary>Whether an actor may take a decision alone, with a second person, or not at all.</summary>
    /// <param name="policy">Policy with its table of authority.</param>
    /// <param name="actor">Who decides.</param>
    /// <param name="amount">Amount decided on, in major units; 0 where no amount is at stake.</param>
    /// <param name="kind">Departure from the recommendation.</param>
    /// <returns>The grant, or <c>authority.none</c>, <c>authority.amount</c>, <c>authority.override</c>.</returns>
    public static Outcome<AuthorityGrant> Check(PolicyDefinition policy, Actor actor, decimal amount, OverrideKind kind)
    {
        var held = policy.Authority.Where(authority => PermissionOf(authority.Role) is { } permission && actor.May(permission)).ToList();
        if (held.Count == 0) return new Problem("authority.none", "This person has no authority to decide here.") { Remedy = "Hand the case to a credit officer." };
        var enough = held.Where(authority => amount <= authority.UpTo).ToList();
        if (enough.Count == 0)
            return new Problem("authority.amount", string.Create(System.Globalization.CultureInfo.InvariantCulture, $"The amount {amount} is above this person's limit of {held.Max(authority => authority.UpTo)}."))
            {
                Field = "amount",
                Remedy = "Hand the case to a higher authority or lower the amount.",
            };
        var covering = enough.Where(authority => Covers(authority.Override, kind)).OrderBy(authority => kind != OverrideKind.None && authority.SecondPair).ThenBy(authority => authority.UpTo).FirstOrDefault();
        return covering is null
            ? new Problem("authority.override", kind == OverrideKind.LowSide
                ? "This person may not grant credit below the cut-off or against a rule."
                : "This person may not refuse credit above the cut-off.")
            { Remedy = "Hand the case to a higher authority or follow the recommendation." }
            : new AuthorityGrant(covering, kind != OverrideKind.None && covering.SecondPair);
    }

    /// <summary>The permission that a role of the dictionary stands for; null for an unknown role.</summary>
    public static Permission? PermissionOf(string role) => role switch
    {
        "LoanOfficer" => Permission.Decide,
        "SeniorOfficer" => Permission.DecideAsSeniorOfficer,
        "CreditCommittee" => Permission.DecideAsCreditCommittee,
        _ => null,
    };

    private static bool Covers(OverrideRight right, OverrideKind kind) => kind switch
    {
        OverrideKind.LowSide => right is OverrideRight.LowSide or OverrideRight.Both,
        OverrideKind.HighSide => right is OverrideRight.HighSide or OverrideRight.Both,
        _ => true,
    };
}

using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Scoring;

namespace CreditWorkbench.Core.Review;

/// <summary>What an officer's authority says to a decision: pages show it while the form is filled.</summary>
/// <param name="Role">Credit role that the officer acts in; null where none is enough.</param>
/// <param name="Override">How the verdict departs from score and rules.</param>
/// <param name="NeedsSecond">Whether another person must approve.</param>
/// <param name="Because">Why a second person is needed: <c>authority.amount</c>, <c>authority.override</c>, <c>authority.secondPair</c>,
/// <c>authority.none</c>; null without.</param>
public sealed record AuthorityVerdict(string? Role, OverrideKind Override, bool NeedsSecond, string? Because)
{
    /// <summary>Weighs a verdict against the officer's own authority. Where it does not reach, the decision is a recommendation that
    /// another person with enough authority must approve.</summary>
    /// <param name="policy">Policy with its authorities.</param>
    /// <param name="officer">Who decides.</param>
    /// <param name="verdict">What is decided.</param>
    /// <param name="amount">Amount granted, major units; 0 for a decline or referral.</param>
    /// <param name="score">Score that the case rests on.</param>
    public static AuthorityVerdict Of(PolicyDefinition policy, Actor officer, Verdict verdict, decimal amount, IssuedScore score)
    {
        var kind = OverrideOf(verdict, score);
        if (!AuthorityCheck.Check(policy, officer, amount, kind).TryGet(out var grant, out var problems))
            return new AuthorityVerdict(null, kind, true, problems[0].Code);
        return new AuthorityVerdict(grant.Authority.Role, kind, grant.NeedsSecondPair, grant.NeedsSecondPair ? "authority.secondPair" : null);
    }

    private static OverrideKind OverrideOf(Verdict verdict, IssuedScore score) => AuthorityCheck.KindOf(
        score.Score.Issued, score.Policy.ApproveFrom,
        ruledOut: score.Policy.DecidedByRule is not null && score.Policy.Recommendation == Recommendation.Decline,
        grants: verdict is Verdict.Approve or Verdict.CounterOffer, declines: verdict == Verdict.Decline);
}

using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Review;
using CreditWorkbench.Core.Scoring;
using Xunit;

namespace CreditWorkbench.Tests.Review;

public sealed class AuthorityVerdictTests
{
    [Fact]
    public void Of_ApprovalAboveCutOffWithinLimit_StandsAlone()
    {
        var officer = Cases.Officer("Maya");

        var verdict = AuthorityVerdict.Of(Cases.Policy, officer, Verdict.Approve, 25_000_000, Cases.Score(720, Recommendation.Approve));

        Assert.Equal(new AuthorityVerdict("LoanOfficer", OverrideKind.None, false, null), verdict);
    }

    [Fact]
    public void Of_AmountOverTheLimitByOne_NeedsSecond()
    {
        var officer = Cases.Officer("Maya");

        var verdict = AuthorityVerdict.Of(Cases.Policy, officer, Verdict.Approve, 25_000_001, Cases.Score(720, Recommendation.Approve));

        Assert.True(verdict.NeedsSecond);
        Assert.Equal("authority.amount", verdict.Because);
    }

    [Fact]
    public void Of_ApprovalInTheReferralZone_IsLowSide()
    {
        var officer = Cases.Officer("Maya");

        var verdict = AuthorityVerdict.Of(Cases.Policy, officer, Verdict.Approve, 1_000_000, Cases.Score(699, Recommendation.Refer));

        Assert.Equal(OverrideKind.LowSide, verdict.Override);
        Assert.Equal("authority.override", verdict.Because);
    }

    [Fact]
    public void Of_SeniorOfficerBelowTheCutOff_StillNeedsSecondPair()
    {
        var senior = Cases.Officer("Arif", Permission.DecideAsSeniorOfficer);

        var verdict = AuthorityVerdict.Of(Cases.Policy, senior, Verdict.Approve, 1_000_000, Cases.Score(650, Recommendation.Refer));

        Assert.Equal(new AuthorityVerdict("SeniorOfficer", OverrideKind.LowSide, true, "authority.secondPair"), verdict);
    }

    [Fact]
    public void Of_DeclineInTheReferralZone_IsNoOverride()
    {
        var officer = Cases.Officer("Maya");

        var verdict = AuthorityVerdict.Of(Cases.Policy, officer, Verdict.Decline, 0, Cases.Score(650, Recommendation.Refer));

        Assert.Equal(OverrideKind.None, verdict.Override);
        Assert.False(verdict.NeedsSecond);
    }

    [Fact]
    public void Of_DecliningRule_MakesAnApprovalLowSideAboveTheCutOff()
    {
        var officer = Cases.Officer("Maya");

        var verdict = AuthorityVerdict.Of(Cases.Policy, officer, Verdict.Approve, 1_000_000, Cases.Score(760, Recommendation.Decline, rule: "TP1"));

        Assert.Equal(OverrideKind.LowSide, verdict.Override);
    }
}

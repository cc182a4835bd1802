using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Explanation;
using CreditWorkbench.Core.Review;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Scoring;
using Xunit;

namespace CreditWorkbench.Tests.Review;

/// <summary>Which reasons an adverse-action letter gives.</summary>
public sealed class LetterReasonsTests
{
    private static readonly string[] Languages = ["en", "id"];

    [Fact]
    public void Of_DeclineByScore_GivesTheScoresReasonsInOrder()
    {
        var reasons = LetterReasons.Of(Decision(OverrideKind.None, null), Score(("First.", false), ("Second.", false)));

        Assert.Equal(["First.", "Second."], reasons.Select(reason => reason.In("en")));
    }

    [Fact]
    public void Of_DeclineAgainstTheScore_GivesTheOfficersReasonAndNotTheScores()
    {
        var reasons = LetterReasons.Of(Decision(OverrideKind.HighSide, "income.notSeen"), Score(("From the score.", false), ("From a rule.", true)));

        Assert.Equal(["The income stated could not be confirmed by the documents.", "From a rule."], reasons.Select(reason => reason.In("en")));
    }

    [Fact]
    public void Of_SuspicionOfFraud_SaysNothingOfFraud()
    {
        var reason = Assert.Single(LetterReasons.Of(Decision(OverrideKind.HighSide, "fraudSuspicion"), Score()));

        Assert.DoesNotContain("fraud", reason.In("en"), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("penipuan", reason.In("id"), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Of_EveryOverrideReason_HasASentenceInBothLanguages() => Assert.All(OverrideReasons.Codes, code =>
    {
        var reason = Assert.Single(LetterReasons.Of(Decision(OverrideKind.HighSide, code), Score()));
        Assert.NotEqual(reason.In("en"), reason.In("id"));
    });

    [Fact]
    public void Of_SixReasons_GivesFour() => Assert.Equal(4, LetterReasons.Of(Decision(OverrideKind.None, null), Score([.. Enumerable.Range(1, 6).Select(i => ($"Reason {i}.", false))])).Count);

    [Fact]
    public void Of_NoReasonAtAll_GivesNone() => Assert.Empty(LetterReasons.Of(Decision(OverrideKind.None, null), Score()));

    private static CaseDecision Decision(OverrideKind kind, string? reason) => new()
    {
        Id = Guid.CreateVersion7(),
        CaseId = Guid.CreateVersion7(),
        ApplicationId = Guid.CreateVersion7(),
        ScoreId = Guid.CreateVersion7(),
        Verdict = Verdict.Decline,
        Justification = "Because.",
        Override = kind,
        OverrideReason = reason,
        DecidedBy = Guid.CreateVersion7(),
        DecidedByName = "Maya",
        DecidedAt = Cases.Now,
        NeedsSecond = false,
    };

    private static IssuedScore Score(params (string Text, bool FromRule)[] reasons) => Cases.Score(450, Recommendation.Decline) with
    {
        Explanation = new ScoreExplanation(
            AttributionMethod.Interventional, 450, [], 0, 0, 450, [.. reasons.Select((reason, i) => new Reason($"R{i}", LocalizedText.Same(reason.Text, Languages), null, -10, reason.FromRule))], [],
            LocalizedText.Same("", Languages), LocalizedText.Same("", Languages), LocalizedText.Same("", Languages)),
    };
}

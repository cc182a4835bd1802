using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scoring;

namespace CreditWorkbench.Core.Review;

/// <summary>What a withdrawal does to one application.</summary>
/// <param name="ApplicationId">Application.</param>
/// <param name="Number">Its number.</param>
/// <param name="Effect">none, atNextScore, rescored, unscored or trial.</param>
/// <param name="ScoreBefore">Issued score before; null without one.</param>
/// <param name="ScoreAfter">Issued score without the source: the new score (rescored), or what it would be (trial); null where there is none.</param>
/// <param name="RecommendationAfter">What policy then says; null as above.</param>
/// <param name="Problems">Why there is no score any more (unscored); empty otherwise.</param>
public sealed record WithdrawalEffect(
    Guid ApplicationId, string Number, string Effect, int? ScoreBefore, int? ScoreAfter, Recommendation? RecommendationAfter, IReadOnlyList<Problem> Problems);

/// <summary>A withdrawn consent with what came of it.</summary>
/// <param name="Consent">The consent as it stands.</param>
/// <param name="Effects">Per application of its scorecard, newest first; the latest hundred.</param>
public sealed record Withdrawal(Consent Consent, IReadOnlyList<WithdrawalEffect> Effects);

/// <summary>Withdraws a consent and says what that does. Before a decision the source's values take the missing path and the case is scored
/// again; after it nothing changes, and what the score would be is worked out as a trial.</summary>
public sealed class ConsentWithdrawalDesk(ApplicantDesk desk, IApplicationStore applications, ScoringDesk scoring, ReviewDesk reviews, WhatIfDesk trials)
{
    private const int MostApplications = 100;
    private const string Scoring = "scoring";

    /// <summary>Withdraws one consent.</summary>
    /// <returns>The consent and its effects, or what <see cref="ApplicantDesk.WithdrawAsync"/> refuses with.</returns>
    public async Task<Outcome<Withdrawal>> WithdrawAsync(Guid applicantId, Guid consentId, Actor actor, CancellationToken cancellationToken)
    {
        if (!(await desk.WithdrawAsync(applicantId, consentId, actor, cancellationToken)).TryGet(out var consent, out var problems)) return Outcome<Withdrawal>.Refused(problems);
        var query = new ApplicationQuery(ApplicantId: applicantId, ScorecardId: consent.ScorecardId) { ClientId = Ownership.Narrowing(actor), PageSize = MostApplications };
        var effects = new List<WithdrawalEffect>();
        foreach (var application in (await applications.SearchAsync(query, cancellationToken)).Items)
            effects.Add(await EffectAsync(application, consent, actor, cancellationToken));
        return new Withdrawal(consent, effects);
    }

    private async Task<WithdrawalEffect> EffectAsync(CreditApplication application, Consent consent, Actor actor, CancellationToken cancellationToken)
    {
        if (application.State == ApplicationState.Withdrawn || consent.Purpose != Scoring) return Plain(application, "none");
        if (application.WasDecided) return await TrialAsync(application, consent.Source, actor, cancellationToken);
        if (application.ScoreId is not { } scoreId) return Plain(application, "atNextScore");
        var before = await trials.OpenAsync(scoreId, actor, cancellationToken) is { Succeeded: true } session ? session.Value.Score.Score.Issued : (int?)null;
        if (!(await scoring.ScoreAsync(application.Id, actor, cancellationToken)).TryGet(out var score, out var problems)) return Plain(application, "unscored") with { ScoreBefore = before, Problems = problems };
        if (application.State == ApplicationState.InReview && !(await reviews.OpenAsync(application.Id, actor, cancellationToken)).TryGet(out _, out problems))
            return Plain(application, "rescored") with { ScoreBefore = before, ScoreAfter = score.Score.Issued, RecommendationAfter = score.Policy.Recommendation, Problems = problems };
        return Plain(application, "rescored") with { ScoreBefore = before, ScoreAfter = score.Score.Issued, RecommendationAfter = score.Policy.Recommendation };
    }

    private async Task<WithdrawalEffect> TrialAsync(CreditApplication application, string source, Actor actor, CancellationToken cancellationToken)
    {
        if (application.ScoreId is not { } scoreId || !(await trials.OpenAsync(scoreId, actor, cancellationToken)).TryGet(out var session, out _)) return Plain(application, "none");
        var before = session.Score.Score.Issued;
        var trial = Plain(application, "trial") with { ScoreBefore = before };
        if (session.TryWithout(source) is not { } outcome) return trial with { ScoreAfter = before, RecommendationAfter = session.Score.Policy.Recommendation };
        return outcome.TryGet(out var tried, out var problems)
            ? trial with { ScoreAfter = tried.Scored.Score.Issued, RecommendationAfter = tried.Policy.Recommendation }
            : trial with { Problems = problems };
    }

    private static WithdrawalEffect Plain(CreditApplication application, string effect) => new(application.Id, application.Number, effect, null, null, null, []);
}

using System.Globalization;
using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Scoring;

namespace CreditWorkbench.Core.Review;

/// <summary>Where people work the queue: open, claim, release, decide, approve as second.</summary>
public sealed class ReviewDesk(IReviewStore cases, IApplicationStore applications, IScoreStore scores, IScorecardCatalog scorecards, TimeProvider clock)
{
    /// <summary>Cases that match, by priority, then due time.</summary>
    public async Task<Outcome<Page<ReviewCase>>> ListAsync(CaseQuery query, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.Review) is { } refusal) return refusal;
        return await cases.ListAsync(query, cancellationToken);
    }

    /// <summary>Opens the case of a scored application, or points the open one at its newest score.</summary>
    public async Task<Outcome<ReviewCase>> OpenAsync(Guid applicationId, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.Score) is { } refusal) return refusal;
        if (await applications.FindForAsync(applicationId, actor, cancellationToken) is not { } application) return NotFound("application");
        if (application.ScoreId is not { } scoreId || await scores.FindAsync(scoreId, cancellationToken) is not { } score)
            return new Problem("case.notScored", "A case opens once the application has a score.") { Remedy = "Score the application first." };
        if (application.WasDecided) return ApplicationProblems.Decided(application);
        var definition = await scorecards.FindAsync(application.ScorecardId, cancellationToken);
        var now = clock.GetUtcNow();
        var opened = await cases.OfApplicationAsync(applicationId, cancellationToken) is { } open
            ? open with { ScoreId = scoreId, Priority = PriorityOf(application, score, definition) }
            : new ReviewCase
            {
                Id = Guid.CreateVersion7(now),
                ApplicationId = applicationId,
                ScoreId = scoreId,
                State = CaseState.Waiting,
                Priority = PriorityOf(application, score, definition),
                OpenedAt = now,
                DueAt = now.AddHours(definition?.Policy.Referral.ClockHours ?? 24),
            };
        return await cases.OpenAsync(opened, application with { State = ApplicationState.InReview }, Draft(actor, "case.opened", opened, application, score), cancellationToken);
    }

    /// <summary>Takes a waiting case.</summary>
    public async Task<Outcome<ReviewCase>> ClaimAsync(Guid caseId, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.Decide) is { } refusal) return refusal;
        if (await cases.FindAsync(caseId, cancellationToken) is not { } found) return NotFound("case");
        if (found.State == CaseState.Claimed && found.ClaimedBy == actor.Id) return found;
        if (found.State != CaseState.Waiting) return NotWaiting(found);
        if (await DecidedEarlierAsync(found, actor, cancellationToken)) return SamePerson;
        var claimed = found with { State = CaseState.Claimed, ClaimedBy = actor.Id, ClaimedByName = actor.Name, ClaimedAt = clock.GetUtcNow() };
        return await cases.UpdateAsync(claimed, new AuditDraft(actor, "case.claimed", caseId.ToString(), new Dictionary<string, string?>()), cancellationToken);
    }

    /// <summary>Gives a claimed case back to the queue.</summary>
    public async Task<Outcome<ReviewCase>> ReleaseAsync(Guid caseId, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.Decide) is { } refusal) return refusal;
        if (await cases.FindAsync(caseId, cancellationToken) is not { } found) return NotFound("case");
        if (found.State != CaseState.Claimed || found.ClaimedBy != actor.Id) return NotYours(found);
        var released = found with { State = CaseState.Waiting, ClaimedBy = null, ClaimedByName = null, ClaimedAt = null };
        return await cases.UpdateAsync(released, new AuditDraft(actor, "case.released", caseId.ToString(), new Dictionary<string, string?>()), cancellationToken);
    }

    /// <summary>What the officer's authority says to a verdict, before it is made: pages show it while the form is filled.</summary>
    public async Task<Outcome<AuthorityVerdict>> WeighAsync(Guid caseId, Verdict verdict, decimal amount, Actor actor, CancellationToken cancellationToken)
    {
        var file = await FileAsync(caseId, actor, cancellationToken);
        return file.Then<AuthorityVerdict>(open => AuthorityVerdict.Of(open.Definition.Policy, actor, verdict, amount, open.Score));
    }

    /// <summary>Decides a case that the actor claimed. Where the actor's own authority does not reach, the decision waits for a second
    /// person; a referral gives the case back to the queue.</summary>
    public async Task<Outcome<CaseDecision>> DecideAsync(Guid caseId, DecisionRequest request, Actor actor, CancellationToken cancellationToken)
    {
        if (!(await FileAsync(caseId, actor, cancellationToken)).TryGet(out var file, out var problems)) return Outcome<CaseDecision>.Refused(problems);
        if (file.Case.State != CaseState.Claimed || file.Case.ClaimedBy != actor.Id) return NotYours(file.Case);
        var verdict = AuthorityVerdict.Of(file.Definition.Policy, actor, request.Verdict, request.Amount?.Major ?? 0, file.Score);
        if (DecisionRules.Check(request, verdict.Override) is { Count: > 0 } faults) return faults;
        if (request.Verdict == Verdict.Refer) return await CommitAsync(Decision(file, request, verdict with { NeedsSecond = false }, actor), file, CaseState.Waiting, actor, cancellationToken);
        var state = verdict.NeedsSecond ? CaseState.SecondApproval : CaseState.Decided;
        return await CommitAsync(Decision(file, request, verdict, actor), file, state, actor, cancellationToken);
    }

    /// <summary>Completes a decision that waits for a second person.</summary>
    /// <param name="caseId">The case.</param>
    /// <param name="agrees">True makes the decision stand; false gives the case back to the queue.</param>
    /// <param name="actor">The second person.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<Outcome<CaseDecision>> SecondAsync(Guid caseId, bool agrees, Actor actor, CancellationToken cancellationToken)
    {
        if (!(await FileAsync(caseId, actor, cancellationToken)).TryGet(out var file, out var problems)) return Outcome<CaseDecision>.Refused(problems);
        var pending = (await cases.DecisionsAsync(caseId, cancellationToken)).FirstOrDefault(decision => decision.NeedsSecond && decision.SecondBy is null);
        if (file.Case.State != CaseState.SecondApproval || pending is null)
            return new Problem("case.second.none", "No decision of this case waits for a second approval.") { Remedy = "Reload the case." };
        if (agrees && pending.ScoreId != file.Score.Id)
            return new Problem("case.second.rescored", "The case was scored anew after this decision was recommended.") { Remedy = "Give it back, to be decided on the new score." };
        if (pending.DecidedBy == actor.Id) return new Problem("case.second.same", "You recommended this case, so another person must approve it.");
        if (await DecidedEarlierAsync(file.Case, actor, cancellationToken)) return SamePerson;
        if (!AuthorityCheck.Check(file.Definition.Policy, actor, pending.Amount?.Major ?? 0, pending.Override).TryGet(out _, out var lacking)) return Outcome<CaseDecision>.Refused(lacking);
        if (!agrees) return await CommitAsync(pending, file, CaseState.Waiting, actor, cancellationToken);
        var completed = pending with { SecondBy = actor.Id, SecondAt = clock.GetUtcNow() };
        return await CommitAsync(completed, file, CaseState.Decided, actor, cancellationToken);
    }

    private async Task<Outcome<CaseFile>> FileAsync(Guid caseId, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.Decide) is { } refusal) return refusal;
        if (await cases.FindAsync(caseId, cancellationToken) is not { } found) return NotFound("case");
        if (await applications.FindForAsync(found.ApplicationId, actor, cancellationToken) is not { } application) return NotFound("application");
        if (await scores.FindAsync(found.ScoreId, cancellationToken) is not { } score) return NotFound("score");
        if (await scorecards.FindAsync(application.ScorecardId, cancellationToken) is not { } definition) return NotFound("scorecard");
        if (application.State == ApplicationState.Decided) return ApplicationProblems.Decided(application);
        if (application.ScoreId != found.ScoreId)
            return new Problem("case.scoreStale", "The values of this case changed after it was scored.") { Remedy = "Score it again, then decide." };
        return new CaseFile(found, application, score, definition);
    }

    private CaseDecision Decision(CaseFile file, DecisionRequest request, AuthorityVerdict verdict, Actor actor)
    {
        var grants = request.Verdict is Verdict.Approve or Verdict.CounterOffer;
        var now = clock.GetUtcNow();
        return new CaseDecision
        {
            Id = Guid.CreateVersion7(now),
            CaseId = file.Case.Id,
            ApplicationId = file.Application.Id,
            ScoreId = file.Score.Id,
            Verdict = request.Verdict,
            Amount = grants ? request.Amount : null,
            InterestRate = grants ? request.InterestRate : null,
            TermMonths = grants ? request.TermMonths : null,
            Justification = request.Justification.Trim(),
            Override = verdict.Override,
            OverrideReason = verdict.Override == OverrideKind.None ? null : request.OverrideReason,
            DecidedBy = actor.Id,
            DecidedByName = actor.Name,
            DecidedAt = now,
            NeedsSecond = verdict.NeedsSecond,
        };
    }

    private async Task<Outcome<CaseDecision>> CommitAsync(CaseDecision decision, CaseFile file, CaseState state, Actor actor, CancellationToken cancellationToken)
    {
        var application = state == CaseState.Decided ? file.Application with { State = ApplicationState.Decided } : file.Application;
        var next = state == CaseState.Waiting
            ? file.Case with { State = state, ClaimedBy = null, ClaimedByName = null, ClaimedAt = null, Priority = 1 }
            : file.Case with { State = state, ObjectedAt = state == CaseState.Decided ? null : file.Case.ObjectedAt };
        var kind = state switch { CaseState.Decided => "case.decided", CaseState.SecondApproval => "case.recommended", _ => "case.returned" };
        return await cases.DecideAsync(decision, next, application, DraftOf(decision, kind, file, actor), cancellationToken);
    }

    private static AuditDraft DraftOf(CaseDecision decision, string kind, CaseFile file, Actor actor) =>
        new(actor, kind, decision.CaseId.ToString(), new Dictionary<string, string?>
        {
            ["application"] = file.Application.Number,
            ["verdict"] = decision.Verdict.ToString(),
            ["amount"] = decision.Amount?.Major.ToString(CultureInfo.InvariantCulture),
            ["interestRate"] = decision.InterestRate?.ToString("R", CultureInfo.InvariantCulture),
            ["termMonths"] = decision.TermMonths?.ToString(CultureInfo.InvariantCulture),
            ["override"] = decision.Override.ToString(),
            ["overrideReason"] = decision.OverrideReason,
            ["justification"] = decision.Justification,
            ["score"] = file.Score.Score.Issued.ToString(CultureInfo.InvariantCulture),
            ["decidedBy"] = decision.DecidedBy.ToString(),
            ["secondBy"] = decision.SecondBy?.ToString(),
        })
        { ApplicantId = file.Application.ApplicantId, Releases = [file.Score.Release.Hash] };

    private static AuditDraft Draft(Actor actor, string kind, ReviewCase reviewCase, CreditApplication application, IssuedScore score) =>
        new(actor, kind, reviewCase.Id.ToString(), new Dictionary<string, string?>
        {
            ["application"] = application.Number,
            ["score"] = score.Score.Issued.ToString(CultureInfo.InvariantCulture),
            ["recommendation"] = score.Policy.Recommendation.ToString(),
        })
        { ApplicantId = application.ApplicantId, Releases = [score.Release.Hash] };

    private static int PriorityOf(CreditApplication application, IssuedScore score, ScorecardDefinition? definition)
    {
        var lowest = definition?.Policy.Authority.Select(authority => authority.UpTo).DefaultIfEmpty(decimal.MaxValue).Min() ?? decimal.MaxValue;
        if ((application.Amount?.Major ?? 0) > lowest) return 1;
        return score.Policy.Recommendation == Recommendation.Refer ? 2 : 3;
    }

    // After an objection nobody who took part in the decision looks at the case again.
    private async Task<bool> DecidedEarlierAsync(ReviewCase found, Actor actor, CancellationToken cancellationToken) =>
        found.ObjectedAt is { } objected
        && (await cases.DecisionsAsync(found.Id, cancellationToken)).Any(decision => decision.DecidedAt < objected && (decision.DecidedBy == actor.Id || decision.SecondBy == actor.Id));

    private static Problem SamePerson => new("objection.samePerson", "You took part in the decision that the applicant objects to, so another person looks at it.")
    {
        Remedy = "Leave it to a colleague.",
    };

    private static Problem NotFound(string what) => new($"{what}.notFound", $"There is no such {what}.");

    private static Problem NotWaiting(ReviewCase found) => found.State == CaseState.Claimed
        ? new Problem("case.claimedByOther", $"{found.ClaimedByName} is working on this case.") { Remedy = "Take another case, or ask for its release." }
        : new Problem("case.notWaiting", "This case is not waiting in the queue.") { Remedy = "Reload the queue." };

    private static Problem NotYours(ReviewCase found) => found.State == CaseState.Claimed
        ? NotWaiting(found)
        : new Problem("case.notClaimed", "A case is claimed before it is decided.") { Remedy = "Claim it first." };

    private sealed record CaseFile(ReviewCase Case, CreditApplication Application, IssuedScore Score, ScorecardDefinition Definition);
}

using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Review;

/// <summary>Where an objection is taken in. It reopens the case at the head of the queue; whoever took part in the decision cannot claim
/// or approve it, and the values stay those that were decided on.</summary>
public sealed class ObjectionDesk(IReviewStore cases, IApplicationStore applications, TimeProvider clock)
{
    /// <summary>Fewest characters of the grounds.</summary>
    public const int ShortestGrounds = 10;

    /// <summary>Most characters of the grounds.</summary>
    public const int LongestGrounds = 2000;

    private const int Hours = 48;

    /// <summary>The same by application: <c>application.notFound</c> where the actor knows of none.</summary>
    public async Task<Outcome<ReviewCase>> RecordOnApplicationAsync(Guid applicationId, string grounds, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.TakeIn) is { } refusal) return refusal;
        if (await applications.FindForAsync(applicationId, actor, cancellationToken) is null) return new Problem("application.notFound", "There is no such application.");
        return await cases.OfApplicationAsync(applicationId, cancellationToken) is { } found ? await RecordAsync(found.Id, grounds, actor, cancellationToken) : NotDecided;
    }

    /// <summary>Records what the applicant says against a decision and reopens the case.</summary>
    /// <returns>The reopened case, or <c>objection.grounds</c>, <c>objection.notDecided</c>, <c>case.notFound</c>, <c>version.stale</c>.</returns>
    public async Task<Outcome<ReviewCase>> RecordAsync(Guid caseId, string grounds, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.TakeIn) is { } refusal) return refusal;
        if (grounds.Trim() is not { Length: >= ShortestGrounds and <= LongestGrounds } said)
            return new Problem("objection.grounds", $"The grounds have {ShortestGrounds} to {LongestGrounds} characters.") { Field = "grounds", Remedy = "Write down what the applicant says." };
        if (await cases.FindAsync(caseId, cancellationToken) is not { } found) return new Problem("case.notFound", "There is no such case.");
        if (found.State != CaseState.Decided || await applications.FindForAsync(found.ApplicationId, actor, cancellationToken) is not { } application)
            return NotDecided;
        var decision = (await cases.DecisionsAsync(caseId, cancellationToken))[0];
        var now = clock.GetUtcNow();
        var objection = new Objection(Guid.CreateVersion7(now), application.Id, decision.Id, said, actor.Id, actor.Name, now);
        var reopened = found with
        {
            State = CaseState.Waiting,
            Priority = 1,
            ClaimedBy = null,
            ClaimedByName = null,
            ClaimedAt = null,
            ObjectedAt = now,
            DueAt = now.AddHours(Hours),
        };
        var audit = new AuditDraft(actor, "objection.recorded", caseId.ToString(), new Dictionary<string, string?>
        {
            ["application"] = application.Number,
            ["decision"] = decision.Id.ToString(),
            ["grounds"] = said,
        })
        { ApplicantId = application.ApplicantId };
        return await cases.ObjectAsync(objection, reopened, application with { State = ApplicationState.InReview }, audit, cancellationToken);
    }

    private static Problem NotDecided => new("objection.notDecided", "An objection follows a decision; this case is not decided.") { Remedy = "Decide the case first." };
}

using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Review;

/// <summary>What to list; null members do not filter.</summary>
public sealed record CaseQuery(CaseState? State = null, Guid? ClaimedBy = null, string? ScorecardId = null)
{
    /// <summary>One-based page.</summary>
    public int Page { get; init; } = 1;
    /// <summary>Rows per page.</summary>
    public int PageSize { get; init; } = 25;
}

/// <summary>Durable cases and decisions. Claim and decision are compare-and-set on the version.</summary>
public interface IReviewStore
{
    /// <summary>One case; null when unknown.</summary>
    Task<ReviewCase?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>The case of an application; null without.</summary>
    Task<ReviewCase?> OfApplicationAsync(Guid applicationId, CancellationToken cancellationToken);

    /// <summary>Cases that match, by priority, then due time.</summary>
    Task<Page<ReviewCase>> ListAsync(CaseQuery query, CancellationToken cancellationToken);

    /// <summary>Opens a case, or points the open one of the application at its newest score.</summary>
    Task<ReviewCase> OpenAsync(ReviewCase reviewCase, CreditApplication application, AuditDraft audit, CancellationToken cancellationToken);

    /// <summary>Replaces a case of the same version; <c>version.stale</c> otherwise.</summary>
    Task<Outcome<ReviewCase>> UpdateAsync(ReviewCase reviewCase, AuditDraft audit, CancellationToken cancellationToken);

    /// <summary>Commits a decision (new, or the same one completed by its second approver), the case's and the application's new state and the audit entry together; <c>version.stale</c> when
    /// either changed meanwhile.</summary>
    Task<Outcome<CaseDecision>> DecideAsync(CaseDecision decision, ReviewCase reviewCase, CreditApplication application, AuditDraft audit, CancellationToken cancellationToken);

    /// <summary>Commits an objection, the case's and the application's new state and the audit entry together; <c>version.stale</c> when
    /// either changed meanwhile.</summary>
    Task<Outcome<ReviewCase>> ObjectAsync(Objection objection, ReviewCase reviewCase, CreditApplication application, AuditDraft audit, CancellationToken cancellationToken);

    /// <summary>Decisions of a case, newest first.</summary>
    Task<IReadOnlyList<CaseDecision>> DecisionsAsync(Guid caseId, CancellationToken cancellationToken);
}

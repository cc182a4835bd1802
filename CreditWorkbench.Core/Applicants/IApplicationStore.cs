using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Applicants;

/// <summary>What to list; null members do not filter.</summary>
public sealed record ApplicationQuery(ApplicationState? State = null, Guid? ApplicantId = null, string? ScorecardId = null, string? Number = null)
{
    /// <summary>Who took it in; null for everybody.</summary>
    public Guid? CreatedBy { get; init; }

    /// <summary>Client system that took it in; null for everybody's.</summary>
    public Guid? ClientId { get; init; }

    /// <summary>What the rows are ordered by; what does not apply orders by time.</summary>
    public ListOrder Order { get; init; }

    /// <summary>Smallest or oldest first.</summary>
    public bool Ascending { get; init; }

    /// <summary>One-based page.</summary>
    public int Page { get; init; } = 1;
    /// <summary>Rows per page.</summary>
    public int PageSize { get; init; } = 25;
}

/// <summary>Durable applications. Every method that changes something is one transaction with its audit draft.</summary>
public interface IApplicationStore
{
    /// <summary>One application; null when unknown.</summary>
    Task<CreditApplication?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Applications that match, newest first.</summary>
    Task<Page<CreditApplication>> SearchAsync(ApplicationQuery query, CancellationToken cancellationToken);

    /// <summary>Adds an application and gives it the next number of the year.</summary>
    Task<CreditApplication> AddAsync(CreditApplication application, AuditDraft audit, CancellationToken cancellationToken);

    /// <summary>Replaces an application of the same version; <c>version.stale</c> otherwise. The result carries the next version.</summary>
    Task<Outcome<CreditApplication>> UpdateAsync(CreditApplication application, AuditDraft audit, CancellationToken cancellationToken) =>
        UpdateAsync(application, [audit], cancellationToken);

    /// <summary>Replaces an application of the same version with any number of entries: none while a draft is typed.</summary>
    Task<Outcome<CreditApplication>> UpdateAsync(CreditApplication application, IReadOnlyList<AuditDraft> audit, CancellationToken cancellationToken);
}

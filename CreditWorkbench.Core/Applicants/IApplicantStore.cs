using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Applicants;

/// <summary>Which applicants to list; null members do not filter.</summary>
/// <param name="Text">An e-mail, phone, national id or words of a name.</param>
public sealed record ApplicantQuery(string? Text = null)
{
    /// <summary>Client system that registered them; null for everybody's.</summary>
    public Guid? ClientId { get; init; }
    /// <summary>Only those whose erasure was asked for and is not done.</summary>
    public bool AwaitingErasure { get; init; }
    /// <summary>What the rows are ordered by; what does not apply orders by time.</summary>
    public ListOrder Order { get; init; }

    /// <summary>Smallest or oldest first.</summary>
    public bool Ascending { get; init; }

    /// <summary>One-based page.</summary>
    public int Page { get; init; } = 1;
    /// <summary>Rows per page.</summary>
    public int PageSize { get; init; } = 25;
}

/// <summary>Durable applicants and consents. Every method that changes something is one transaction with its audit drafts.</summary>
public interface IApplicantStore
{
    /// <summary>One applicant in clear; null when unknown.</summary>
    Task<Applicant?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Applicants whose e-mail, phone, national id or a word of the name equals the query (blind indexes); all without one;
    /// newest first.</summary>
    Task<Page<Applicant>> SearchAsync(string? query, int page, int pageSize, CancellationToken cancellationToken) =>
        SearchAsync(new ApplicantQuery(query) { Page = page, PageSize = pageSize }, cancellationToken);

    /// <summary>Applicants that match, newest first.</summary>
    Task<Page<Applicant>> SearchAsync(ApplicantQuery query, CancellationToken cancellationToken);

    /// <summary>Applicants who share an e-mail, phone or national id with a candidate.</summary>
    Task<IReadOnlyList<Applicant>> DuplicatesOfAsync(Applicant candidate, CancellationToken cancellationToken);

    /// <summary>Adds an applicant and makes the data key.</summary>
    Task AddAsync(Applicant applicant, AuditDraft audit, CancellationToken cancellationToken);

    /// <summary>Replaces an applicant of the same version; <c>version.stale</c> otherwise.</summary>
    Task<Outcome<Applicant>> UpdateAsync(Applicant applicant, AuditDraft audit, CancellationToken cancellationToken);

    /// <summary>Notes that the erasure of an applicant was asked for; the first request counts.</summary>
    /// <returns>The applicant as it stands then; <c>applicant.notFound</c> without one.</returns>
    Task<Outcome<Applicant>> RequestErasureAsync(Guid id, DateTimeOffset at, AuditDraft audit, CancellationToken cancellationToken);

    /// <summary>All consents, newest first.</summary>
    Task<IReadOnlyList<Consent>> ConsentsAsync(Guid applicantId, CancellationToken cancellationToken);

    /// <summary>Adds consents.</summary>
    Task AddConsentsAsync(IReadOnlyList<Consent> consents, AuditDraft audit, CancellationToken cancellationToken);

    /// <summary>Marks consents as withdrawn.</summary>
    Task WithdrawConsentsAsync(Guid applicantId, IReadOnlyList<Guid> consentIds, DateTimeOffset at, AuditDraft audit, CancellationToken cancellationToken);

    /// <summary>Destroys the applicant's data key for good and removes what leads to the person: personal data, search tokens, the
    /// sign-in and the values in the sensitive vault. Encrypted values, explanations and facts of the audit trail can no longer be read; the chain still verifies.</summary>
    /// <param name="id">Applicant.</param>
    /// <param name="audit">Must name no applicant of its own: its key is gone.</param>
    /// <param name="cancellationToken">Stops before the key is destroyed, not after.</param>
    /// <returns>The applicant without personal data; <c>applicant.notFound</c> otherwise. Again on an erased one: the same.</returns>
    Task<Outcome<Applicant>> EraseAsync(Guid id, AuditDraft audit, CancellationToken cancellationToken);
}

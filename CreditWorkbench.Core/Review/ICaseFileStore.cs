using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Review;

/// <summary>Everything that is filed with an application: notes, documents, letters, objections. Each is written once with its audit
/// entry and never changed; of an erased applicant nothing can be read any more.</summary>
public interface ICaseFileStore
{
    /// <summary>Notes, oldest first.</summary>
    Task<IReadOnlyList<CaseNote>> NotesAsync(Guid applicationId, CancellationToken cancellationToken);

    /// <summary>Adds a note.</summary>
    Task AddNoteAsync(CaseNote note, Guid applicantId, AuditDraft audit, CancellationToken cancellationToken);

    /// <summary>Documents without their content, oldest first.</summary>
    Task<IReadOnlyList<CaseDocument>> DocumentsAsync(Guid applicationId, CancellationToken cancellationToken);

    /// <summary>Adds a document; <c>document.full</c> when the application has <see cref="DocumentRules.MostDocuments"/>.</summary>
    Task<Outcome<CaseDocument>> AddDocumentAsync(CaseDocument document, byte[] content, Guid applicantId, AuditDraft audit, CancellationToken cancellationToken);

    /// <summary>A document of an application with its content; null when there is none.</summary>
    Task<DocumentContent?> ContentAsync(Guid applicationId, Guid documentId, CancellationToken cancellationToken);

    /// <summary>Letters, newest first.</summary>
    Task<IReadOnlyList<Letter>> LettersAsync(Guid applicationId, CancellationToken cancellationToken);

    /// <summary>Letters of all applications, newest first; of erased applicants none.</summary>
    /// <param name="number">End of an application's number, in capitals; null for all.</param>
    /// <param name="page">Page, from 1.</param>
    /// <param name="pageSize">Rows of a page, from 1.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    Task<Page<IssuedLetter>> IssuedLettersAsync(string? number, int page, int pageSize, CancellationToken cancellationToken);

    /// <summary>Adds the letter of a decision; <c>letter.issued</c> when it has one.</summary>
    Task<Outcome<Letter>> AddLetterAsync(Letter letter, Guid applicantId, AuditDraft audit, CancellationToken cancellationToken);

    /// <summary>Objections, newest first.</summary>
    Task<IReadOnlyList<Objection>> ObjectionsAsync(Guid applicationId, CancellationToken cancellationToken);
}

using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Review;
using CreditWorkbench.Core.Store.Keys;
using CreditWorkbench.Core.Store.Rows;
using Microsoft.EntityFrameworkCore;

namespace CreditWorkbench.Core.Store.Ports;

/// <summary>Notes, documents, letters and objections in the store.</summary>
internal sealed class CaseFileStore(IDbContextFactory<WorkbenchContext> contexts, StoreWriter writer, DataKeyStore keys) : ICaseFileStore
{
    public async Task<IReadOnlyList<CaseNote>> NotesAsync(Guid applicationId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.CaseNotes.AsNoTracking().Where(row => row.ApplicationId == applicationId).OrderBy(row => row.At).ThenBy(row => row.Id).ToListAsync(cancellationToken);
        return await OpenAsync(rows, row => row.ApplicantId, CaseFileMap.Read, cancellationToken);
    }

    public async Task AddNoteAsync(CaseNote note, Guid applicantId, AuditDraft audit, CancellationToken cancellationToken)
    {
        var key = await keys.RequireAsync(applicantId, cancellationToken);
        await writer.AddAsync([CaseFileMap.Write(note, applicantId, key)], [audit], cancellationToken);
    }

    public async Task<IReadOnlyList<CaseDocument>> DocumentsAsync(Guid applicationId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);

        // Without the content, which may be megabytes.
        var rows = await context.CaseDocuments.AsNoTracking().Where(row => row.ApplicationId == applicationId).OrderBy(row => row.At).ThenBy(row => row.Id)
            .Select(row => new CaseDocumentRow
            {
                Id = row.Id,
                ApplicationId = row.ApplicationId,
                ApplicantId = row.ApplicantId,
                Kind = row.Kind,
                Name = row.Name,
                MediaType = row.MediaType,
                Size = row.Size,
                AddedBy = row.AddedBy,
                AddedByName = row.AddedByName,
                At = row.At,
            }).ToListAsync(cancellationToken);
        return await OpenAsync(rows, row => row.ApplicantId, CaseFileMap.Read, cancellationToken);
    }

    public async Task<Outcome<CaseDocument>> AddDocumentAsync(CaseDocument document, byte[] content, Guid applicantId, AuditDraft audit, CancellationToken cancellationToken)
    {
        var key = await keys.RequireAsync(applicantId, cancellationToken);
        return await writer.TryWriteAsync<CaseDocument>(
            async context =>
            {
                if (await context.CaseDocuments.CountAsync(row => row.ApplicationId == document.ApplicationId, cancellationToken) >= DocumentRules.MostDocuments)
                    return new Problem("document.full", $"A case holds {DocumentRules.MostDocuments} documents at most.") { Remedy = "Put several pages into one file." };
                context.CaseDocuments.Add(CaseFileMap.Write(document, content, applicantId, key));
                return document;
            },
            [audit], cancellationToken);
    }

    public async Task<DocumentContent?> ContentAsync(Guid applicationId, Guid documentId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await context.CaseDocuments.AsNoTracking().SingleOrDefaultAsync(row => row.Id == documentId && row.ApplicationId == applicationId, cancellationToken);
        if (row is null || await keys.FindAsync(row.ApplicantId, cancellationToken) is not { } key) return null;
        return new DocumentContent(CaseFileMap.Read(row, key), CaseFileMap.Content(row, key));
    }

    public async Task<IReadOnlyList<Letter>> LettersAsync(Guid applicationId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.Letters.AsNoTracking().Where(row => row.ApplicationId == applicationId).OrderByDescending(row => row.IssuedAt).ThenByDescending(row => row.Id).ToListAsync(cancellationToken);
        return await OpenAsync(rows, row => row.ApplicantId, CaseFileMap.Read, cancellationToken);
    }

    public async Task<Page<IssuedLetter>> IssuedLettersAsync(string? number, int page, int pageSize, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var query = from letter in context.Letters.AsNoTracking()
                    join application in context.Applications on letter.ApplicationId equals application.Id
                    where number == null || application.Number.EndsWith(number)
                    select new { Letter = letter, application.Number };
        // Identities follow time, so their index gives the order.
        var rows = await query.OrderByDescending(row => row.Letter.Id).Skip((page - 1) * pageSize).Take(pageSize).ToListAsync(cancellationToken);
        var found = await OpenAsync(rows, row => row.Letter.ApplicantId, (row, key) => Listed(CaseFileMap.Read(row.Letter, key), row.Number), cancellationToken);
        return new Page<IssuedLetter>(found, await query.CountAsync(cancellationToken));
    }

    private static IssuedLetter Listed(Letter letter, string number)
    {
        var text = letter.In(letter.Language);
        return new IssuedLetter(letter.Id, letter.ApplicationId, number, string.Join(", ", text.Addressee), text.Subject, letter.Language, letter.IssuedByName, letter.IssuedAt);
    }

    public async Task<Outcome<Letter>> AddLetterAsync(Letter letter, Guid applicantId, AuditDraft audit, CancellationToken cancellationToken)
    {
        var key = await keys.RequireAsync(applicantId, cancellationToken);
        return await writer.TryWriteAsync<Letter>(
            async context =>
            {
                if (await context.Letters.AnyAsync(row => row.DecisionId == letter.DecisionId, cancellationToken))
                    return new Problem("letter.issued", "This decision has its letter already.") { Remedy = "Open the letter that was issued." };
                context.Letters.Add(CaseFileMap.Write(letter, applicantId, key));
                return letter;
            },
            [audit], cancellationToken);
    }

    public async Task<IReadOnlyList<Objection>> ObjectionsAsync(Guid applicationId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.Objections.AsNoTracking().Where(row => row.ApplicationId == applicationId).OrderByDescending(row => row.At).ThenByDescending(row => row.Id).ToListAsync(cancellationToken);
        return await OpenAsync(rows, row => row.ApplicantId, CaseFileMap.Read, cancellationToken);
    }

    // What belongs to an erased applicant cannot be opened and is left out.
    private async Task<IReadOnlyList<TRecord>> OpenAsync<TRow, TRecord>(List<TRow> rows, Func<TRow, Guid> applicant, Func<TRow, DataKey, TRecord> read, CancellationToken cancellationToken)
    {
        var found = await keys.FindAsync(rows.Select(applicant), cancellationToken);
        return [.. rows.Where(row => found.ContainsKey(applicant(row))).Select(row => read(row, found[applicant(row)]))];
    }
}

using System.Globalization;
using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Review;

/// <summary>What is filed with an application, newest letters and objections first, oldest notes and documents first.</summary>
public sealed record CaseFolder(IReadOnlyList<CaseNote> Notes, IReadOnlyList<CaseDocument> Documents, IReadOnlyList<Letter> Letters, IReadOnlyList<Objection> Objections);

/// <summary>Where people file notes and documents with an application. Files are judged by their bytes, kept encrypted, and every look
/// into one is an entry of its own.</summary>
public sealed class CaseFileDesk(ICaseFileStore files, IApplicationStore applications, IAuditTrail trail, TimeProvider clock)
{
    /// <summary>Longest note.</summary>
    public const int LongestNote = 2000;

    /// <summary>Everything that is filed with an application.</summary>
    /// <returns>The folder, or <c>application.notFound</c>.</returns>
    public async Task<Outcome<CaseFolder>> OpenAsync(Guid applicationId, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.ReadCases) is { } refusal) return refusal;
        if (await applications.FindForAsync(applicationId, actor, cancellationToken) is null) return NotFound;
        return new CaseFolder(
            await files.NotesAsync(applicationId, cancellationToken), await files.DocumentsAsync(applicationId, cancellationToken),
            await files.LettersAsync(applicationId, cancellationToken), await files.ObjectionsAsync(applicationId, cancellationToken));
    }

    /// <summary>Adds a note.</summary>
    /// <returns>The note, or <c>note.text</c>, <c>application.notFound</c>.</returns>
    public async Task<Outcome<CaseNote>> AddNoteAsync(Guid applicationId, string text, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.Review) is { } refusal) return refusal;
        if (text.Trim() is not { Length: > 0 and <= LongestNote } written)
            return new Problem("note.text", $"A note has 1 to {LongestNote} characters.") { Field = "note", Remedy = "Write the note." };
        if (await applications.FindForAsync(applicationId, actor, cancellationToken) is not { } application) return NotFound;
        var now = clock.GetUtcNow();
        var note = new CaseNote(Guid.CreateVersion7(now), applicationId, written, actor.Id, actor.Name, now);
        await files.AddNoteAsync(note, application.ApplicantId, Draft(actor, "note.added", application, new() { ["note"] = note.Id.ToString() }), cancellationToken);
        return note;
    }

    /// <summary>Adds a document.</summary>
    /// <param name="applicationId">Application.</param>
    /// <param name="kind">What it shows: a code of <see cref="DocumentRules.Kinds"/>.</param>
    /// <param name="name">File name as the sender states it.</param>
    /// <param name="content">The file.</param>
    /// <param name="actor">Who.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The document, or <c>document.kind</c>, <c>document.empty</c>, <c>document.size</c>, <c>document.type</c>, <c>document.full</c>,
    /// <c>application.notFound</c>.</returns>
    public async Task<Outcome<CaseDocument>> AddDocumentAsync(Guid applicationId, string kind, string name, byte[] content, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.Review) is { } refusal) return refusal;
        if (!DocumentRules.Kinds.Contains(kind)) return new Problem("document.kind", "The kind of document is not known.") { Field = "kind", Remedy = "Choose one of the kinds." };
        if (!DocumentRules.TypeOf(content).TryGet(out var type, out var problems)) return Outcome<CaseDocument>.Refused(problems);
        if (await applications.FindForAsync(applicationId, actor, cancellationToken) is not { } application) return NotFound;
        var now = clock.GetUtcNow();
        var document = new CaseDocument(Guid.CreateVersion7(now), applicationId, kind, DocumentRules.PlainName(name), type, content.Length, actor.Id, actor.Name, now);
        var facts = new Dictionary<string, string?>
        {
            ["document"] = document.Id.ToString(),
            ["kind"] = kind,
            ["type"] = type,
            ["bytes"] = content.Length.ToString(CultureInfo.InvariantCulture),
            ["sha256"] = ContentHash.Of(content).Hex,
        };
        return await files.AddDocumentAsync(document, content, application.ApplicantId, Draft(actor, "document.added", application, facts), cancellationToken);
    }

    /// <summary>Opens a document: its content, and an entry that says who looked.</summary>
    public async Task<Outcome<DocumentContent>> ReadAsync(Guid applicationId, Guid documentId, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.RevealPersonalData) is { } refusal) return refusal;
        if (await applications.FindForAsync(applicationId, actor, cancellationToken) is not { } application) return NotFound;
        if (await files.ContentAsync(applicationId, documentId, cancellationToken) is not { } found) return new Problem("document.notFound", "There is no such document.");
        await trail.AppendAsync([Draft(actor, "document.opened", application, new() { ["document"] = documentId.ToString() })], cancellationToken);
        return found;
    }

    private static Problem NotFound => new("application.notFound", "There is no such application.");

    private static AuditDraft Draft(Actor actor, string kind, CreditApplication application, Dictionary<string, string?> facts) =>
        new(actor, kind, application.Id.ToString(), facts) { ApplicantId = application.ApplicantId };
}

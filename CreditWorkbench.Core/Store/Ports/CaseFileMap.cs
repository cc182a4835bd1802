using CreditWorkbench.Core.Review;
using CreditWorkbench.Core.Store.Keys;
using CreditWorkbench.Core.Store.Rows;

namespace CreditWorkbench.Core.Store.Ports;

/// <summary>Notes, documents, letters and objections to rows and back.</summary>
internal static class CaseFileMap
{
    private const string NoteText = "CaseNotes.Text";
    private const string DocumentName = "CaseDocuments.Name";
    private const string DocumentBytes = "CaseDocuments.Content";
    private const string LetterTexts = "Letters.Texts";
    private const string Grounds = "Objections.Grounds";

    public static CaseNoteRow Write(CaseNote note, Guid applicantId, DataKey key) => new()
    {
        Id = note.Id,
        ApplicationId = note.ApplicationId,
        ApplicantId = applicantId,
        Text = key.Seal(note.Text, NoteText, note.Id),
        AuthorId = note.AuthorId,
        AuthorName = note.AuthorName,
        At = note.At,
    };

    public static CaseNote Read(CaseNoteRow row, DataKey key) => new(row.Id, row.ApplicationId, key.Open(row.Text, NoteText, row.Id), row.AuthorId, row.AuthorName, row.At);

    public static CaseDocumentRow Write(CaseDocument document, byte[] content, Guid applicantId, DataKey key) => new()
    {
        Id = document.Id,
        ApplicationId = document.ApplicationId,
        ApplicantId = applicantId,
        Kind = document.Kind,
        Name = key.Seal(document.Name, DocumentName, document.Id),
        MediaType = document.MediaType,
        Size = document.Size,
        AddedBy = document.AddedBy,
        AddedByName = document.AddedByName,
        At = document.At,
        Content = key.SealBytes(content, DocumentBytes, document.Id),
    };

    /// <summary>The document without its content, which the row need not hold.</summary>
    public static CaseDocument Read(CaseDocumentRow row, DataKey key) =>
        new(row.Id, row.ApplicationId, row.Kind, key.Open(row.Name, DocumentName, row.Id), row.MediaType, row.Size, row.AddedBy, row.AddedByName, row.At);

    public static byte[] Content(CaseDocumentRow row, DataKey key) => key.OpenBytes(row.Content, DocumentBytes, row.Id);

    public static LetterRow Write(Letter letter, Guid applicantId, DataKey key) => new()
    {
        Id = letter.Id,
        ApplicationId = letter.ApplicationId,
        ApplicantId = applicantId,
        DecisionId = letter.DecisionId,
        Language = letter.Language,
        Texts = key.Seal(StoreJson.Write(letter.Texts), LetterTexts, letter.Id),
        IssuedBy = letter.IssuedBy,
        IssuedByName = letter.IssuedByName,
        IssuedAt = letter.IssuedAt,
    };

    public static Letter Read(LetterRow row, DataKey key) => new()
    {
        Id = row.Id,
        ApplicationId = row.ApplicationId,
        DecisionId = row.DecisionId,
        Language = row.Language,
        Texts = StoreJson.Read<Dictionary<string, LetterText>>(key.Open(row.Texts, LetterTexts, row.Id)),
        IssuedBy = row.IssuedBy,
        IssuedByName = row.IssuedByName,
        IssuedAt = row.IssuedAt,
    };

    public static ObjectionRow Write(Objection objection, Guid applicantId, DataKey key) => new()
    {
        Id = objection.Id,
        ApplicationId = objection.ApplicationId,
        ApplicantId = applicantId,
        DecisionId = objection.DecisionId,
        Grounds = key.Seal(objection.Grounds, Grounds, objection.Id),
        RecordedBy = objection.RecordedBy,
        RecordedByName = objection.RecordedByName,
        At = objection.At,
    };

    public static Objection Read(ObjectionRow row, DataKey key) =>
        new(row.Id, row.ApplicationId, row.DecisionId, key.Open(row.Grounds, Grounds, row.Id), row.RecordedBy, row.RecordedByName, row.At);
}

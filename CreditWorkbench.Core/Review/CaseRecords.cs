namespace CreditWorkbench.Core.Review;

/// <summary>What somebody wrote down about a case.</summary>
/// <param name="Id">Identity (Guid v7).</param>
/// <param name="ApplicationId">Application.</param>
/// <param name="Text">The note; encrypted at rest.</param>
/// <param name="AuthorId">Who wrote it.</param>
/// <param name="AuthorName">Name of that person.</param>
/// <param name="At">When.</param>
public sealed record CaseNote(Guid Id, Guid ApplicationId, string Text, Guid AuthorId, string AuthorName, DateTimeOffset At);

/// <summary>A document that supports a case.</summary>
/// <param name="Id">Identity (Guid v7).</param>
/// <param name="ApplicationId">Application.</param>
/// <param name="Kind">What it shows: a code of <see cref="DocumentRules.Kinds"/>.</param>
/// <param name="Name">File name; encrypted at rest.</param>
/// <param name="MediaType">What its first bytes say it is.</param>
/// <param name="Size">Bytes.</param>
/// <param name="AddedBy">Who added it.</param>
/// <param name="AddedByName">Name of that person.</param>
/// <param name="At">When.</param>
public sealed record CaseDocument(Guid Id, Guid ApplicationId, string Kind, string Name, string MediaType, int Size, Guid AddedBy, string AddedByName, DateTimeOffset At);

/// <summary>A document with its content.</summary>
public sealed record DocumentContent(CaseDocument Document, byte[] Content);

/// <summary>An objection of the applicant to a decision.</summary>
/// <param name="Id">Identity (Guid v7).</param>
/// <param name="ApplicationId">Application.</param>
/// <param name="DecisionId">Decision that it is directed against.</param>
/// <param name="Grounds">What the applicant says; encrypted at rest.</param>
/// <param name="RecordedBy">Who recorded it.</param>
/// <param name="RecordedByName">Name of that person.</param>
/// <param name="At">When.</param>
public sealed record Objection(Guid Id, Guid ApplicationId, Guid DecisionId, string Grounds, Guid RecordedBy, string RecordedByName, DateTimeOffset At);

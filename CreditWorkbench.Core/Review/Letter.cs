namespace CreditWorkbench.Core.Review;

/// <summary>A letter to the applicant about a decision. Its whole text was frozen when it was issued: a later template, model or score
/// never changes what the applicant was told.</summary>
public sealed record Letter
{
    /// <summary>Identity (Guid v7).</summary>
    public required Guid Id { get; init; }
    /// <summary>Application.</summary>
    public required Guid ApplicationId { get; init; }
    /// <summary>Decision that it tells; one letter each.</summary>
    public required Guid DecisionId { get; init; }
    /// <summary>Language of the applicant: the one that is sent.</summary>
    public required string Language { get; init; }
    /// <summary>The letter in each language; encrypted at rest.</summary>
    public required IReadOnlyDictionary<string, LetterText> Texts { get; init; }
    /// <summary>Who issued it.</summary>
    public required Guid IssuedBy { get; init; }
    /// <summary>Name of that person.</summary>
    public required string IssuedByName { get; init; }
    /// <summary>When.</summary>
    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary>The letter in a language; in the applicant's where it was not written in that one.</summary>
    public LetterText In(string language) => Texts.TryGetValue(language, out var text) ? text : Texts[Language];
}

/// <summary>An issued letter in a list.</summary>
/// <param name="Id">The letter.</param>
/// <param name="ApplicationId">Its application.</param>
/// <param name="Number">Number of the application.</param>
/// <param name="Addressee">Whom it was written to; masked for readers who may not see personal data.</param>
/// <param name="Subject">Its subject, in the language that was sent.</param>
/// <param name="Language">That language.</param>
/// <param name="IssuedByName">Who issued it.</param>
/// <param name="IssuedAt">When.</param>
public sealed record IssuedLetter(Guid Id, Guid ApplicationId, string Number, string Addressee, string Subject, string Language, string IssuedByName, DateTimeOffset IssuedAt);

/// <summary>A line of the ruled box: what, and its value.</summary>
public sealed record LetterFact(string Label, string Value);

/// <summary>A letter, paragraph by paragraph.</summary>
/// <param name="Lender">Lines of the lender.</param>
/// <param name="Addressee">Lines of the applicant.</param>
/// <param name="Date">Date of issue.</param>
/// <param name="Subject">Subject with the application's number.</param>
/// <param name="Salutation">Salutation.</param>
/// <param name="Decision">The decision, in the first sentence.</param>
/// <param name="ReasonsTitle">Title of the reasons.</param>
/// <param name="Reasons">One to four full sentences, main reason first, without codes.</param>
/// <param name="ScoreTitle">Title of the box.</param>
/// <param name="Facts">Score, date and model, what counted most, sources.</param>
/// <param name="RightsTitle">Title of the rights.</param>
/// <param name="Rights">Copy, correction, objection, human review, with address and last day.</param>
/// <param name="Signature">Lines of the person who signs.</param>
public sealed record LetterText(
    IReadOnlyList<string> Lender, IReadOnlyList<string> Addressee, string Date, string Subject, string Salutation, string Decision, string ReasonsTitle,
    IReadOnlyList<string> Reasons, string ScoreTitle, IReadOnlyList<LetterFact> Facts, string RightsTitle, IReadOnlyList<string> Rights, IReadOnlyList<string> Signature);

/// <summary>Who lends: the head of letters.</summary>
/// <param name="Name">Name.</param>
/// <param name="Address">Address lines.</param>
/// <param name="Contact">Where objections go.</param>
/// <param name="ObjectionDays">Days from the letter in which the applicant may object.</param>
/// <param name="Zone">Time zone of dates in letters.</param>
public sealed record LenderProfile(string Name, IReadOnlyList<string> Address, string Contact, int ObjectionDays, TimeZoneInfo Zone);

using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Audit;

/// <summary>Something that happened, before it is numbered and chained. A change hands its drafts to the store, which writes them in
/// the same transaction.</summary>
/// <param name="Actor">Who.</param>
/// <param name="Kind">Stable dotted word, past tense: <c>application.scored</c>, <c>case.decided</c>, <c>pii.revealed</c>.</param>
/// <param name="SubjectId">What it is about: an id as text; clear, so never a personal datum.</param>
/// <param name="Payload">Facts by name, encrypted at rest; values are short texts (numbers invariant).</param>
public sealed record AuditDraft(Actor Actor, string Kind, string SubjectId, IReadOnlyDictionary<string, string?> Payload)
{
    /// <summary>Applicant whose data key encrypts the payload; null for facts about no applicant (the store's own key).</summary>
    public Guid? ApplicantId { get; init; }

    /// <summary>Hashes of the releases that took part.</summary>
    public IReadOnlyList<ContentHash> Releases { get; init; } = [];
}

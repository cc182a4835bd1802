using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Audit;

/// <summary>One link of the chain. The hash covers the previous hash, the clear header and SHA-256 of the encrypted payload, so the
/// chain verifies after an erasure.</summary>
/// <param name="Sequence">One-based, without gaps; 0 while not yet numbered.</param>
/// <param name="Id">Identity of the row.</param>
/// <param name="At">When, UTC.</param>
/// <param name="ActorId">Who.</param>
/// <param name="Kind">What.</param>
/// <param name="SubjectId">About what.</param>
/// <param name="Releases">Hashes of releases, comma-separated; empty without.</param>
/// <param name="PayloadHash">SHA-256 of the encrypted payload.</param>
/// <param name="PreviousHash">Hash of the entry before; 64 zeros at the first.</param>
/// <param name="Hash">This entry's hash.</param>
public sealed record AuditEntry(
    long Sequence, Guid Id, DateTimeOffset At, Guid ActorId, string Kind, string SubjectId, string Releases,
    ContentHash PayloadHash, ContentHash PreviousHash, ContentHash Hash);

/// <summary>An entry as an auditor sees it.</summary>
/// <param name="Entry">The link.</param>
/// <param name="ActorName">Name of the actor today; the id where there is none.</param>
/// <param name="Payload">Decrypted facts, personal data masked; null after erasure.</param>
public sealed record AuditView(AuditEntry Entry, string ActorName, IReadOnlyDictionary<string, string?>? Payload);

/// <summary>What to look for; null members do not filter.</summary>
public sealed record AuditQuery(string? Kind = null, string? SubjectId = null, Guid? ActorId = null, DateTimeOffset? From = null, DateTimeOffset? To = null)
{
    /// <summary>Cursor: entries older than this sequence; null from the newest.</summary>
    public long? Before { get; init; }
    /// <summary>Entries per page.</summary>
    public int Take { get; init; } = 50;
}

/// <summary>Result of checking the whole chain.</summary>
/// <param name="Intact">Whether every link matches and the tail is sealed.</param>
/// <param name="Entries">Numbered entries checked.</param>
/// <param name="Pending">Entries of the tail, not yet numbered, whose seals were checked.</param>
/// <param name="FirstBroken">Sequence of the first entry that does not match; null when intact.</param>
/// <param name="Message">One sentence: what was checked or what broke (wording 25).</param>
public sealed record AuditVerification(bool Intact, long Entries, int Pending, long? FirstBroken, string Message);

using System.Text.Json;
using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Store.Keys;
using CreditWorkbench.Core.Store.Rows;

namespace CreditWorkbench.Core.Store.Trail;

/// <summary>Makes rows of drafts and reads them back: payload encrypted, row sealed.</summary>
internal sealed class AuditSealer(KeyRing ring, DataKeyStore keys, TimeProvider time)
{
    private const string Column = "AuditEntries.Payload";

    /// <summary>Rows ready to be written, in the order of the drafts. Facts about an applicant without a key (erased) go under the ring's.</summary>
    public async Task<IReadOnlyList<AuditRow>> SealAsync(IReadOnlyList<AuditDraft> drafts, CancellationToken cancellationToken)
    {
        var applicants = drafts.Where(draft => draft.ApplicantId is not null).Select(draft => draft.ApplicantId!.Value);
        var found = await keys.FindAsync(applicants, cancellationToken);
        var at = time.GetUtcNow().ToMicroseconds();
        return [.. drafts.Select(draft => Seal(draft, draft.ApplicantId is { } id ? found.GetValueOrDefault(id) : null, at))];
    }

    /// <summary>The facts of a row; null when the applicant's key is destroyed.</summary>
    public IReadOnlyDictionary<string, string?>? Open(AuditRow row, IReadOnlyDictionary<Guid, DataKey> found)
    {
        if (row.ApplicantId is not { } applicantId) return Facts(ring.Open(row.Payload, Envelope.Place(Column, row.Id)));
        return found.TryGetValue(applicantId, out var key)
            ? JsonSerializer.Deserialize<SortedDictionary<string, string?>>(key.Open(row.Payload, Column, row.Id))
            : null;
    }

    /// <summary>The row as the chain sees it.</summary>
    public static AuditEntry EntryOf(AuditRow row) => new(
        row.Sequence ?? 0, row.Id, row.At, row.ActorId, row.Kind, row.SubjectId, row.Releases,
        new ContentHash(row.PayloadHash), new ContentHash(row.PreviousHash ?? ""), new ContentHash(row.Hash ?? ""));

    private AuditRow Seal(AuditDraft draft, DataKey? key, DateTimeOffset at)
    {
        var id = Guid.CreateVersion7(at);
        var facts = JsonSerializer.Serialize(new SortedDictionary<string, string?>(draft.Payload.ToDictionary(), StringComparer.Ordinal));
        var payload = key is null ? ring.Seal(System.Text.Encoding.UTF8.GetBytes(facts), Envelope.Place(Column, id)) : key.Seal(facts, Column, id);
        var row = new AuditRow
        {
            Id = id,
            At = at,
            ActorId = draft.Actor.Id,
            Kind = draft.Kind,
            SubjectId = draft.SubjectId,
            Releases = string.Join(',', draft.Releases),
            ApplicantId = key is null ? null : draft.ApplicantId,
            Payload = payload,
            PayloadHash = ContentHash.Of(payload).Hex,
        };
        row.Seal = AuditChain.Seal(ring.AuditKey, EntryOf(row), row.ApplicantId);
        return row;
    }

    private static SortedDictionary<string, string?>? Facts(byte[] json) => JsonSerializer.Deserialize<SortedDictionary<string, string?>>(json);
}

using System.Security.Cryptography;

namespace CreditWorkbench.Core.Store.Keys;

/// <summary>Data keys, one per applicant, wrapped by the ring's current key. They lie apart from the data: in <c>keys/keys.db</c> with
/// SQLite, in the schema <c>keys</c> with PostgreSQL, so that both can be backed up apart and a destroyed key is gone from the main
/// database's backups as well.</summary>
internal sealed class DataKeyStore(DataKeyTable table, KeyRing ring, ErasureList erasures, TimeProvider time)
{
    private const string Column = "data_keys.wrapped";

    /// <summary>Makes the table and destroys again what the erasure list names.</summary>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await table.CreateAsync(cancellationToken);
        foreach (var applicantId in erasures.Read().Keys) await table.DestroyAsync(applicantId, cancellationToken);
    }

    /// <summary>Makes the key of a new applicant and returns it.</summary>
    public async Task<DataKey> CreateAsync(Guid applicantId, CancellationToken cancellationToken)
    {
        var key = RandomNumberGenerator.GetBytes(Envelope.KeySize);
        await table.AddAsync(applicantId, ring.Seal(key, Envelope.Place(Column, applicantId)), cancellationToken);
        return new DataKey(key);
    }

    /// <summary>The keys that exist; erased and unknown applicants are left out.</summary>
    public async Task<IReadOnlyDictionary<Guid, DataKey>> FindAsync(IEnumerable<Guid> applicantIds, CancellationToken cancellationToken)
    {
        var found = new Dictionary<Guid, DataKey>();
        foreach (var chunk in applicantIds.Distinct().Chunk(200))
        {
            foreach (var (id, wrapped) in await table.FindAsync(chunk, cancellationToken))
            {
                found[id] = new DataKey(ring.Open(wrapped, Envelope.Place(Column, id)));
            }
        }

        return found;
    }

    /// <summary>One key; null for an erased or unknown applicant.</summary>
    public async Task<DataKey?> FindAsync(Guid applicantId, CancellationToken cancellationToken) =>
        (await FindAsync([applicantId], cancellationToken)).GetValueOrDefault(applicantId);

    /// <summary>The key of an applicant who must have one.</summary>
    /// <exception cref="InvalidOperationException">Erased, or never registered.</exception>
    public async Task<DataKey> RequireAsync(Guid applicantId, CancellationToken cancellationToken) =>
        await FindAsync(applicantId, cancellationToken)
        ?? throw new InvalidOperationException($"Applicant {applicantId} has no data key: erased, or never registered.");

    /// <summary>Destroys a key for good: first on the list, then in the table.</summary>
    public async Task<DateTimeOffset> DestroyAsync(Guid applicantId, CancellationToken cancellationToken)
    {
        var at = time.GetUtcNow();
        erasures.Add(applicantId, at);
        await table.DestroyAsync(applicantId, cancellationToken);
        return at;
    }

    /// <summary>Everyone erased so far.</summary>
    public IReadOnlyDictionary<Guid, DateTimeOffset> Erased() => erasures.Read();
}

using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Kernel;
using Microsoft.EntityFrameworkCore;

namespace CreditWorkbench.Core.Store.Vault;

/// <summary>The vault: <c>vault.db</c> beside the store with SQLite, the schema <c>vault</c> with PostgreSQL.</summary>
/// <remarks>No transaction spans both databases. Values are written before their application, so an acknowledged application never lacks
/// them; a crash in between leaves values without an application, which the next start sweeps out.</remarks>
internal sealed class SensitiveVault(VaultTable table, VaultKey key, IDbContextFactory<WorkbenchContext> contexts, TimeProvider time) : ISensitiveVault
{
    // Long enough for any application that another node is about to commit.
    private static readonly TimeSpan Grace = TimeSpan.FromHours(1);

    /// <summary>Makes the tables; refuses a key that the values were not sealed with.</summary>
    public async Task<Problem?> PrepareAsync(CancellationToken cancellationToken)
    {
        await table.CreateAsync(cancellationToken);
        if (await table.FingerprintAsync(key.Fingerprint, cancellationToken) == key.Fingerprint) return null;
        return new Problem("store.keys.foreign", "The key of the sensitive vault does not belong to this store: no sensitive value could be read.")
        {
            Remedy = "Restore the folder of keys that was backed up with this store.",
        };
    }

    public async Task KeepAsync(Guid applicationId, Guid applicantId, IReadOnlyDictionary<string, string?> values, CancellationToken cancellationToken)
    {
        var kept = values.Where(value => value.Value is not null).Select(value => (value.Key, key.Seal(value.Value!, applicationId, value.Key))).ToList();
        var removed = values.Where(value => value.Value is null).Select(value => value.Key).ToList();
        if (kept.Count > 0) await table.PutAsync(applicationId, applicantId, kept, time.GetUtcNow(), cancellationToken);
        if (removed.Count > 0) await table.RemoveAsync(applicationId, removed, cancellationToken);
    }

    /// <summary>Removes every value of these applicants for good.</summary>
    public Task RemoveApplicantsAsync(IEnumerable<Guid> applicantIds, CancellationToken cancellationToken) => table.RemoveApplicantsAsync(applicantIds, cancellationToken);

    /// <summary>Removes values whose application was never stored; those of the last hour may still get one and stay.</summary>
    /// <returns>How many applications were missing.</returns>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var orphans = new List<Guid>();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        foreach (var chunk in (await table.ApplicationsBeforeAsync(time.GetUtcNow() - Grace, cancellationToken)).Chunk(200))
        {
            var stored = await context.Applications.Where(row => chunk.Contains(row.Id)).Select(row => row.Id).ToListAsync(cancellationToken);
            orphans.AddRange(chunk.Except(stored));
        }

        await table.RemoveApplicationsAsync(orphans, cancellationToken);
        return orphans.Count;
    }
}

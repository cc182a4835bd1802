using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Store.Keys;
using CreditWorkbench.Core.Store.Ports;
using CreditWorkbench.Core.Store.Rows;
using CreditWorkbench.Core.Store.Trail;
using CreditWorkbench.Core.Store.Vault;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace CreditWorkbench.Core.Store;

/// <summary>The store as a whole: made ready before anybody uses it.</summary>
public sealed class WorkbenchStore
{
    private readonly StoreOptions _options;
    private readonly IDbContextFactory<WorkbenchContext> _contexts;
    private readonly KeyRing _ring;
    private readonly DataKeyStore _keys;
    private readonly SensitiveVault _vault;

    internal WorkbenchStore(StoreOptions options, IDbContextFactory<WorkbenchContext> contexts, KeyRing ring, DataKeyStore keys, SensitiveVault vault) =>
        (_options, _contexts, _ring, _keys, _vault) = (options, contexts, ring, keys, vault);

    /// <summary>Applies the migrations that are missing, one process at a time; checks that the keys belong to the store; erases again what
    /// the erasure list names, in case a backup brought it back; and sweeps the vault.</summary>
    /// <returns>How many migrations were applied; <c>store.schema.newer</c> when the schema is newer than this program,
    /// <c>store.keys.foreign</c> when the key ring or the vault's key is another store's.</returns>
    public async Task<Outcome<int>> MigrateAsync(CancellationToken cancellationToken)
    {
        await using var context = await _contexts.CreateDbContextAsync(cancellationToken);
        await EnsureDatabaseAsync(context, cancellationToken);
        await using var held = await StoreLock.TakeAsync(_options, cancellationToken);

        var known = context.Database.GetMigrations().ToHashSet();
        var applied = (await context.Database.GetAppliedMigrationsAsync(cancellationToken)).ToList();
        if (applied.FirstOrDefault(name => !known.Contains(name)) is { } newer) return NewerSchema(newer);

        var missing = known.Count - applied.Count;
        if (missing > 0) await ApplyAsync(context, cancellationToken);
        if (await SeedAsync(context, cancellationToken) is { } refusal) return refusal;
        if (await _vault.PrepareAsync(cancellationToken) is { } foreign) return foreign;
        await EraseAgainAsync(context, cancellationToken);
        await _vault.SweepAsync(cancellationToken);
        return missing;
    }

    private static Problem NewerSchema(string migration) =>
        new("store.schema.newer", $"The store has the schema {migration}, which this version of the program does not know.")
        {
            Remedy = "Start the version that wrote it, or a newer one, or restore a backup made before the update.",
        };

    private Problem ForeignKeys() =>
        new("store.keys.foreign", $"The key ring in {_options.KeyDirectory} does not belong to this store: nothing encrypted could be read.")
        {
            Remedy = "Restore the folder of keys that was backed up with this store.",
        };

    // The server's lock is taken in the database itself, so that must exist first; a SQLite file is made by the first migration.
    private async Task EnsureDatabaseAsync(WorkbenchContext context, CancellationToken cancellationToken)
    {
        if (_options.Provider == StoreProvider.Sqlite) return;
        var creator = context.Database.GetService<IRelationalDatabaseCreator>();
        if (await creator.ExistsAsync(cancellationToken)) return;
        try
        {
            await creator.CreateAsync(cancellationToken);
        }
        catch (PostgresException error) when (error.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
        {
            return; // another node made it meanwhile
        }
    }

    private async Task ApplyAsync(WorkbenchContext context, CancellationToken cancellationToken)
    {
        if (_options.Provider == StoreProvider.Sqlite)
        {
            // The framework's own lock is a row that a killed process leaves behind; ours is held, so it can only be such a leftover.
            await context.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\"", cancellationToken);
        }

        await context.Database.MigrateAsync(cancellationToken);
        if (_options.Provider == StoreProvider.Sqlite) await context.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL", cancellationToken);
    }

    private async Task<Problem?> SeedAsync(WorkbenchContext context, CancellationToken cancellationToken)
    {
        var head = await context.AuditHeads.AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        if (head is not null) return head.Ring == _ring.Fingerprint ? null : ForeignKeys();

        context.AuditHeads.Add(new AuditHeadRow
        {
            Hash = AuditChain.Genesis.Hex,
            Seal = AuditChain.SealHead(_ring.AuditKey, 0, AuditChain.Genesis),
            Ring = _ring.Fingerprint,
        });
        context.Leases.Add(StoreLease.Free());
        await context.SaveChangesAsync(cancellationToken);
        return null;
    }

    private async Task EraseAgainAsync(WorkbenchContext context, CancellationToken cancellationToken)
    {
        await _keys.PrepareAsync(cancellationToken);
        await _vault.RemoveApplicantsAsync(_keys.Erased().Keys, cancellationToken);
        foreach (var (applicantId, at) in _keys.Erased()) await Erasure.ApplyAsync(context, applicantId, at, cancellationToken);
    }
}

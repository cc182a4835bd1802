using CreditWorkbench.Core.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace CreditWorkbench.Core.Store;

/// <summary>The store as a whole: brings its schema up to date.</summary>
public sealed class WorkbenchStore(StoreOptions options, IDbContextFactory<WorkbenchContext> contexts)
{
    /// <summary>Applies the migrations that are missing, one process at a time.</summary>
    /// <returns>How many were applied; <c>store.schema.newer</c> when the schema is newer than this program.</returns>
    public async Task<Outcome<int>> MigrateAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await EnsureDatabaseAsync(context, cancellationToken);
        await using var held = await StoreLock.TakeAsync(options, context, cancellationToken);

        var known = context.Database.GetMigrations().ToHashSet();
        var applied = (await context.Database.GetAppliedMigrationsAsync(cancellationToken)).ToList();
        if (applied.FirstOrDefault(name => !known.Contains(name)) is { } newer) return NewerSchema(newer);

        var missing = known.Count - applied.Count;
        if (missing > 0) await ApplyAsync(context, cancellationToken);
        return missing;
    }

    private static Problem NewerSchema(string migration) =>
        new("store.schema.newer", $"The store has the schema {migration}, which this version of the program does not know.")
        {
            Field = "Workbench:ConnectionString",
            Remedy = "Start the version that wrote it, or a newer one, or restore a backup made before the update.",
        };

    // The server's lock is taken in the database itself, so that must exist first; a SQLite file is made by the first migration.
    private async Task EnsureDatabaseAsync(WorkbenchContext context, CancellationToken cancellationToken)
    {
        if (options.Provider == StoreProvider.Sqlite) return;
        var creator = context.Database.GetService<IRelationalDatabaseCreator>();
        if (!await creator.ExistsAsync(cancellationToken)) await creator.CreateAsync(cancellationToken);
    }

    private async Task ApplyAsync(WorkbenchContext context, CancellationToken cancellationToken)
    {
        if (options.Provider == StoreProvider.Sqlite)
        {
            // The framework's own lock is a row that a killed process leaves behind; ours is held, so it can only be such a leftover.
            await context.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\"", cancellationToken);
        }

        await context.Database.MigrateAsync(cancellationToken);
        if (options.Provider == StoreProvider.Sqlite) await context.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL", cancellationToken);
    }
}

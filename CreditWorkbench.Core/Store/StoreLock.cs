using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace CreditWorkbench.Core.Store;

/// <summary>Keeps every other process out while one changes the schema. The system releases it when the holder dies.</summary>
internal sealed class StoreLock : IAsyncDisposable
{
    private const long AdvisoryKey = 0x43_57_42_53_54_4F_52_45; // "CWBSTORE"
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private readonly IAsyncDisposable _held;

    private StoreLock(IAsyncDisposable held) => _held = held;

    /// <summary>Waits until the lock is free: a locked file beside SQLite, an advisory lock on PostgreSQL.</summary>
    public static async Task<StoreLock> TakeAsync(StoreOptions options, WorkbenchContext context, CancellationToken cancellationToken) =>
        new(options.Provider == StoreProvider.Sqlite
            ? await LockFileAsync(Path.Combine(options.DataDirectory, "store.lock"), cancellationToken)
            : await LockServerAsync(context, cancellationToken));

    public ValueTask DisposeAsync() => _held.DisposeAsync();

    private static async Task<FileStream> LockFileAsync(string path, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(path))
            {
                await Task.Delay(Pause, cancellationToken); // another process holds it
            }
        }
    }

    private static async Task<DbConnection> LockServerAsync(WorkbenchContext context, CancellationToken cancellationToken)
    {
        var connection = (DbConnection)((ICloneable)context.Database.GetDbConnection()).Clone();
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT pg_advisory_lock({AdvisoryKey})";
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(cancellationToken);
        return connection;
    }
}

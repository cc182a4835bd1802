using CreditWorkbench.Core.Store.Keys;
using Npgsql;

namespace CreditWorkbench.Core.Store;

/// <summary>Keeps every other process out while one changes the schema. The system releases it when the holder dies.</summary>
internal sealed class StoreLock : IAsyncDisposable
{
    private const long AdvisoryKey = 0x43_57_42_53_54_4F_52_45; // "CWBSTORE"
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private readonly IAsyncDisposable _held;

    private StoreLock(IAsyncDisposable held) => _held = held;

    /// <summary>Waits until the lock is free: a locked file beside SQLite, an advisory lock on PostgreSQL.</summary>
    public static async Task<StoreLock> TakeAsync(StoreOptions options, CancellationToken cancellationToken) =>
        new(options.Provider == StoreProvider.Sqlite
            ? await LockFileAsync(Path.Combine(options.DataDirectory, "store.lock"), cancellationToken)
            : await LockServerAsync(options.ConnectionString, cancellationToken));

    public ValueTask DisposeAsync() => _held.DisposeAsync();

    private static async Task<FileStream> LockFileAsync(string path, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (FileLock.Try(path) is { } held) return held;
            await Task.Delay(Pause, cancellationToken);
        }
    }

    // Without pooling: a pooled connection keeps its session, and with it the lock, after it is closed.
    private static async Task<NpgsqlConnection> LockServerAsync(string? connectionString, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand($"SELECT pg_advisory_lock({AdvisoryKey})", connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellationToken);
        return connection;
    }
}

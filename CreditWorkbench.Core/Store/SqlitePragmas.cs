using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace CreditWorkbench.Core.Store;

/// <summary>Settings that SQLite forgets when a connection closes: wait for a lock, check foreign keys, and let a commit return only
/// when it is on disk.</summary>
internal sealed class SqlitePragmas : DbConnectionInterceptor
{
    private const string Text = "PRAGMA busy_timeout = 30000; PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL;";

    private const string Erase = "PRAGMA secure_delete = ON;";

    /// <param name="connection">Open.</param>
    /// <param name="erase">Whether deleted bytes are overwritten.</param>
    public static void Apply(DbConnection connection, bool erase = false)
    {
        using var command = connection.CreateCommand();
        command.CommandText = erase ? Text + Erase : Text;
        command.ExecuteNonQuery();
    }

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Apply(connection);

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Apply(connection); // SQLite has no asynchronous calls
        return Task.CompletedTask;
    }
}

using System.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace CreditWorkbench.Core.Store.Trail;

/// <summary>A reading transaction that sees one moment and holds nobody up.</summary>
internal static class StoreSnapshot
{
    public static async Task<IAsyncDisposable> BeginAsync(WorkbenchContext context, CancellationToken cancellationToken)
    {
        if (!context.Database.IsSqlite()) return await context.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);

        // The framework's own transaction takes the write lock at once; a deferred one only reads.
        await context.Database.OpenConnectionAsync(cancellationToken);
        var transaction = ((SqliteConnection)context.Database.GetDbConnection()).BeginTransaction(deferred: true);
        await context.Database.UseTransactionAsync(transaction, cancellationToken);
        return transaction;
    }
}

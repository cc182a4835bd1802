using CreditWorkbench.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace CreditWorkbench.Tests.Store;

/// <summary>How a database means to answer a question.</summary>
internal static class QueryPlan
{
    /// <summary>The plan of a statement, one step a line. PostgreSQL is kept from reading whole tables: a handful of rows is read faster
    /// that way, and what matters is whether an index can serve the question at all.</summary>
    public static async Task<string> PlanAsync(this WorkbenchContext context, string sql, CancellationToken cancellationToken)
    {
        await context.Database.OpenConnectionAsync(cancellationToken);
        await using var command = context.Database.GetDbConnection().CreateCommand();
        command.CommandText = context.Database.IsSqlite() ? "EXPLAIN QUERY PLAN " + sql : "SET enable_seqscan = off; EXPLAIN " + sql;
        var lines = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) lines.Add(reader.GetValue(reader.FieldCount - 1).ToString()!);
        return string.Join('\n', lines);
    }
}

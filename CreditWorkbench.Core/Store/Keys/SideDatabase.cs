using System.Data.Common;

namespace CreditWorkbench.Core.Store.Keys;

/// <summary>A small database apart from the store's own: a SQLite file that overwrites what is deleted, or a schema of the server.</summary>
/// <param name="connect">Makes a closed connection.</param>
/// <param name="isFile">Whether it is a SQLite file.</param>
internal sealed class SideDatabase(Func<DbConnection> connect, bool isFile)
{
    /// <summary>Empties SQLite's log, so that what was overwritten is gone there too.</summary>
    private const string EmptyLog = "; PRAGMA wal_checkpoint(TRUNCATE)";

    public bool IsFile => isFile;

    /// <summary>Placeholders of so many values, in parentheses, from @p<paramref name="first"/>.</summary>
    public static string Placeholders(int count, int first = 0) => $"({string.Join(", ", Enumerable.Range(first, count).Select(index => $"@p{index}"))})";

    public async Task<int> ExecuteAsync(string sql, IReadOnlyList<object> values, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var command = Command(connection, sql, values);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Executes a statement after which nothing of the old values may be left on disk.</summary>
    public Task<int> ErasingAsync(string sql, IReadOnlyList<object> values, CancellationToken cancellationToken) =>
        ExecuteAsync(isFile ? sql + EmptyLog : sql, values, cancellationToken);

    public async Task<IReadOnlyList<T>> ReadAsync<T>(string sql, IReadOnlyList<object> values, Func<DbDataReader, T> read, CancellationToken cancellationToken)
    {
        var found = new List<T>();
        await using var connection = await OpenAsync(cancellationToken);
        await using var command = Command(connection, sql, values);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) found.Add(read(reader));
        return found;
    }

    private async Task<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = connect();
        await connection.OpenAsync(cancellationToken);
        if (isFile) SqlitePragmas.Apply(connection, erase: true);
        return connection;
    }

    private static DbCommand Command(DbConnection connection, string sql, IReadOnlyList<object> values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < values.Count; i++)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = ($"p{i}", values[i]);
            command.Parameters.Add(parameter);
        }

        return command;
    }
}

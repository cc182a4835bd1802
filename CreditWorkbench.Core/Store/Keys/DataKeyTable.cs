using System.Data.Common;

namespace CreditWorkbench.Core.Store.Keys;

/// <summary>The table of wrapped keys.</summary>
/// <param name="connect">Makes a closed connection.</param>
/// <param name="isFile">Whether it is a SQLite file.</param>
internal sealed class DataKeyTable(Func<DbConnection> connect, bool isFile)
{
    private readonly string _table = isFile ? "data_keys" : "keys.data_keys";

    public Task CreateAsync(CancellationToken cancellationToken) => ExecuteAsync(
        isFile
            ? "PRAGMA journal_mode = WAL; CREATE TABLE IF NOT EXISTS data_keys (applicant_id TEXT PRIMARY KEY, wrapped BLOB NULL) WITHOUT ROWID"
            : "CREATE SCHEMA IF NOT EXISTS keys; CREATE TABLE IF NOT EXISTS keys.data_keys (applicant_id text PRIMARY KEY, wrapped bytea NULL)",
        [], cancellationToken);

    public Task AddAsync(Guid applicantId, byte[] wrapped, CancellationToken cancellationToken) =>
        ExecuteAsync($"INSERT INTO {_table} (applicant_id, wrapped) VALUES (@p0, @p1)", [Text(applicantId), wrapped], cancellationToken);

    /// <summary>Overwrites a key with nothing, also in the log of SQLite; the empty row keeps the id from being used again.</summary>
    public Task DestroyAsync(Guid applicantId, CancellationToken cancellationToken) => ExecuteAsync(
        $"UPDATE {_table} SET wrapped = NULL WHERE applicant_id = @p0{(isFile ? "; PRAGMA wal_checkpoint(TRUNCATE)" : "")}", [Text(applicantId)], cancellationToken);

    public async Task<IReadOnlyList<(Guid Id, byte[] Wrapped)>> FindAsync(IReadOnlyList<Guid> applicantIds, CancellationToken cancellationToken)
    {
        var found = new List<(Guid, byte[])>();
        await using var connection = await OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        var names = string.Join(", ", applicantIds.Select((_, index) => $"@p{index}"));
        command.CommandText = $"SELECT applicant_id, wrapped FROM {_table} WHERE wrapped IS NOT NULL AND applicant_id IN ({names})";
        Bind(command, [.. applicantIds.Select(Text)]);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) found.Add((Guid.Parse(reader.GetString(0)), (byte[])reader.GetValue(1)));
        return found;
    }

    private async Task ExecuteAsync(string sql, IReadOnlyList<object> values, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        Bind(command, values);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = connect();
        await connection.OpenAsync(cancellationToken);
        if (isFile) SqlitePragmas.Apply(connection, erase: true);
        return connection;
    }

    private static string Text(Guid id) => id.ToString("n");

    private static void Bind(DbCommand command, IReadOnlyList<object> values)
    {
        for (var i = 0; i < values.Count; i++)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = ($"p{i}", values[i]);
            command.Parameters.Add(parameter);
        }
    }
}

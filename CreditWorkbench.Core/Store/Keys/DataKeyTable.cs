namespace CreditWorkbench.Core.Store.Keys;

/// <summary>The table of wrapped keys.</summary>
internal sealed class DataKeyTable(SideDatabase database)
{
    private readonly string _table = database.IsFile ? "data_keys" : "keys.data_keys";

    public Task CreateAsync(CancellationToken cancellationToken) => database.ExecuteAsync(
        database.IsFile
            ? "PRAGMA journal_mode = WAL; CREATE TABLE IF NOT EXISTS data_keys (applicant_id TEXT PRIMARY KEY, wrapped BLOB NULL) WITHOUT ROWID"
            : "CREATE SCHEMA IF NOT EXISTS keys; CREATE TABLE IF NOT EXISTS keys.data_keys (applicant_id text PRIMARY KEY, wrapped bytea NULL)",
        [], cancellationToken);

    public Task AddAsync(Guid applicantId, byte[] wrapped, CancellationToken cancellationToken) =>
        database.ExecuteAsync($"INSERT INTO {_table} (applicant_id, wrapped) VALUES (@p0, @p1)", [Text(applicantId), wrapped], cancellationToken);

    /// <summary>Overwrites a key with nothing; the empty row keeps the id from being used again.</summary>
    public Task DestroyAsync(Guid applicantId, CancellationToken cancellationToken) =>
        database.ErasingAsync($"UPDATE {_table} SET wrapped = NULL WHERE applicant_id = @p0", [Text(applicantId)], cancellationToken);

    public Task<IReadOnlyList<(Guid Id, byte[] Wrapped)>> FindAsync(IReadOnlyList<Guid> applicantIds, CancellationToken cancellationToken) => database.ReadAsync(
        $"SELECT applicant_id, wrapped FROM {_table} WHERE wrapped IS NOT NULL AND applicant_id IN {SideDatabase.Placeholders(applicantIds.Count)}",
        [.. applicantIds.Select(Text)], reader => (Guid.Parse(reader.GetString(0)), (byte[])reader.GetValue(1)), cancellationToken);

    private static string Text(Guid id) => id.ToString("n");
}

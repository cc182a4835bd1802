using CreditWorkbench.Core.Store.Keys;

namespace CreditWorkbench.Core.Store.Vault;

/// <summary>The tables of the vault: sealed values by application and input, and the fingerprint of the key that seals them.</summary>
internal sealed class VaultTable(SideDatabase database)
{
    private const int ChunkSize = 200;
    private const int Columns = 5;
    private readonly string _values = database.IsFile ? "sensitive_values" : "vault.sensitive_values";
    private readonly string _key = database.IsFile ? "vault_key" : "vault.vault_key";

    public Task CreateAsync(CancellationToken cancellationToken)
    {
        var (prepare, bytes, number) = database.IsFile ? ("PRAGMA journal_mode = WAL", "BLOB", "INTEGER") : ("CREATE SCHEMA IF NOT EXISTS vault", "bytea", "bigint");
        return database.ExecuteAsync(
            $"""
            {prepare};
            CREATE TABLE IF NOT EXISTS {_values} (
              application_id text NOT NULL, input text NOT NULL, applicant_id text NOT NULL, sealed {bytes} NOT NULL, kept_at {number} NOT NULL,
              PRIMARY KEY (application_id, input));
            CREATE INDEX IF NOT EXISTS sensitive_values_applicant ON {_values} (applicant_id);
            CREATE TABLE IF NOT EXISTS {_key} (id integer PRIMARY KEY, fingerprint text NOT NULL)
            """,
            [], cancellationToken);
    }

    /// <summary>The fingerprint of the key that this vault was first used with; the given one on the first use.</summary>
    public async Task<string> FingerprintAsync(string mine, CancellationToken cancellationToken)
    {
        await database.ExecuteAsync($"INSERT INTO {_key} (id, fingerprint) VALUES (1, @p0) ON CONFLICT (id) DO NOTHING", [mine], cancellationToken);
        return (await database.ReadAsync($"SELECT fingerprint FROM {_key}", [], reader => reader.GetString(0), cancellationToken)).Single();
    }

    /// <summary>Adds values or replaces them, all in one statement.</summary>
    public Task PutAsync(Guid applicationId, Guid applicantId, IReadOnlyList<(string Input, byte[] Sealed)> values, DateTimeOffset at, CancellationToken cancellationToken) => database.ExecuteAsync(
        $"""
        INSERT INTO {_values} (application_id, input, applicant_id, sealed, kept_at)
        VALUES {string.Join(", ", values.Select((_, row) => SideDatabase.Placeholders(Columns, row * Columns)))}
        ON CONFLICT (application_id, input) DO UPDATE SET applicant_id = excluded.applicant_id, sealed = excluded.sealed, kept_at = excluded.kept_at
        """,
        [.. values.SelectMany(value => new object[] { Text(applicationId), value.Input, Text(applicantId), value.Sealed, at.ToUnixTimeSeconds() })], cancellationToken);

    public Task RemoveAsync(Guid applicationId, IReadOnlyList<string> inputs, CancellationToken cancellationToken) => database.ExecuteAsync(
        $"DELETE FROM {_values} WHERE application_id = @p0 AND input IN {SideDatabase.Placeholders(inputs.Count, 1)}", [Text(applicationId), .. inputs], cancellationToken);

    public Task RemoveApplicantsAsync(IEnumerable<Guid> applicantIds, CancellationToken cancellationToken) => RemoveAsync("applicant_id", applicantIds, cancellationToken);

    public Task RemoveApplicationsAsync(IEnumerable<Guid> applicationIds, CancellationToken cancellationToken) => RemoveAsync("application_id", applicationIds, cancellationToken);

    /// <summary>Sealed values of an input by application.</summary>
    public async Task<IReadOnlyList<(Guid ApplicationId, byte[] Sealed)>> FindAsync(string input, IEnumerable<Guid> applicationIds, CancellationToken cancellationToken)
    {
        var found = new List<(Guid, byte[])>();
        foreach (var chunk in applicationIds.Distinct().Chunk(ChunkSize))
        {
            found.AddRange(await database.ReadAsync(
                $"SELECT application_id, sealed FROM {_values} WHERE input = @p0 AND application_id IN {SideDatabase.Placeholders(chunk.Length, 1)}",
                [input, .. chunk.Select(Text)], reader => (Guid.Parse(reader.GetString(0)), (byte[])reader.GetValue(1)), cancellationToken));
        }

        return found;
    }

    /// <summary>Applications whose newest value was kept before a moment.</summary>
    public Task<IReadOnlyList<Guid>> ApplicationsBeforeAsync(DateTimeOffset moment, CancellationToken cancellationToken) => database.ReadAsync(
        $"SELECT application_id FROM {_values} GROUP BY application_id HAVING MAX(kept_at) < @p0", [moment.ToUnixTimeSeconds()],
        reader => Guid.Parse(reader.GetString(0)), cancellationToken);

    private async Task RemoveAsync(string column, IEnumerable<Guid> ids, CancellationToken cancellationToken)
    {
        foreach (var chunk in ids.Chunk(ChunkSize))
            await database.ErasingAsync($"DELETE FROM {_values} WHERE {column} IN {SideDatabase.Placeholders(chunk.Length)}", [.. chunk.Select(Text)], cancellationToken);
    }

    private static string Text(Guid id) => id.ToString("n");
}

using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Store.Rows;
using Microsoft.EntityFrameworkCore;

namespace CreditWorkbench.Core.Store;

/// <summary>A key that a client system calls with. Its secret is known to the client only.</summary>
/// <param name="Id">Identity; stands in clear in the key.</param>
/// <param name="Name">For screens.</param>
/// <param name="Scopes">What it opens, such as <c>score:stateless</c>.</param>
/// <param name="CreatedBy">Who gave it.</param>
/// <param name="CreatedAt">When.</param>
public sealed record ApiKey(Guid Id, string Name, IReadOnlyList<string> Scopes, Guid CreatedBy, DateTimeOffset CreatedAt)
{
    /// <summary>SHA-256 of the secret, 32 bytes.</summary>
    public IReadOnlyList<byte> SecretHash { get; init; } = [];

    /// <summary>Requests a minute; null for the setting of the installation.</summary>
    public int? RequestsPerMinute { get; init; }

    /// <summary>Legal basis of calls that name none; null when each must name it.</summary>
    public string? LegalBasis { get; init; }

    /// <summary>Branch that its applications belong to; null for none.</summary>
    public string? Branch { get; init; }

    /// <summary>From when on it opens nothing; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When it was taken back; null while it was not.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>Last use, to the minute; null before the first.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>Whether it opens something at a time.</summary>
    public bool ActiveAt(DateTimeOffset time) => RevokedAt is null && (ExpiresAt is null || ExpiresAt > time);
}

/// <summary>Keys of client systems.</summary>
public sealed class ApiKeys
{
    private readonly IDbContextFactory<WorkbenchContext> _contexts;
    private readonly StoreWriter _writer;

    internal ApiKeys(IDbContextFactory<WorkbenchContext> contexts, StoreWriter writer) => (_contexts, _writer) = (contexts, writer);

    /// <summary>All of them, newest first; revoked ones too.</summary>
    public async Task<IReadOnlyList<ApiKey>> ListAsync(CancellationToken cancellationToken)
    {
        await using var context = await _contexts.CreateDbContextAsync(cancellationToken);
        return [.. (await context.ApiKeys.AsNoTracking().OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id).ToListAsync(cancellationToken)).Select(Of)];
    }

    /// <summary>One of them; null when there is none.</summary>
    public async Task<ApiKey?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var context = await _contexts.CreateDbContextAsync(cancellationToken);
        return await context.ApiKeys.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is { } row ? Of(row) : null;
    }

    /// <summary>Keeps a new one.</summary>
    public Task AddAsync(ApiKey key, IReadOnlyList<AuditDraft> audit, CancellationToken cancellationToken) => _writer.AddAsync(
        [
            new ApiKeyRow
            {
                Id = key.Id, Name = key.Name, SecretHash = [.. key.SecretHash], Scopes = string.Join(' ', key.Scopes), RequestsPerMinute = key.RequestsPerMinute,
                LegalBasis = key.LegalBasis, Branch = key.Branch, CreatedBy = key.CreatedBy, CreatedAt = key.CreatedAt, ExpiresAt = key.ExpiresAt,
            },
        ], audit, cancellationToken);

    /// <summary>Takes one back: <c>key.notFound</c> when there is none, <c>key.revoked</c> when that was done before.</summary>
    public Task<Outcome<ApiKey>> RevokeAsync(Guid id, DateTimeOffset at, IReadOnlyList<AuditDraft> audit, CancellationToken cancellationToken) => _writer.TryWriteAsync<ApiKey>(
        async context =>
        {
            if (await context.ApiKeys.SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } row) return new Problem("key.notFound", "There is no such key.");
            if (row.RevokedAt is not null) return new Problem("key.revoked", "The key has been revoked already.");
            row.RevokedAt = at;
            return Of(row);
        }, audit, cancellationToken);

    /// <summary>Notes uses. What somebody uses changes nothing else, so no entry is written.</summary>
    public Task UsedAsync(IReadOnlyCollection<(Guid Id, DateTimeOffset At)> uses, CancellationToken cancellationToken) => _writer.WriteAsync(
        async context =>
        {
            foreach (var (id, at) in uses) await context.ApiKeys.Where(row => row.Id == id).ExecuteUpdateAsync(set => set.SetProperty(row => row.LastUsedAt, at), cancellationToken);
            return true;
        }, [], cancellationToken);

    private static ApiKey Of(ApiKeyRow row) => new(row.Id, row.Name, row.Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries), row.CreatedBy, row.CreatedAt)
    {
        SecretHash = row.SecretHash,
        RequestsPerMinute = row.RequestsPerMinute,
        LegalBasis = row.LegalBasis,
        Branch = row.Branch,
        ExpiresAt = row.ExpiresAt,
        RevokedAt = row.RevokedAt,
        LastUsedAt = row.LastUsedAt,
    };
}

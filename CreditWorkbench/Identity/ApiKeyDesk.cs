using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Store;

namespace CreditWorkbench.Web.Identity;

/// <summary>What a new key shall be.</summary>
/// <param name="Name">For screens, 1 to 100 characters.</param>
/// <param name="Scopes">What it opens; at least one of <see cref="ApiScopes"/>.</param>
public sealed record ApiKeyOrder(string Name, IReadOnlyList<string> Scopes)
{
    /// <summary>Requests a minute; null for the setting.</summary>
    public int? RequestsPerMinute { get; init; }

    /// <summary>From when on it opens nothing; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Legal basis of calls that name none.</summary>
    public string? LegalBasis { get; init; }

    /// <summary>Branch that its applications belong to.</summary>
    public string? Branch { get; init; }
}

/// <summary>A new key; the text is shown this once.</summary>
/// <param name="Key">The key.</param>
/// <param name="Text">Whole text with the secret.</param>
public sealed record NewApiKey(ApiKey Key, string Text);

/// <summary>Gives keys to client systems and takes them back.</summary>
public sealed class ApiKeyDesk(ApiKeys store, TimeProvider time)
{
    private const int LongestName = 100;
    private const int LongestBranch = 64;

    /// <summary>Grounds of the processing that a call without one of its own has (GDPR, article 6).</summary>
    public static IReadOnlyList<string> LegalBases => Core.Decisioning.LegalBases.Codes;

    /// <summary>All keys, newest first.</summary>
    public async Task<Outcome<IReadOnlyList<ApiKey>>> ListAsync(Actor actor, CancellationToken cancellationToken) =>
        actor.Lacks(Permission.ManageKeys) is { } refusal ? refusal : Outcome<IReadOnlyList<ApiKey>>.Success(await store.ListAsync(cancellationToken));

    /// <summary>Gives a key.</summary>
    public async Task<Outcome<NewApiKey>> AddAsync(ApiKeyOrder order, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.ManageKeys) is { } refusal) return refusal;
        if (Faults(order).ToList() is { Count: > 0 } faults) return faults;
        var now = time.GetUtcNow();
        var text = ApiKeyText.New(Guid.CreateVersion7(now));
        var key = new ApiKey(text.Id, order.Name.Trim(), [.. ApiScopes.All.Where(order.Scopes.Contains)], actor.Id, now)
        {
            SecretHash = text.Hash(),
            RequestsPerMinute = order.RequestsPerMinute,
            ExpiresAt = order.ExpiresAt,
            LegalBasis = order.LegalBasis,
            Branch = string.IsNullOrWhiteSpace(order.Branch) ? null : order.Branch.Trim(),
        };
        await store.AddAsync(key, [new AuditDraft(actor, "key.added", key.Id.ToString(), new Dictionary<string, string?> { ["name"] = key.Name, ["scopes"] = string.Join(' ', key.Scopes) })], cancellationToken);
        return new NewApiKey(key, text.ToString());
    }

    /// <summary>Takes a key back; it opens nothing after five seconds at the latest.</summary>
    public async Task<Outcome<ApiKey>> RevokeAsync(Guid id, Actor actor, CancellationToken cancellationToken) =>
        actor.Lacks(Permission.ManageKeys) is { } refusal ? refusal
            : await store.RevokeAsync(id, time.GetUtcNow(), [new AuditDraft(actor, "key.revoked", id.ToString(), new Dictionary<string, string?>())], cancellationToken);

    private IEnumerable<Problem> Faults(ApiKeyOrder order)
    {
        if (order.Name.Trim().Length is 0 or > LongestName) yield return new Problem("key.name", $"A key has a name of 1 to {LongestName} characters.") { Field = "name" };
        if (order.Scopes.Count == 0) yield return new Problem("key.scopes.none", "A key opens at least one thing.") { Field = "scopes", Remedy = "Choose a scope." };
        foreach (var unknown in order.Scopes.Where(scope => !ApiScopes.Bundles.ContainsKey(scope)))
            yield return new Problem("key.scope.unknown", $"There is no scope {unknown}.") { Field = "scopes", Remedy = $"Scopes: {string.Join(", ", ApiScopes.All)}." };
        if (order.RequestsPerMinute < 1) yield return new Problem("key.limit", "A key allows at least one request a minute.") { Field = "requestsPerMinute" };
        if (order.ExpiresAt <= time.GetUtcNow()) yield return new Problem("key.expiry", "A key expires in the future.") { Field = "expiresAt" };
        if (order.LegalBasis is { } basis && !LegalBases.Contains(basis)) yield return new Problem("key.legalBasis", $"There is no legal basis {basis}.") { Field = "legalBasis", Remedy = $"One of: {string.Join(", ", LegalBases)}." };
        if (order.Branch?.Trim().Length > LongestBranch) yield return new Problem("key.branch", $"A branch has at most {LongestBranch} characters.") { Field = "branch" };
    }
}

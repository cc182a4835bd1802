using System.Collections.Concurrent;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Store;
using CreditWorkbench.Web.Endpoints;

namespace CreditWorkbench.Web.Identity;

/// <summary>Keys of client systems as this process knows them: looked up at most every few seconds, so that a call costs no question to the store
/// and a revoked key opens nothing after five seconds.</summary>
public sealed class KnownKeys(ApiKeys store, TimeProvider time)
{
    private const int Bound = 10_000;

    // Known this long without a question; then one caller asks and the others go on; after the last they wait for the answer.
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Stale = TimeSpan.FromSeconds(4);
    private readonly ConcurrentDictionary<Guid, Known> _known = new();
    private readonly ConcurrentDictionary<Guid, DateTimeOffset> _uses = new();

    /// <summary>The caller that a key stands for; <c>credentials.invalid</c>, <c>credentials.revoked</c> or <c>credentials.expired</c>.</summary>
    public async ValueTask<Outcome<ApiPrincipal>> FindAsync(ApiKeyText text, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(text);
        var known = await KnownAsync(text.Id, cancellationToken);
        return known.Key is null || !text.Fits(known.Hash) ? Invalid : Checked(known);
    }

    /// <summary>The caller that a key stands for, for a token that was given for it before.</summary>
    public async ValueTask<Outcome<ApiPrincipal>> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        var known = await KnownAsync(id, cancellationToken);
        return known.Key is null ? Invalid : Checked(known);
    }

    /// <summary>Writes down when keys were last used; called once a minute.</summary>
    public async Task KeepUsesAsync(CancellationToken cancellationToken)
    {
        var uses = _uses.ToArray();
        if (uses.Length == 0) return;
        foreach (var use in uses) _uses.TryRemove(use);
        await store.UsedAsync([.. uses.Select(use => (use.Key, use.Value))], cancellationToken);
    }

    /// <summary>The refusal of what is no key, or of another secret.</summary>
    public static Problem Invalid { get; } = new("credentials.invalid", "The key or token is not valid.") { Remedy = "Mind that it is sent whole; an admin can give a new one." };

    private Outcome<ApiPrincipal> Checked(Known known)
    {
        var now = time.GetUtcNow();
        if (known.Key!.RevokedAt is not null) return new Problem("credentials.revoked", "The key has been revoked.") { Remedy = "An admin can give a new one." };
        if (known.Key.ExpiresAt <= now) return new Problem("credentials.expired", "The key has expired.") { Remedy = "An admin can give a new one." };
        if (known.NoteUse(now)) _uses[known.Key.Id] = now;
        return known.Principal!;
    }

    private ValueTask<Known> KnownAsync(Guid id, CancellationToken cancellationToken)
    {
        if (!_known.TryGetValue(id, out var known)) return new ValueTask<Known>(AskAsync(id, cancellationToken));
        var age = time.GetElapsedTime(known.AskedAt);
        if (age > Stale) return new ValueTask<Known>(AskAsync(id, cancellationToken));
        if (age > Fresh && known.TakeRenewal()) return new ValueTask<Known>(AskAsync(id, cancellationToken));
        return new ValueTask<Known>(known);
    }

    private async Task<Known> AskAsync(Guid id, CancellationToken cancellationToken)
    {
        var asked = time.GetTimestamp();
        var key = await store.FindAsync(id, cancellationToken);
        if (_known.Count >= Bound) _known.Clear();
        return _known[id] = new Known(key, key is null ? null : PrincipalOf(key), asked);
    }

    private static ApiPrincipal PrincipalOf(ApiKey key) => new(
        new Actor(key.Id, key.Name, ActorKind.Client, ApiScopes.PermissionsOf(key.Scopes)), new ApiClient(key.Id, key.Name, key.Scopes, key.LegalBasis, key.Branch), key.RequestsPerMinute);

    private sealed class Known(ApiKey? key, ApiPrincipal? principal, long askedAt)
    {
        private long _notedMinute;
        private int _renewing;

        public ApiKey? Key { get; } = key;
        public ApiPrincipal? Principal { get; } = principal;
        public byte[] Hash { get; } = key is null ? [] : [.. key.SecretHash];
        public long AskedAt { get; } = askedAt;

        public bool TakeRenewal() => Interlocked.Exchange(ref _renewing, 1) == 0;

        public bool NoteUse(DateTimeOffset now)
        {
            var minute = now.Ticks / TimeSpan.TicksPerMinute;
            return Interlocked.Exchange(ref _notedMinute, minute) != minute;
        }
    }
}

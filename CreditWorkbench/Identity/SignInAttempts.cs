using System.Collections.Concurrent;

namespace CreditWorkbench.Web.Identity;

/// <summary>Counts failed tries with e-mails that belong to nobody, so that the answers to them are those of a real account.</summary>
/// <remarks>In memory and bounded: what is lost on a restart reveals nothing either.</remarks>
public sealed class SignInAttempts(TimeProvider time)
{
    private const int Bound = 10_000;
    private readonly ConcurrentDictionary<string, (int Failed, DateTimeOffset Until)> _tries = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>End of the lock of an e-mail; null when it is not locked.</summary>
    /// <param name="email">What was typed.</param>
    /// <param name="allowed">Tries before the account is locked.</param>
    public DateTimeOffset? LockedUntil(string email, int allowed) =>
        _tries.TryGetValue(email.Trim(), out var seen) && seen.Failed >= allowed && seen.Until > time.GetUtcNow() ? seen.Until : null;

    /// <summary>Counts one more failed try and says how many are left.</summary>
    /// <param name="email">What was typed.</param>
    /// <param name="allowed">Tries before the account is locked.</param>
    /// <param name="locked">How long it is locked then.</param>
    /// <returns>Tries left, and the end of the lock when none are.</returns>
    public (int Left, DateTimeOffset? LockedUntil) Fail(string email, int allowed, TimeSpan locked)
    {
        var now = time.GetUtcNow();
        if (_tries.Count > Bound) _tries.Clear();
        var (failed, until) = _tries.AddOrUpdate(email.Trim(), _ => (1, now + locked),
            (_, seen) => seen.Failed >= allowed ? (seen.Until > now ? seen : (1, now + locked)) : (seen.Failed + 1, now + locked));
        return failed >= allowed ? (0, until) : (allowed - failed, null);
    }
}

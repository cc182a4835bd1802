using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Store.Rows;
using Microsoft.EntityFrameworkCore;

namespace CreditWorkbench.Core.Store;

/// <summary>Whom a refresh token belongs to.</summary>
/// <param name="UserId">The person.</param>
/// <param name="SessionId">The session that it goes on with.</param>
public sealed record RefreshedSession(Guid UserId, Guid SessionId);

/// <summary>Tokens that go on with a session of the API. Each is good for one use; a second use means that somebody copied it, and ends the session.</summary>
public sealed class RefreshTokens
{
    private readonly StoreWriter _writer;
    private readonly TimeProvider _time;

    internal RefreshTokens(StoreWriter writer, TimeProvider time) => (_writer, _time) = (writer, time);

    /// <summary>Keeps the hash of a new one; those that have lapsed go.</summary>
    /// <param name="hash">SHA-256 of the token, 32 bytes.</param>
    /// <param name="session">Whose.</param>
    /// <param name="lifetime">How long it is good.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public Task IssueAsync(byte[] hash, RefreshedSession session, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        return _writer.WriteAsync(
            async context =>
            {
                await context.RefreshTokens.Where(row => row.ExpiresAt < now).ExecuteDeleteAsync(cancellationToken);
                context.RefreshTokens.Add(new RefreshTokenRow { Hash = hash, SessionId = session.SessionId, UserId = session.UserId, ExpiresAt = now + lifetime });
                return true;
            }, [], cancellationToken);
    }

    /// <summary>Uses one up. <c>credentials.refresh</c> when it is unknown, lapsed or was used; the last ends its session, wherever that goes on.</summary>
    public async Task<Outcome<RefreshedSession>> UseAsync(byte[] hash, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        return await _writer.WriteAsync<Outcome<RefreshedSession>>(
            async context =>
            {
                var row = await context.RefreshTokens.AsNoTracking().SingleOrDefaultAsync(row => row.Hash == hash, cancellationToken);
                if (row is null || row.ExpiresAt < now) return Unknown;
                // Of two at the same time one is first; the other finds it used.
                var first = await context.RefreshTokens.Where(each => each.Hash == hash && each.UsedAt == null).ExecuteUpdateAsync(set => set.SetProperty(each => each.UsedAt, now), cancellationToken) == 1;
                if (first) return new RefreshedSession(row.UserId, row.SessionId);
                await context.Sessions.Where(each => each.Id == row.SessionId && each.EndedAt == null).ExecuteUpdateAsync(set => set.SetProperty(each => each.EndedAt, now), cancellationToken);
                return Unknown;
            }, [], cancellationToken);
    }

    private static Problem Unknown { get; } = new("credentials.refresh", "The refresh token is not valid any more.") { Remedy = "Sign in again." };
}

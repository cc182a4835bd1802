using CreditWorkbench.Core.Store.Rows;
using Microsoft.EntityFrameworkCore;

namespace CreditWorkbench.Core.Store;

/// <summary>A sign-in of a user on one device.</summary>
/// <param name="Id">Identity; stands in the cookie.</param>
/// <param name="UserId">Whose.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="SeenAt">When it was last used, to the minute.</param>
/// <param name="Device">Browser and system, as the browser names itself.</param>
/// <param name="Address">Network address it began from.</param>
public sealed record SignInSession(Guid Id, Guid UserId, DateTimeOffset StartedAt, DateTimeOffset SeenAt, string Device, string Address);

/// <summary>Sign-ins that last. One that was ended is refused at its next request, wherever it is.</summary>
public sealed class SignInSessions(IDbContextFactory<WorkbenchContext> contexts, TimeProvider time)
{
    private const int MostCharacters = 200;
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(1);

    /// <summary>Begins one; those that nobody has used for thirty days go.</summary>
    public async Task<Guid> BeginAsync(Guid userId, string device, string address, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var oldest = now - Kept;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.Sessions.Where(row => row.UserId == userId && row.SeenAt < oldest).ExecuteDeleteAsync(cancellationToken);
        var row = new SessionRow { Id = Guid.CreateVersion7(), UserId = userId, StartedAt = now, SeenAt = now, Device = Cut(device, MostCharacters), Address = Cut(address, 64) };
        context.Sessions.Add(row);
        await context.SaveChangesAsync(cancellationToken);
        return row.Id;
    }

    /// <summary>Whether one still lasts; notes that it was used.</summary>
    public async Task<bool> SeenAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await context.Sessions.AsNoTracking().Where(row => row.Id == id && row.EndedAt == null).Select(row => new { row.SeenAt }).SingleOrDefaultAsync(cancellationToken);
        if (row is null) return false;
        var now = time.GetUtcNow();
        if (now - row.SeenAt >= Step) await context.Sessions.Where(each => each.Id == id).ExecuteUpdateAsync(set => set.SetProperty(each => each.SeenAt, now), cancellationToken);
        return true;
    }

    /// <summary>Those of a user that last: not ended, and used within the thirty minutes after which a cookie lapses, or held by a refresh token that
    /// may still go on with it; most recently used first.</summary>
    public async Task<IReadOnlyList<SignInSession>> OfAsync(Guid userId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var since = now - Idle;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Sessions.AsNoTracking().Where(row => row.UserId == userId && row.EndedAt == null)
            .Where(row => row.SeenAt >= since || context.RefreshTokens.Any(token => token.SessionId == row.Id && token.UsedAt == null && token.ExpiresAt >= now))
            .OrderByDescending(row => row.SeenAt).ThenByDescending(row => row.Id)
            .Select(row => new SignInSession(row.Id, row.UserId, row.StartedAt, row.SeenAt, row.Device, row.Address)).ToListAsync(cancellationToken);
    }

    /// <summary>Ends one of a user; false when it is not theirs or has ended.</summary>
    public async Task<bool> EndAsync(Guid userId, Guid id, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Sessions.Where(row => row.Id == id && row.UserId == userId && row.EndedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.EndedAt, now), cancellationToken) > 0;
    }

    /// <summary>Ends all of a user, or all but one.</summary>
    /// <returns>How many were ended.</returns>
    public async Task<int> EndAllAsync(Guid userId, Guid? but, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Sessions.Where(row => row.UserId == userId && row.EndedAt == null && row.Id != but)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.EndedAt, now), cancellationToken);
    }

    private static string Cut(string text, int most) => text.Length <= most ? text : text[..most];
}

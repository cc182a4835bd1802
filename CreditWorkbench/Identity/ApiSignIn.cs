using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Store;
using CreditWorkbench.Web.Endpoints;
using Microsoft.AspNetCore.Identity;

namespace CreditWorkbench.Web.Identity;

/// <summary>Tokens of a session.</summary>
/// <param name="AccessToken">Opens calls.</param>
/// <param name="RefreshToken">Gets the next pair, once.</param>
public sealed record TokenPair(string AccessToken, string RefreshToken);

/// <summary>Where a client comes from, for the list of sessions.</summary>
/// <param name="Agent">As it names itself.</param>
/// <param name="Address">Network address.</param>
public sealed record ClientPlace(string Agent, string Address);

/// <summary>Signs people in and goes on with their sessions by tokens; gives client systems tokens for their keys.</summary>
public sealed class ApiSignIn(SignInDesk desk, UserManager<WorkbenchUser> users, SignInSessions sessions, RefreshTokens refreshTokens, AccessTokens accessTokens)
{
    private const int LongestInput = 256;
    private const int TokenBytes = 32;
    private static readonly TimeSpan RefreshLifetime = TimeSpan.FromDays(14);

    /// <summary>Begins a session.</summary>
    public async Task<Outcome<TokenPair>> BeginAsync(string email, string password, string? code, ClientPlace place, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(place);
        if (email.Length > LongestInput || password.Length > LongestInput || code?.Length > LongestInput) return Wrong;
        var (answer, user) = await desk.CheckAsync(email, password, code, cancellationToken);
        if (user is null) return RefusalOf(answer.End);
        var session = new RefreshedSession(user.Id, await sessions.BeginAsync(user.Id, place.Agent, place.Address, cancellationToken));
        return await PairAsync(user, session, cancellationToken);
    }

    /// <summary>Goes on with a session: the refresh token is used up. A second use of one ends the session.</summary>
    public async Task<Outcome<TokenPair>> RefreshAsync(string refreshToken, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(refreshToken);
        if (refreshToken.Length > LongestInput) return Ended;
        if (!(await refreshTokens.UseAsync(HashOf(refreshToken), cancellationToken)).TryGet(out var session, out var problems)) return Outcome<TokenPair>.Refused(problems);
        if (!await sessions.SeenAsync(session.SessionId, cancellationToken)) return Ended;
        if (await users.FindByIdAsync(session.UserId.ToString()) is not { } user || await users.IsLockedOutAsync(user)) return Ended;
        return await PairAsync(user, session, cancellationToken);
    }

    /// <summary>Ends the session of the caller; false when the call has none.</summary>
    public async Task<bool> EndAsync(System.Security.Claims.ClaimsPrincipal person, CancellationToken cancellationToken) =>
        WorkbenchSignIn.SessionOf(person) is { } session && Actors.From(person) is { } actor && await sessions.EndAsync(actor.Id, session, cancellationToken);

    private async Task<TokenPair> PairAsync(WorkbenchUser user, RefreshedSession session, CancellationToken cancellationToken)
    {
        var refresh = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));
        await refreshTokens.IssueAsync(HashOf(refresh), session, RefreshLifetime, cancellationToken);
        return new TokenPair(accessTokens.ForPerson(user.Id, session.SessionId, await users.GetSecurityStampAsync(user)), refresh);
    }

    private static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    private static Problem Wrong { get; } = new("credentials.wrong", "E-mail or password is wrong.") { Remedy = "Mind capitals; after a few tries the account is locked for a while." };

    private static Problem Ended { get; } = new("credentials.refresh", "The refresh token is not valid any more.") { Remedy = "Sign in again." };

    private static Problem RefusalOf(SignInEnd end) => end switch
    {
        SignInEnd.CodeNeeded => new Problem("credentials.codeNeeded", "This account asks for the code of its authenticator.") { Field = "twoFactorCode", Remedy = "Send it as twoFactorCode." },
        SignInEnd.Locked => new Problem("credentials.locked", "There were too many tries, or an admin locked the account.") { Remedy = "Wait a quarter of an hour, or ask an admin." },
        _ => Wrong,
    };
}

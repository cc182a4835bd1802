using System.Buffers.Binary;
using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Store;
using CreditWorkbench.Web.Endpoints;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;

namespace CreditWorkbench.Web.Identity;

/// <summary>Bearer tokens of half an hour, for people and for client systems. A token names a session or key and the person's security stamp; both are
/// looked at anew every few seconds, so that signing out, a lock, another role or another password ends it.</summary>
public sealed class AccessTokens(IDataProtectionProvider protection, KnownKeys keys, SignInSessions sessions, IServiceScopeFactory scopes, TimeProvider time)
{
    /// <summary>How long a token is good.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    private const byte OfPerson = 1;
    private const byte OfClient = 2;
    private const int StampSize = 16;
    private const int Size = 1 + 16 + 16 + StampSize + sizeof(long);
    private const int LongestText = 1_000;
    private const int Bound = 10_000;
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(4);
    private readonly IDataProtector _protector = protection.CreateProtector("CreditWorkbench.AccessToken.1");
    private readonly ConcurrentDictionary<string, Known> _known = new(StringComparer.Ordinal);

    /// <summary>A token for a session of a person.</summary>
    public string ForPerson(Guid userId, Guid sessionId, string stamp) => Write(OfPerson, userId, sessionId, StampOf(stamp));

    /// <summary>A token for a client system.</summary>
    public string ForClient(Guid keyId) => Write(OfClient, keyId, Guid.Empty, new byte[StampSize]);

    /// <summary>The caller that a token stands for; <c>credentials.invalid</c>, <c>credentials.expired</c> or <c>credentials.revoked</c>.</summary>
    public async ValueTask<Outcome<ApiPrincipal>> FindAsync(string text, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (_known.TryGetValue(text, out var known) && (known.Token.Kind == OfClient || time.GetElapsedTime(known.AskedAt) < Fresh)) return await StandingAsync(known, cancellationToken);
        var asked = time.GetTimestamp();
        if (Read(text) is not { } token) return KnownKeys.Invalid;
        known = new Known(token, token.Kind == OfPerson && token.ExpiresAt > time.GetUtcNow() ? await PersonAsync(token, cancellationToken) : null, asked);
        if (_known.Count >= Bound) _known.Clear();
        _known[text] = known;
        return await StandingAsync(known, cancellationToken);
    }

    // Keys are known for a few seconds themselves: what is known of a client's token is only what stands in it.
    private ValueTask<Outcome<ApiPrincipal>> StandingAsync(Known known, CancellationToken cancellationToken)
    {
        if (known.Token.ExpiresAt <= time.GetUtcNow()) return ValueTask.FromResult<Outcome<ApiPrincipal>>(Expired);
        return known.Person is { } person ? ValueTask.FromResult(person) : keys.FindAsync(known.Token.Subject, cancellationToken);
    }

    private static Problem Expired { get; } = new("credentials.expired", "The token has expired.") { Remedy = "Use the refresh token, or sign in again." };

    private static Problem Revoked { get; } = new("credentials.revoked", "The session of this token has ended.") { Remedy = "Sign in again." };

    private async Task<Outcome<ApiPrincipal>> PersonAsync(Token token, CancellationToken cancellationToken)
    {
        if (!await sessions.SeenAsync(token.Session, cancellationToken)) return Revoked;
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<WorkbenchUser>>();
        if (await users.FindByIdAsync(token.Subject.ToString()) is not { } user || await users.IsLockedOutAsync(user)) return Revoked;
        if (!CryptographicOperations.FixedTimeEquals(StampOf(await users.GetSecurityStampAsync(user)), token.Stamp)) return Revoked;
        var principal = await scope.ServiceProvider.GetRequiredService<IUserClaimsPrincipalFactory<WorkbenchUser>>().CreateAsync(user);
        var identity = (ClaimsIdentity)principal.Identity!;
        identity.AddClaim(new Claim(WorkbenchSignIn.SessionClaim, token.Session.ToString()));
        return new ApiPrincipal(Actors.From(principal)!, identity);
    }

    private static byte[] StampOf(string stamp) => SHA256.HashData(Encoding.UTF8.GetBytes(stamp))[..StampSize];

    private string Write(byte kind, Guid subject, Guid session, ReadOnlySpan<byte> stamp)
    {
        var plain = new byte[Size];
        plain[0] = kind;
        subject.TryWriteBytes(plain.AsSpan(1));
        session.TryWriteBytes(plain.AsSpan(17));
        stamp.CopyTo(plain.AsSpan(33));
        BinaryPrimitives.WriteInt64LittleEndian(plain.AsSpan(33 + StampSize), (time.GetUtcNow() + Lifetime).UtcTicks);
        return Base64Url.EncodeToString(_protector.Protect(plain));
    }

    private Token? Read(string text)
    {
        if (text.Length > LongestText || !Base64Url.IsValid(text)) return null;
        try
        {
            var plain = _protector.Unprotect(Base64Url.DecodeFromChars(text));
            return plain.Length == Size
                ? new Token(plain[0], new Guid(plain.AsSpan(1, 16)), new Guid(plain.AsSpan(17, 16)), plain[33..(33 + StampSize)], new DateTimeOffset(BinaryPrimitives.ReadInt64LittleEndian(plain.AsSpan(33 + StampSize)), TimeSpan.Zero))
                : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private sealed record Token(byte Kind, Guid Subject, Guid Session, byte[] Stamp, DateTimeOffset ExpiresAt);

    private sealed record Known(Token Token, Outcome<ApiPrincipal>? Person, long AskedAt);
}

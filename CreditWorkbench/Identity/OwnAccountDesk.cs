using System.Security.Claims;
using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Store;
using CreditWorkbench.Web.Resources;
using Microsoft.AspNetCore.Identity;

namespace CreditWorkbench.Web.Identity;

/// <summary>What the own account shows.</summary>
/// <param name="TwoFactor">Whether a code is asked for at sign-in.</param>
/// <param name="Key">Key to type into an authenticator, in groups of four; null once it is set up.</param>
/// <param name="KeyAddress">The same key as the address that an authenticator reads from a picture; null once it is set up.</param>
/// <param name="RecoveryCodes">Recovery codes that are left.</param>
/// <param name="Sessions">Sessions that last, most recently used first.</param>
public sealed record OwnAccount(bool TwoFactor, string? Key, string? KeyAddress, int RecoveryCodes, IReadOnlyList<SignInSession> Sessions);

/// <summary>How a deed on the own account ended.</summary>
/// <param name="Problems">What stands in the way, as sentences; empty when done.</param>
/// <param name="RecoveryCodes">New recovery codes, shown once; empty for deeds that make none.</param>
public sealed record OwnAnswer(IReadOnlyList<string> Problems, IReadOnlyList<string> RecoveryCodes)
{
    /// <summary>Done, nothing to show.</summary>
    public static OwnAnswer Done { get; } = new([], []);

    /// <summary>Refused, in words.</summary>
    public static OwnAnswer Refused(params IReadOnlyList<string> problems) => new(problems, []);
}

/// <summary>The own account: password, second factor with recovery codes, sessions.</summary>
public sealed class OwnAccountDesk(SignInManager<WorkbenchUser> signIn, SignInSessions sessions, IAuditTrail trail)
{
    private const string Issuer = "CreditWorkbench";
    private const int Codes = 10;

    private UserManager<WorkbenchUser> Users => signIn.UserManager;

    /// <summary>The account; makes an authenticator key when there is none yet. Null when the user is gone.</summary>
    public async Task<OwnAccount?> ReadAsync(ClaimsPrincipal person, CancellationToken cancellationToken)
    {
        if (await Users.GetUserAsync(person) is not { } user) return null;
        var lasting = await sessions.OfAsync(user.Id, cancellationToken);
        if (await Users.GetTwoFactorEnabledAsync(user)) return new OwnAccount(true, null, null, await Users.CountRecoveryCodesAsync(user), lasting);
        if (await Users.GetAuthenticatorKeyAsync(user) is not { Length: > 0 })
        {
            await Users.ResetAuthenticatorKeyAsync(user);
            await signIn.RefreshSignInAsync(user);
        }
        var key = await Users.GetAuthenticatorKeyAsync(user) ?? "";
        var address = $"otpauth://totp/{Issuer}:{Uri.EscapeDataString(user.Email ?? "")}?secret={key}&issuer={Issuer}&digits=6";
        return new OwnAccount(false, string.Join(' ', key.Chunk(4).Select(group => new string(group))).ToLowerInvariant(), address, 0, lasting);
    }

    /// <summary>Asks for a code from now on, when the first one is right; makes the recovery codes.</summary>
    public async Task<OwnAnswer> EnableAsync(ClaimsPrincipal person, string code, CancellationToken cancellationToken)
    {
        if (await Users.GetUserAsync(person) is not { } user) return OwnAnswer.Refused(Texts.T("signIn.wrongCode"));
        var digits = new string([.. code.Where(char.IsAsciiDigit)]);
        if (!await Users.VerifyTwoFactorTokenAsync(user, Users.Options.Tokens.AuthenticatorTokenProvider, digits)) return OwnAnswer.Refused(Texts.T("account.codeWrong"));
        await Users.SetTwoFactorEnabledAsync(user, true);
        var made = await Users.GenerateNewTwoFactorRecoveryCodesAsync(user, Codes) ?? [];
        await AfterAsync(user, "user.twoFactorEnabled", cancellationToken);
        return new OwnAnswer([], [.. made]);
    }

    /// <summary>Asks for no code any more, when the password is right.</summary>
    public async Task<OwnAnswer> DisableAsync(ClaimsPrincipal person, string password, CancellationToken cancellationToken)
    {
        if (await ProvenAsync(person, password, cancellationToken) is not { } user) return OwnAnswer.Refused(Texts.T("account.passwordWrong"));
        await Users.SetTwoFactorEnabledAsync(user, false);
        await Users.ResetAuthenticatorKeyAsync(user);
        await AfterAsync(user, "user.twoFactorDisabled", cancellationToken);
        return OwnAnswer.Done;
    }

    /// <summary>New recovery codes, when the password is right; the old ones are worth nothing any more.</summary>
    public async Task<OwnAnswer> RenewCodesAsync(ClaimsPrincipal person, string password, CancellationToken cancellationToken)
    {
        if (await ProvenAsync(person, password, cancellationToken) is not { } user) return OwnAnswer.Refused(Texts.T("account.passwordWrong"));
        if (!await Users.GetTwoFactorEnabledAsync(user)) return OwnAnswer.Refused(Texts.T("account.twoFactorOff"));
        var made = await Users.GenerateNewTwoFactorRecoveryCodesAsync(user, Codes) ?? [];
        await AfterAsync(user, "user.recoveryCodesRenewed", cancellationToken);
        return new OwnAnswer([], [.. made]);
    }

    /// <summary>Changes the password; every other session ends.</summary>
    public async Task<OwnAnswer> ChangePasswordAsync(ClaimsPrincipal person, string old, string next, CancellationToken cancellationToken)
    {
        if (await ProvenAsync(person, old, cancellationToken) is not { } user) return OwnAnswer.Refused(Texts.T("account.passwordWrong"));
        var changed = await Users.ChangePasswordAsync(user, old, next);
        if (!changed.Succeeded) return OwnAnswer.Refused(IdentityWords.Of(changed));
        await sessions.EndAllAsync(user.Id, WorkbenchSignIn.SessionOf(person), cancellationToken);
        await AfterAsync(user, "user.passwordChanged", cancellationToken);
        return OwnAnswer.Done;
    }

    /// <summary>Ends one of the own sessions, or with null every other one.</summary>
    public async Task<OwnAnswer> EndSessionAsync(ClaimsPrincipal person, Guid? session, CancellationToken cancellationToken)
    {
        if (await Users.GetUserAsync(person) is not { } user) return OwnAnswer.Refused(Texts.T("account.sessionGone"));
        var here = WorkbenchSignIn.SessionOf(person);
        var ended = session is { } one ? one != here && await sessions.EndAsync(user.Id, one, cancellationToken) : await sessions.EndAllAsync(user.Id, here, cancellationToken) >= 0;
        if (!ended) return OwnAnswer.Refused(Texts.T("account.sessionGone"));
        await NoteAsync(user, "user.sessionEnded", cancellationToken);
        return OwnAnswer.Done;
    }

    // Who found an open session shall not find the password by trying: a wrong one counts as at sign-in, and the lock ends the session.
    private async Task<WorkbenchUser?> ProvenAsync(ClaimsPrincipal person, string password, CancellationToken cancellationToken)
    {
        if (await Users.GetUserAsync(person) is not { } user || await Users.IsLockedOutAsync(user)) return null;
        if (await Users.CheckPasswordAsync(user, password))
        {
            await Users.ResetAccessFailedCountAsync(user);
            return user;
        }

        await Users.AccessFailedAsync(user);
        if (await Users.IsLockedOutAsync(user)) await NoteAsync(user, "user.locked", cancellationToken);
        return null;
    }

    private async Task AfterAsync(WorkbenchUser user, string kind, CancellationToken cancellationToken)
    {
        await signIn.RefreshSignInAsync(user);
        await NoteAsync(user, kind, cancellationToken);
    }

    private Task NoteAsync(WorkbenchUser user, string kind, CancellationToken cancellationToken) =>
        trail.AppendAsync([new AuditDraft(new Actor(user.Id, user.DisplayName, ActorKind.User, new HashSet<Permission>()), kind, user.Id.ToString(), new Dictionary<string, string?>())], cancellationToken);
}

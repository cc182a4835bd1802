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
public sealed record OwnAccount(bool TwoFactor, string? Key);

/// <summary>The own account: password and second factor.</summary>
public sealed class OwnAccountDesk(SignInManager<WorkbenchUser> signIn, IAuditTrail trail)
{
    private UserManager<WorkbenchUser> Users => signIn.UserManager;

    /// <summary>The account; makes an authenticator key when there is none yet. Null when the user is gone.</summary>
    public async Task<OwnAccount?> ReadAsync(ClaimsPrincipal person)
    {
        if (await Users.GetUserAsync(person) is not { } user) return null;
        if (await Users.GetTwoFactorEnabledAsync(user)) return new OwnAccount(true, null);
        if (await Users.GetAuthenticatorKeyAsync(user) is not { Length: > 0 })
        {
            await Users.ResetAuthenticatorKeyAsync(user);
            await signIn.RefreshSignInAsync(user);
        }
        var key = await Users.GetAuthenticatorKeyAsync(user) ?? "";
        return new OwnAccount(false, string.Join(' ', key.Chunk(4).Select(group => new string(group))).ToLowerInvariant());
    }

    /// <summary>Asks for a code from now on, when the first one is right.</summary>
    public async Task<IReadOnlyList<string>> EnableAsync(ClaimsPrincipal person, string code, CancellationToken cancellationToken)
    {
        if (await Users.GetUserAsync(person) is not { } user) return [Texts.T("signIn.wrongCode")];
        var digits = new string([.. code.Where(char.IsAsciiDigit)]);
        if (!await Users.VerifyTwoFactorTokenAsync(user, Users.Options.Tokens.AuthenticatorTokenProvider, digits)) return [Texts.T("account.codeWrong")];
        await Users.SetTwoFactorEnabledAsync(user, true);
        await AfterAsync(user, "user.twoFactorEnabled", cancellationToken);
        return [];
    }

    /// <summary>Asks for no code any more, when the password is right.</summary>
    public async Task<IReadOnlyList<string>> DisableAsync(ClaimsPrincipal person, string password, CancellationToken cancellationToken)
    {
        if (await Users.GetUserAsync(person) is not { } user || !await Users.CheckPasswordAsync(user, password)) return [Texts.T("account.passwordWrong")];
        await Users.SetTwoFactorEnabledAsync(user, false);
        await Users.ResetAuthenticatorKeyAsync(user);
        await AfterAsync(user, "user.twoFactorDisabled", cancellationToken);
        return [];
    }

    /// <summary>Changes the password; every other session ends.</summary>
    public async Task<IReadOnlyList<string>> ChangePasswordAsync(ClaimsPrincipal person, string old, string next, CancellationToken cancellationToken)
    {
        if (await Users.GetUserAsync(person) is not { } user) return [Texts.T("account.passwordWrong")];
        var changed = await Users.ChangePasswordAsync(user, old, next);
        if (!changed.Succeeded) return IdentityWords.Of(changed);
        await AfterAsync(user, "user.passwordChanged", cancellationToken);
        return [];
    }

    private async Task AfterAsync(WorkbenchUser user, string kind, CancellationToken cancellationToken)
    {
        await signIn.RefreshSignInAsync(user);
        var actor = new Actor(user.Id, user.DisplayName, ActorKind.User, new HashSet<Permission>());
        await trail.AppendAsync([new AuditDraft(actor, kind, user.Id.ToString(), new Dictionary<string, string?>())], cancellationToken);
    }
}

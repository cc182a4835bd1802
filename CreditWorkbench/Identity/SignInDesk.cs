using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Store;
using Microsoft.AspNetCore.Identity;

namespace CreditWorkbench.Web.Identity;

/// <summary>How a try to sign in ended.</summary>
public enum SignInEnd
{
    /// <summary>In.</summary>
    SignedIn,
    /// <summary>The password is right; the code of the authenticator is asked for next.</summary>
    CodeNeeded,
    /// <summary>E-mail, password or code is wrong.</summary>
    Wrong,
    /// <summary>Too many tries.</summary>
    Locked,
}

/// <summary>Answer to a try.</summary>
/// <param name="End">How it ended.</param>
/// <param name="TriesLeft">Tries before the account is locked; 0 unless wrong.</param>
/// <param name="LockedUntil">End of the lock; null unless locked.</param>
public sealed record SignInAnswer(SignInEnd End, int TriesLeft = 0, DateTimeOffset? LockedUntil = null);

/// <summary>Signs people in: password, then the code where one is set up; counts tries, locks, and writes to the audit trail.</summary>
public sealed class SignInDesk(SignInManager<WorkbenchUser> signIn, SignInAttempts strangers, IAuditTrail trail, TimeProvider time)
{
    private UserManager<WorkbenchUser> Users => signIn.UserManager;

    /// <summary>First step.</summary>
    public async Task<SignInAnswer> PasswordAsync(string email, string password, CancellationToken cancellationToken)
    {
        if (await Users.FindByEmailAsync(email) is not { } user) return Stranger(email, password);
        var result = await signIn.PasswordSignInAsync(user, password, isPersistent: false, lockoutOnFailure: true);
        return await AnswerAsync(user, result, cancellationToken);
    }

    /// <summary>Second step: the six digits of the authenticator, or one of the recovery codes, which is used up by it.</summary>
    public async Task<SignInAnswer> CodeAsync(string code, CancellationToken cancellationToken)
    {
        if (await signIn.GetTwoFactorAuthenticationUserAsync() is not { } user) return new SignInAnswer(SignInEnd.Wrong);
        // The framework lets a recovery code through whatever became of the account since the password.
        if (await Users.IsLockedOutAsync(user)) return await AnswerAsync(user, SignInResult.LockedOut, cancellationToken);
        var digits = new string([.. code.Where(char.IsAsciiDigit)]);
        var result = code.Any(char.IsAsciiLetter)
            ? await signIn.TwoFactorRecoveryCodeSignInAsync(code.Trim().ToUpperInvariant())
            : await signIn.TwoFactorAuthenticatorSignInAsync(digits, isPersistent: false, rememberClient: false);
        return await AnswerAsync(user, result, cancellationToken);
    }

    /// <summary>Checks e-mail, password and, where one is set up, the code, without a cookie: for clients that get tokens instead.</summary>
    /// <returns>The answer; with the user when it is <see cref="SignInEnd.SignedIn"/>.</returns>
    public async Task<(SignInAnswer Answer, WorkbenchUser? User)> CheckAsync(string email, string password, string? code, CancellationToken cancellationToken)
    {
        if (await Users.FindByEmailAsync(email) is not { } user) return (Stranger(email, password), null);
        var result = await signIn.CheckPasswordSignInAsync(user, password, lockoutOnFailure: true);
        if (result.Succeeded && await Users.GetTwoFactorEnabledAsync(user)) result = await CheckCodeAsync(user, code);
        var answer = await AnswerAsync(user, result, cancellationToken);
        return (answer, answer.End == SignInEnd.SignedIn ? user : null);
    }

    /// <summary>Signs in without a password: demo installations only.</summary>
    public async Task<bool> DemoAsync(string email, CancellationToken cancellationToken)
    {
        if (await Users.FindByEmailAsync(email) is not { } user) return false;
        await signIn.SignInAsync(user, isPersistent: false);
        await ArrivedAsync(user, cancellationToken);
        return true;
    }

    private SignInAnswer Stranger(string email, string password)
    {
        var lockout = Users.Options.Lockout;
        // A locked account is refused before its password is looked at: a locked stranger as fast.
        if (strangers.LockedUntil(email, lockout.MaxFailedAccessAttempts) is { } locked) return new SignInAnswer(SignInEnd.Locked, 0, locked);
        _ = Users.PasswordHasher.HashPassword(new WorkbenchUser(), password); // as slow as a real check
        var (left, until) = strangers.Fail(email, lockout.MaxFailedAccessAttempts, lockout.DefaultLockoutTimeSpan);
        return until is null ? new SignInAnswer(SignInEnd.Wrong, left) : new SignInAnswer(SignInEnd.Locked, 0, until);
    }

    // A wrong code counts as a wrong password does: six digits must not be open to guessing.
    private async Task<SignInResult> CheckCodeAsync(WorkbenchUser user, string? code)
    {
        if (string.IsNullOrWhiteSpace(code)) return SignInResult.TwoFactorRequired;
        var right = code.Any(char.IsAsciiLetter)
            ? (await Users.RedeemTwoFactorRecoveryCodeAsync(user, code.Trim().ToUpperInvariant())).Succeeded
            : await Users.VerifyTwoFactorTokenAsync(user, Users.Options.Tokens.AuthenticatorTokenProvider, new string([.. code.Where(char.IsAsciiDigit)]));
        if (right)
        {
            await Users.ResetAccessFailedCountAsync(user);
            return SignInResult.Success;
        }

        await Users.AccessFailedAsync(user);
        return await Users.IsLockedOutAsync(user) ? SignInResult.LockedOut : SignInResult.Failed;
    }

    private async Task<SignInAnswer> AnswerAsync(WorkbenchUser user, SignInResult result, CancellationToken cancellationToken)
    {
        if (result.RequiresTwoFactor) return new SignInAnswer(SignInEnd.CodeNeeded);
        if (result.IsLockedOut)
        {
            await NoteAsync(user, "user.locked", cancellationToken);
            return new SignInAnswer(SignInEnd.Locked, 0, await Users.GetLockoutEndDateAsync(user));
        }
        if (!result.Succeeded)
        {
            await NoteAsync(user, "user.signInFailed", cancellationToken);
            return new SignInAnswer(SignInEnd.Wrong, Users.Options.Lockout.MaxFailedAccessAttempts - await Users.GetAccessFailedCountAsync(user));
        }
        await ArrivedAsync(user, cancellationToken);
        return new SignInAnswer(SignInEnd.SignedIn);
    }

    private async Task ArrivedAsync(WorkbenchUser user, CancellationToken cancellationToken)
    {
        user.LastSignInAt = time.GetUtcNow();
        await Users.UpdateAsync(user);
        await NoteAsync(user, "user.signedIn", cancellationToken);
    }

    private Task NoteAsync(WorkbenchUser user, string kind, CancellationToken cancellationToken) =>
        trail.AppendAsync([new AuditDraft(new Actor(user.Id, user.DisplayName, ActorKind.User, new HashSet<Permission>()), kind, user.Id.ToString(), new Dictionary<string, string?>())], cancellationToken);
}

using System.Buffers.Text;
using System.Text;
using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Store;
using CreditWorkbench.Web.Resources;
using Microsoft.AspNetCore.Identity;

namespace CreditWorkbench.Web.Identity;

/// <summary>Redeems the links that set a password once: an invitation, or a reset by an admin.</summary>
public sealed class InvitationDesk(UserManager<WorkbenchUser> users, IAuditTrail trail)
{
    private const int MostCharacters = 2_000;

    /// <summary>Name and e-mail of the person a link is for; null when it is used up, too old or wrong.</summary>
    public async Task<(string Name, string Email)?> FindAsync(Guid userId, string? token) =>
        await UserAsync(userId, token) is { } user ? (user.DisplayName, user.Email ?? "") : null;

    /// <summary>Sets the password; the link is used up by it.</summary>
    /// <returns>What stands in the way, as sentences; empty when done.</returns>
    public async Task<IReadOnlyList<string>> RedeemAsync(Guid userId, string? token, string password, CancellationToken cancellationToken)
    {
        if (await UserAsync(userId, token) is not { } user) return [Texts.T("invitation.gone")];
        var reset = await users.ResetPasswordAsync(user, Read(token)!, password);
        if (!reset.Succeeded) return IdentityWords.Of(reset);
        var actor = new Actor(user.Id, user.DisplayName, ActorKind.User, new HashSet<Permission>());
        await trail.AppendAsync([new AuditDraft(actor, "user.passwordSet", user.Id.ToString(), new Dictionary<string, string?>())], cancellationToken);
        return [];
    }

    private async Task<WorkbenchUser?> UserAsync(Guid userId, string? token) =>
        Read(token) is { } plain && await users.FindByIdAsync(userId.ToString()) is { } user
        && await users.VerifyUserTokenAsync(user, users.Options.Tokens.PasswordResetTokenProvider, UserManager<WorkbenchUser>.ResetPasswordTokenPurpose, plain) ? user : null;

    private static string? Read(string? token)
    {
        if (token is not { Length: > 0 and <= MostCharacters } || !Base64Url.IsValid(token)) return null;
        return Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token));
    }
}

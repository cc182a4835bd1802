using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Store;
using CreditWorkbench.Web.Resources;
using Microsoft.AspNetCore.Identity;

namespace CreditWorkbench.Web.Identity;

/// <summary>Makes the first admin of an installation in which nobody can sign in yet.</summary>
public sealed class FirstAdminDesk(UserManager<WorkbenchUser> users, FirstAdminToken token, IAuditTrail trail)
{
    /// <summary>Whether there is a token to redeem.</summary>
    public bool Open => token.Open;

    /// <summary>Makes the admin when the token fits and name, e-mail and password are good; the token is used up only then.</summary>
    /// <returns>What stands in the way, as sentences for the screen; empty when done.</returns>
    public async Task<IReadOnlyList<string>> CreateAsync(string given, string name, string email, string password, CancellationToken cancellationToken)
    {
        if (!token.Fits(given)) return [Texts.T("firstAdmin.wrongToken")];
        if (name.Length == 0) return [Texts.T("firstAdmin.nameMissing")];
        var user = new WorkbenchUser { UserName = email, Email = email, EmailConfirmed = true, DisplayName = name };
        foreach (var validator in users.UserValidators)
            if (await validator.ValidateAsync(users, user) is { Succeeded: false } refused) return IdentityWords.Of(refused);
        foreach (var validator in users.PasswordValidators)
            if (await validator.ValidateAsync(users, user, password) is { Succeeded: false } refused) return IdentityWords.Of(refused);
        if (!token.Redeem(given)) return [Texts.T("firstAdmin.wrongToken")];
        var created = await users.CreateAsync(user, password);
        if (created.Succeeded) created = await users.AddToRoleAsync(user, Roles.Admin);
        if (!created.Succeeded) return IdentityWords.Of(created);
        await trail.AppendAsync([new AuditDraft(Actor.System, "user.firstAdmin", user.Id.ToString(), new Dictionary<string, string?>())], cancellationToken);
        return [];
    }
}

/// <summary>What ASP.NET Core Identity refuses, in the words of the screens.</summary>
public static class IdentityWords
{
    /// <summary>One sentence per error; the framework's own where we have none.</summary>
    public static IReadOnlyList<string> Of(IdentityResult result) =>
        [.. result.Errors.Select(error => Texts.TOr("identity." + error.Code, error.Description)).Distinct()];
}

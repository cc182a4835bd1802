using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Store;
using CreditWorkbench.Web.Resources;
using Microsoft.AspNetCore.Identity;

namespace CreditWorkbench.Web.Identity;

/// <summary>A user as the admin sees it.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Name">Name for screens.</param>
/// <param name="Email">E-mail to sign in with.</param>
/// <param name="UserRoles">Roles, in the order of screens.</param>
/// <param name="TwoFactor">Whether a code is asked for.</param>
/// <param name="LockedUntil">End of a lock; null without one.</param>
/// <param name="LastSignInAt">Last sign-in; null before the first.</param>
public sealed record UserView(Guid Id, string Name, string Email, IReadOnlyList<string> UserRoles, bool TwoFactor, DateTimeOffset? LockedUntil, DateTimeOffset? LastSignInAt);

/// <summary>Users and their roles: list, add, lock, give roles. Every change ends the sessions of the user concerned.</summary>
public sealed class UserDesk(UserManager<WorkbenchUser> users, IAuditTrail trail, TimeProvider time)
{
    /// <summary>Everyone, by name.</summary>
    public async Task<Outcome<IReadOnlyList<UserView>>> ListAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.ManageUsers) is { } refusal) return refusal;
        var views = new List<UserView>();
        foreach (var user in users.Users.ToList().OrderBy(u => u.DisplayName, StringComparer.CurrentCulture))
        {
            cancellationToken.ThrowIfCancellationRequested();
            views.Add(await ViewAsync(user));
        }
        return views;
    }

    /// <summary>Adds a user with one role.</summary>
    public async Task<IReadOnlyList<string>> AddAsync(string name, string email, string password, string role, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.ManageUsers) is { } refusal) return [refusal.Message];
        if (name.Trim().Length == 0) return [Texts.T("firstAdmin.nameMissing")];
        var user = new WorkbenchUser { UserName = email.Trim(), Email = email.Trim(), EmailConfirmed = true, DisplayName = name.Trim() };
        var added = await users.CreateAsync(user, password);
        if (added.Succeeded) added = await users.AddToRoleAsync(user, role);
        if (!added.Succeeded) return IdentityWords.Of(added);
        await NoteAsync(actor, "user.added", user, role, cancellationToken);
        return [];
    }

    /// <summary>Gives a user exactly one role.</summary>
    public async Task<IReadOnlyList<string>> GiveRoleAsync(Guid id, string role, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.ManageUsers) is { } refusal) return [refusal.Message];
        if (id == actor.Id) return [Texts.T("users.notYourself")];
        if (await users.FindByIdAsync(id.ToString()) is not { } user) return [Texts.T("users.gone")];
        var changed = await users.RemoveFromRolesAsync(user, await users.GetRolesAsync(user));
        if (changed.Succeeded) changed = await users.AddToRoleAsync(user, role);
        if (!changed.Succeeded) return IdentityWords.Of(changed);
        await users.UpdateSecurityStampAsync(user);
        await NoteAsync(actor, "user.roleChanged", user, role, cancellationToken);
        return [];
    }

    /// <summary>Locks a user out until an admin lets the user in again, or does so.</summary>
    public async Task<IReadOnlyList<string>> LockAsync(Guid id, bool locked, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.ManageUsers) is { } refusal) return [refusal.Message];
        if (id == actor.Id) return [Texts.T("users.notYourself")];
        if (await users.FindByIdAsync(id.ToString()) is not { } user) return [Texts.T("users.gone")];
        var changed = await users.SetLockoutEndDateAsync(user, locked ? DateTimeOffset.MaxValue : null);
        if (changed.Succeeded && !locked) changed = await users.ResetAccessFailedCountAsync(user);
        if (!changed.Succeeded) return IdentityWords.Of(changed);
        await users.UpdateSecurityStampAsync(user);
        await NoteAsync(actor, locked ? "user.lockedByAdmin" : "user.unlocked", user, null, cancellationToken);
        return [];
    }

    private async Task<UserView> ViewAsync(WorkbenchUser user)
    {
        var held = await users.GetRolesAsync(user);
        return new UserView(user.Id, user.DisplayName, user.Email ?? "", [.. Roles.All.Where(held.Contains)], user.TwoFactorEnabled, user.LockoutEnd > time.GetUtcNow() ? user.LockoutEnd : null, user.LastSignInAt);
    }

    private Task NoteAsync(Actor actor, string kind, WorkbenchUser user, string? role, CancellationToken cancellationToken) =>
        trail.AppendAsync([new AuditDraft(actor, kind, user.Id.ToString(), role is null ? new Dictionary<string, string?>() : new Dictionary<string, string?> { ["role"] = role })], cancellationToken);
}

using System.Buffers.Text;
using System.Text;
using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Store;
using CreditWorkbench.Web.Resources;
using Microsoft.AspNetCore.Identity;

namespace CreditWorkbench.Web.Identity;

/// <summary>Users and their roles: list, add, invite, lock, give roles, reset. Every change ends the sessions of the user concerned.</summary>
public sealed class UserDesk(UserManager<WorkbenchUser> users, SignInSessions sessions, IAuditTrail trail, IAuditReader audit, TimeProvider time)
{
    private const int HistoryShown = 40;

    /// <summary>Everyone, by name.</summary>
    public async Task<Outcome<IReadOnlyList<UserView>>> ListAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.ManageUsers) is { } refusal) return refusal;
        var holders = new Dictionary<string, HashSet<Guid>>(StringComparer.Ordinal);
        foreach (var role in Roles.All)
        {
            cancellationToken.ThrowIfCancellationRequested();
            holders[role] = [.. (await users.GetUsersInRoleAsync(role)).Select(user => user.Id)];
        }

        return users.Users.AsEnumerable().OrderBy(user => user.DisplayName, StringComparer.CurrentCulture)
            .Select(user => ViewOf(user, [.. Roles.All.Where(role => holders[role].Contains(user.Id))])).ToList();
    }

    /// <summary>One user with sessions and history; <c>user.notFound</c> when there is none.</summary>
    public async Task<Outcome<UserDetail>> FindAsync(Guid id, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.ManageUsers) is { } refusal) return refusal;
        if (await users.FindByIdAsync(id.ToString()) is not { } user) return new Problem("user.notFound", "There is no such user.");
        var history = actor.May(Permission.ReadAudit) ? await audit.SearchAsync(new AuditQuery(SubjectId: id.ToString()) { Take = HistoryShown }, cancellationToken) : [];
        return new UserDetail(await ViewAsync(user), await sessions.OfAsync(id, cancellationToken), history);
    }

    /// <summary>Adds a user who signs in with a given password, or, without one, by a link that sets it once.</summary>
    public async Task<UserAnswer> AddAsync(string name, string email, string? password, IReadOnlyCollection<string> roles, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.ManageUsers) is { } refusal) return new UserAnswer([Components.Words.Of(refusal)]);
        if (name.Trim().Length == 0) return new UserAnswer([Texts.T("firstAdmin.nameMissing")]);
        if (RoleRules.Conflicts(roles) is { Count: > 0 } conflicts) return new UserAnswer(conflicts);
        var user = new WorkbenchUser { UserName = email.Trim(), Email = email.Trim(), EmailConfirmed = true, DisplayName = name.Trim() };
        var added = password is null ? await users.CreateAsync(user) : await users.CreateAsync(user, password);
        if (added.Succeeded) added = await users.AddToRolesAsync(user, roles);
        if (!added.Succeeded) return new UserAnswer(IdentityWords.Of(added));
        await NoteAsync(actor, password is null ? "user.invited" : "user.added", user, roles, cancellationToken);
        return new UserAnswer([], password is null ? await LinkAsync(user) : null, user.Id);
    }

    /// <summary>Makes a link that sets a password once; ends every session and, where there was one, takes the old password away. A lock stays.</summary>
    public Task<UserAnswer> ResetAsync(Guid id, Actor actor, CancellationToken cancellationToken) => ChangeAsync(id, actor, async user =>
    {
        var invited = user.PasswordHash is null;
        var changed = invited ? IdentityResult.Success : await users.RemovePasswordAsync(user);
        if (changed.Succeeded && await users.GetTwoFactorEnabledAsync(user)) changed = await users.SetTwoFactorEnabledAsync(user, false);
        if (changed.Succeeded) changed = await users.ResetAuthenticatorKeyAsync(user); // whoever holds the old device sets nothing up with it
        return (changed, invited ? "user.invitedAgain" : "user.reset", null, true);
    }, cancellationToken);

    /// <summary>Gives a user these roles and no others.</summary>
    public Task<UserAnswer> GiveRolesAsync(Guid id, IReadOnlyCollection<string> roles, Actor actor, CancellationToken cancellationToken)
    {
        if (RoleRules.Conflicts(roles) is { Count: > 0 } conflicts) return Task.FromResult(new UserAnswer(conflicts));
        return ChangeAsync(id, actor, async user =>
        {
            var held = await users.GetRolesAsync(user);
            var changed = await users.RemoveFromRolesAsync(user, held.Except(roles));
            if (changed.Succeeded) changed = await users.AddToRolesAsync(user, roles.Except(held));
            return (changed, "user.roleChanged", roles, false);
        }, cancellationToken);
    }

    /// <summary>Locks a user out until an admin lets the user in again, or does so.</summary>
    public Task<UserAnswer> LockAsync(Guid id, bool locked, Actor actor, CancellationToken cancellationToken) => ChangeAsync(id, actor, async user =>
    {
        var changed = await users.SetLockoutEnabledAsync(user, true);
        if (changed.Succeeded) changed = await users.SetLockoutEndDateAsync(user, locked ? DateTimeOffset.MaxValue : null);
        if (changed.Succeeded && !locked) changed = await users.ResetAccessFailedCountAsync(user);
        return (changed, locked ? "user.lockedByAdmin" : "user.unlocked", null, false);
    }, cancellationToken);

    /// <summary>Ends every session of a user.</summary>
    public Task<UserAnswer> SignOutEverywhereAsync(Guid id, Actor actor, CancellationToken cancellationToken) =>
        ChangeAsync(id, actor, _ => Task.FromResult((IdentityResult.Success, "user.signedOutByAdmin", (IReadOnlyCollection<string>?)null, false)), cancellationToken);

    // Nobody changes the own role or lock: so the last admin stays one.
    private async Task<UserAnswer> ChangeAsync(
        Guid id, Actor actor, Func<WorkbenchUser, Task<(IdentityResult Result, string Kind, IReadOnlyCollection<string>? Roles, bool Link)>> change, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.ManageUsers) is { } refusal) return new UserAnswer([Components.Words.Of(refusal)]);
        if (id == actor.Id) return new UserAnswer([Texts.T("users.notYourself")]);
        if (await users.FindByIdAsync(id.ToString()) is not { } user) return new UserAnswer([Texts.T("users.gone")]);
        var (result, kind, roles, link) = await change(user);
        if (!result.Succeeded) return new UserAnswer(IdentityWords.Of(result));
        await users.UpdateSecurityStampAsync(user);
        await sessions.EndAllAsync(id, null, cancellationToken);
        await NoteAsync(actor, kind, user, roles, cancellationToken);
        return new UserAnswer([], link ? await LinkAsync(user) : null, id);
    }

    private async Task<string> LinkAsync(WorkbenchUser user) =>
        $"/invitation?user={user.Id}&token={Base64Url.EncodeToString(Encoding.UTF8.GetBytes(await users.GeneratePasswordResetTokenAsync(user)))}";

    private async Task<UserView> ViewAsync(WorkbenchUser user)
    {
        var held = await users.GetRolesAsync(user);
        return ViewOf(user, [.. Roles.All.Where(held.Contains)]);
    }

    private UserView ViewOf(WorkbenchUser user, IReadOnlyList<string> held) => new(
        user.Id, user.DisplayName, user.Email ?? "", held, user.TwoFactorEnabled, user.PasswordHash is null, user.LockoutEnd > time.GetUtcNow() ? user.LockoutEnd : null, user.LastSignInAt);

    private Task NoteAsync(Actor actor, string kind, WorkbenchUser user, IReadOnlyCollection<string>? roles, CancellationToken cancellationToken) =>
        trail.AppendAsync([new AuditDraft(actor, kind, user.Id.ToString(), roles is null ? new Dictionary<string, string?>() : new Dictionary<string, string?> { ["roles"] = string.Join(", ", roles) })], cancellationToken);
}

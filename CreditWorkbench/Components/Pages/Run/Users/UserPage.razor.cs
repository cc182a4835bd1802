using CreditWorkbench.Web.Components.Controls;
using CreditWorkbench.Web.Identity;
using CreditWorkbench.Web.Resources;
using Microsoft.AspNetCore.Components;

namespace CreditWorkbench.Web.Components.Pages.Run.Users;

/// <summary>One user: roles, sign-in, sessions, history.</summary>
public sealed partial class UserPage
{
    private UserDetail? _detail;
    private IReadOnlyList<string> _roles = [];
    private IReadOnlyList<TimelineEntry> _history = [];
    private bool _missing;

    /// <summary>The user.</summary>
    [Parameter] public Guid Id { get; set; }

    private bool IsMe => Id == Me.Id;

    private bool Changed => !_roles.SequenceEqual(_detail!.User.UserRoles);

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_detail?.User.Id != Id) await ReadAsync();
    }

    /// <inheritdoc/>
    protected override Task ReadAsync() => WithDeskAsync(async desk =>
    {
        if (!(await desk.FindAsync(Id, Me, Leaving)).TryGet(out var detail, out _))
        {
            _missing = true;
            return;
        }
        (_detail, _roles) = (detail, detail.User.UserRoles);
        _history = [.. detail.History.Select(each => new TimelineEntry(each.Entry.At, Texts.TOr("audit.kind." + each.Entry.Kind, each.Entry.Kind), Facts(each.ActorName, each.Payload)))];
    });

    private static string Facts(string actor, IReadOnlyDictionary<string, string?>? payload) =>
        payload is { Count: > 0 } ? $"{actor}; {string.Join(", ", payload.Values.OfType<string>())}" : actor;

    private Task<bool> SaveRolesAsync() => DoAsync(desk => desk.GiveRolesAsync(Id, _roles, Me, Leaving), Texts.T("users.roleGiven", _detail!.User.Name));

    private Task<bool> LockAsync()
    {
        var locked = _detail!.User.LockedUntil is not null;
        return DoAsync(desk => desk.LockAsync(Id, !locked, Me, Leaving), Texts.T(locked ? "users.unlocked" : "users.nowLocked", _detail.User.Name));
    }

    private Task<bool> ResetAsync() => DoAsync(desk => desk.ResetAsync(Id, Me, Leaving), Texts.T("users.linkMade", _detail!.User.Name));

    private Task<bool> SignOutAsync() => DoAsync(desk => desk.SignOutEverywhereAsync(Id, Me, Leaving), Texts.T("users.signedOut", _detail!.User.Name));
}

using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Web.Components.Controls;
using CreditWorkbench.Web.Identity;
using CreditWorkbench.Web.Resources;
using Microsoft.AspNetCore.Components;

namespace CreditWorkbench.Web.Components.Pages.Run;

/// <summary>Who may sign in, with which role, and when the person last did.</summary>
public sealed partial class UsersPage
{
    private Actor? _actor;
    private IReadOnlyList<UserView>? _users;
    private IReadOnlyList<DataColumn<UserView>> _columns = [];
    private IReadOnlyList<string> _problems = [];
    private string? _done;
    private bool _adding;
    private string _name = "";
    private string _email = "";
    private string _password = "";
    private string _role = Roles.LoanOfficer;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _actor = await ActorAsync();
        _columns =
        [
            new("name", Texts.T("firstAdmin.name"), u => $"{u.Name} {u.Email}") { SortBy = u => u.Name, Cell = NameCell },
            new("role", Texts.T("users.role"), u => string.Join(", ", u.UserRoles.Select(r => Texts.T("role." + r)))) { SortBy = u => u.UserRoles.Count == 0 ? "" : u.UserRoles[0], Cell = RoleCell },
            new("factor", Texts.T("users.twoFactor"), u => Texts.T(u.TwoFactor ? "value.yes" : "value.no")) { WideOnly = true, SortBy = u => u.TwoFactor },
            new("last", Texts.T("users.last"), u => u.LastSignInAt is { } at ? Formats.Time(at, Zone) : Texts.T("users.never")) { WideOnly = true, SortBy = u => u.LastSignInAt },
            new("state", Texts.T("queue.state"), u => Texts.T(u.LockedUntil is null ? "users.open" : "users.locked")) { WideOnly = true, SortBy = u => u.LockedUntil is not null },
            new("do", Texts.T("queue.do"), _ => "") { HiddenTitle = true, NotExported = true, Numeric = true, Cell = LockCell },
        ];
        await WithDeskAsync(async desk =>
        {
            if ((await desk.ListAsync(_actor, Leaving)).TryGet(out var users, out var problems)) _users = users;
            else _problems = [Words.Of(problems)];
        });
    }

    // A page lives as long as its circuit; Identity's stores are used for one deed at a time.
    private async Task WithDeskAsync(Func<UserDesk, Task> deed)
    {
        await using var scope = Scopes.CreateAsyncScope();
        await deed(scope.ServiceProvider.GetRequiredService<UserDesk>());
    }

    private Task AddAsync() => DoAsync(desk => desk.AddAsync(_name, _email, _password, _role, _actor!, Leaving), Texts.T("users.added", _name));

    private async Task DoAsync(Func<UserDesk, Task<IReadOnlyList<string>>> deed, string done)
    {
        _done = null;
        await WithDeskAsync(async desk =>
        {
            _problems = await deed(desk);
            if (_problems.Count > 0) return;
            (_done, _adding, _name, _email, _password) = (done, false, "", "", "");
            if ((await desk.ListAsync(_actor!, Leaving)).TryGet(out var users, out _)) _users = users;
        });
    }

    private static RenderFragment NameCell(UserView user) => builder =>
    {
        builder.AddContent(0, user.Name);
        builder.OpenElement(1, "small");
        builder.AddContent(2, user.Email);
        builder.CloseElement();
    };

    private RenderFragment RoleCell(UserView user) => builder =>
    {
        builder.OpenElement(0, "select");
        builder.AddAttribute(1, "class", "inline-select");
        builder.AddAttribute(2, "aria-label", Texts.T("users.roleOf", user.Name));
        builder.AddAttribute(3, "disabled", user.Id == _actor!.Id);
        builder.AddAttribute(4, "value", user.UserRoles.Count == 0 ? "" : user.UserRoles[0]);
        builder.AddAttribute(5, "onchange", EventCallback.Factory.Create<ChangeEventArgs>(this, change =>
            DoAsync(desk => desk.GiveRoleAsync(user.Id, change.Value?.ToString() ?? Roles.Viewer, _actor!, Leaving), Texts.T("users.roleGiven", user.Name))));
        foreach (var role in Roles.All)
        {
            builder.OpenElement(6, "option");
            builder.AddAttribute(7, "value", role);
            builder.AddContent(8, Texts.T("role." + role));
            builder.CloseElement();
        }
        builder.CloseElement();
    };

    private RenderFragment LockCell(UserView user) => builder =>
    {
        if (user.Id == _actor!.Id) return;
        var locked = user.LockedUntil is not null;
        builder.OpenElement(0, "button");
        builder.AddAttribute(1, "type", "button");
        builder.AddAttribute(2, "class", "button small");
        builder.AddAttribute(3, "onclick", EventCallback.Factory.Create(this, () =>
            DoAsync(desk => desk.LockAsync(user.Id, !locked, _actor!, Leaving), Texts.T(locked ? "users.unlocked" : "users.nowLocked", user.Name))));
        builder.AddContent(4, Texts.T(locked ? "users.unlock" : "users.lock"));
        builder.CloseElement();
    };
}

using CreditWorkbench.Web.Components.Controls;
using CreditWorkbench.Web.Identity;
using CreditWorkbench.Web.Resources;
using Microsoft.AspNetCore.Components;

namespace CreditWorkbench.Web.Components.Pages.Run.Users;

/// <summary>Who may sign in, with which roles, and when the person last did.</summary>
public sealed partial class UsersPage
{
    private IReadOnlyList<UserView>? _users;
    private IReadOnlyList<DataColumn<UserView>> _columns = [];
    private IReadOnlyList<string> _roles = [Roles.LoanOfficer];
    private bool _adding;
    private bool _invite = true;
    private string _name = "";
    private string _email = "";
    private string _password = "";

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        await base.OnInitializedAsync();
        _columns =
        [
            new("name", Texts.T("firstAdmin.name"), u => $"{u.Name} {u.Email}") { SortBy = u => u.Name, Cell = NameCell },
            new("role", Texts.T("users.roles"), RoleWords) { SortBy = RoleWords, Filter = ColumnFilterKind.Choice, PhoneOrder = 2 },
            new("factor", Texts.T("users.twoFactor"), u => Texts.T(u.TwoFactor ? "value.yes" : "value.no")) { WideOnly = true, SortBy = u => u.TwoFactor, Filter = ColumnFilterKind.Choice },
            new("last", Texts.T("users.last"), u => u.LastSignInAt is { } at ? Formats.Time(at, Zone) : Texts.T("users.never")) { WideOnly = true, SortBy = u => u.LastSignInAt },
            new("state", Texts.T("queue.state"), u => Texts.T(StateKey(u))) { SortBy = u => StateKey(u), Cell = StateCell, Filter = ColumnFilterKind.Choice, PhoneOrder = 1 },
        ];
        await ReadAsync();
    }

    /// <inheritdoc/>
    protected override Task ReadAsync() => WithDeskAsync(async desk =>
    {
        if ((await desk.ListAsync(Me, Leaving)).TryGet(out var users, out var problems)) _users = users;
        else Problems = [Words.Of(problems)];
    });

    private async Task AddAsync()
    {
        var words = Texts.T(_invite ? "users.invited" : "users.added", _name);
        if (await DoAsync(desk => desk.AddAsync(_name, _email, _invite ? null : _password, _roles, Me, Leaving), words))
            (_adding, _name, _email, _password) = (false, "", "", "");
    }

    private static string RoleWords(UserView user) => string.Join(", ", user.UserRoles.Select(role => Texts.T("role." + role)));

    internal static string StateKey(UserView user) => user.LockedUntil is not null ? "users.locked" : user.Invited ? "users.invitedState" : "users.open";

    internal static Tone StateTone(UserView user) => user.LockedUntil is not null ? Tone.Adverse : user.Invited ? Tone.Caution : Tone.Outline;

    private static RenderFragment NameCell(UserView user) => builder =>
    {
        builder.OpenElement(0, "a");
        builder.AddAttribute(1, "href", $"/users/{user.Id}");
        builder.AddContent(2, user.Name);
        builder.CloseElement();
        builder.OpenElement(3, "small");
        builder.AddContent(4, user.Email);
        builder.CloseElement();
    };

    private static RenderFragment StateCell(UserView user) => builder =>
    {
        builder.OpenComponent<Badge>(0);
        builder.AddComponentParameter(1, nameof(Badge.Text), Texts.T(StateKey(user)));
        builder.AddComponentParameter(2, nameof(Badge.Tone), StateTone(user));
        builder.CloseComponent();
    };
}

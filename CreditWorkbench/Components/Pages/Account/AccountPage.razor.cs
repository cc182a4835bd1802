using CreditWorkbench.Web.Identity;
using CreditWorkbench.Web.Resources;
using Microsoft.AspNetCore.Components;

namespace CreditWorkbench.Web.Components.Pages.Account;

/// <summary>The own account. Rendered by the server alone, because only a request can renew the cookie.</summary>
public sealed partial class AccountPage
{
    private static readonly string[] Themes = ["light", "dark", "system"];
    private static readonly string[] Letters = ["on", "off"];
    private OwnAccount? _account;
    private OwnAnswer _answer = OwnAnswer.Done;
    private string? _done;

    [SupplyParameterFromForm] private AccountInput Input { get; set; } = null!;

    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    private string Theme => Http.Request.Cookies["cw-theme"] is "light" or "dark" ? Http.Request.Cookies["cw-theme"]! : "system";

    private string LettersNow => Http.Request.Cookies["cw-letters"] == "off" ? "off" : "on";

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        Input ??= new AccountInput();
        _account = await Desk.ReadAsync(Http.User, Http.RequestAborted);
    }

    private async Task EnableAsync() => await AfterAsync(await Desk.EnableAsync(Http.User, Input.Code, Http.RequestAborted), "account.enabled");

    private async Task DisableAsync() => await AfterAsync(await Desk.DisableAsync(Http.User, Input.Password, Http.RequestAborted), "account.disabled");

    private async Task RenewAsync() => await AfterAsync(await Desk.RenewCodesAsync(Http.User, Input.Password, Http.RequestAborted), "account.codesRenewed");

    private async Task ChangePasswordAsync() =>
        await AfterAsync(await Desk.ChangePasswordAsync(Http.User, Input.Password, Input.NewPassword, Http.RequestAborted), "account.passwordChanged");

    private async Task EndAsync() => await AfterAsync(await Desk.EndSessionAsync(Http.User, Input.Session ?? Guid.Empty, Http.RequestAborted), "account.sessionEnded");

    private async Task EndOthersAsync() => await AfterAsync(await Desk.EndSessionAsync(Http.User, null, Http.RequestAborted), "account.othersEnded");

    private async Task AfterAsync(OwnAnswer answer, string done)
    {
        _answer = answer;
        _done = answer.Problems.Count == 0 ? Texts.T(done) : null;
        _account = await Desk.ReadAsync(Http.User, Http.RequestAborted);
    }
}

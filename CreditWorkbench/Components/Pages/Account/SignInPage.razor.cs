using CreditWorkbench.Web.Hosting;
using CreditWorkbench.Web.Identity;
using CreditWorkbench.Web.Resources;
using Microsoft.AspNetCore.Components;

namespace CreditWorkbench.Web.Components.Pages.Account;

/// <summary>Sign-in: password first, then the code where one is set up. Rendered by the server alone, so that it works without a circuit.</summary>
public sealed partial class SignInPage
{
    private string? _message;
    private bool _codeStep;

    [SupplyParameterFromForm] private SignInInput Input { get; set; } = null!;

    [SupplyParameterFromQuery] private string? ReturnUrl { get; set; }

    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    private string Here => "/sign-in" + Http.Request.QueryString;

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        Input ??= new SignInInput();
        _codeStep = Input.CodeStep;
    }

    private async Task SubmitAsync()
    {
        var answer = Input.CodeStep
            ? await Desk.CodeAsync(Input.Code, Http.RequestAborted)
            : await Desk.PasswordAsync(Input.Email.Trim(), Input.Password, Http.RequestAborted);
        switch (answer.End)
        {
            case SignInEnd.SignedIn:
                Navigation.NavigateTo(LocalUrl.OrHome(ReturnUrl));
                return;
            case SignInEnd.CodeNeeded:
                _codeStep = true;
                return;
            case SignInEnd.Locked:
                _codeStep = false;
                _message = Texts.T("signIn.locked", Formats.Time(answer.LockedUntil ?? Clock.Now, Clock.Zone));
                return;
            default:
                _message = Wrong(answer.TriesLeft);
                return;
        }
    }

    private string Wrong(int left) => (Input.CodeStep, left) switch
    {
        (_, <= 0) => Texts.T(Input.CodeStep ? "signIn.wrongCode" : "signIn.wrongOnly"),
        (true, _) => Texts.Count("signIn.wrongCodeLeft", left),
        _ => Texts.Count("signIn.wrong", left),
    };
}

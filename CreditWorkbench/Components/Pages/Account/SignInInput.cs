namespace CreditWorkbench.Web.Components.Pages.Account;

/// <summary>What the sign-in form posts.</summary>
public sealed class SignInInput
{
    /// <summary>E-mail; empty in the second step.</summary>
    public string Email { get; set; } = "";

    /// <summary>Password; empty in the second step.</summary>
    public string Password { get; set; } = "";

    /// <summary>Six digits of the authenticator.</summary>
    public string Code { get; set; } = "";

    /// <summary>Whether this is the second step.</summary>
    public bool CodeStep { get; set; }
}

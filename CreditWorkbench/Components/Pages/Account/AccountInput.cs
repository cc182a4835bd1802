namespace CreditWorkbench.Web.Components.Pages.Account;

/// <summary>What the forms of the own account post; each uses its own fields.</summary>
public sealed class AccountInput
{
    /// <summary>Code of the authenticator.</summary>
    public string Code { get; set; } = "";

    /// <summary>The present password.</summary>
    public string Password { get; set; } = "";

    /// <summary>The password to come.</summary>
    public string NewPassword { get; set; } = "";

    /// <summary>A session to end; null for all others.</summary>
    public Guid? Session { get; set; }
}

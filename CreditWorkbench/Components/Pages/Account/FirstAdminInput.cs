namespace CreditWorkbench.Web.Components.Pages.Account;

/// <summary>What the form of the first admin posts.</summary>
public sealed class FirstAdminInput
{
    /// <summary>One-time token from the log.</summary>
    public string Token { get; set; } = "";

    /// <summary>Name for screens.</summary>
    public string Name { get; set; } = "";

    /// <summary>E-mail to sign in with.</summary>
    public string Email { get; set; } = "";

    /// <summary>Password.</summary>
    public string Password { get; set; } = "";
}

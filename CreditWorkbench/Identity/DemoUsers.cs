namespace CreditWorkbench.Web.Identity;

/// <summary>A fictional person of a demo installation.</summary>
/// <param name="Email">Signs in with this.</param>
/// <param name="Name">For screens.</param>
/// <param name="Role">What the person may do.</param>
/// <param name="Icon">Icon on the sign-in page.</param>
public sealed record DemoUser(string Email, string Name, string Role, string Icon);

/// <summary>The people of a demo installation; one password for all of them.</summary>
public static class DemoUsers
{
    /// <summary>Password of every demo user; written in the README, worth nothing elsewhere.</summary>
    public const string Password = "Demo-workbench-1";

    /// <summary>Everyone.</summary>
    public static IReadOnlyList<DemoUser> All { get; } =
    [
        new("maya.putri@example.com", "Maya Putri", Roles.LoanOfficer, "user"),
        new("arif.nugroho@example.com", "Arif Nugroho", Roles.SeniorOfficer, "users"),
        new("tomi.hartono@example.com", "Tomi Hartono", Roles.RiskAnalyst, "flask"),
        new("ines.kaloh@example.com", "Ines Kaloh", Roles.Auditor, "shield"),
        new("rina.wijaya@example.com", "Rina Wijaya", Roles.Admin, "gear"),
        new("vera.lestari@example.com", "Vera Lestari", Roles.Viewer, "eye"),
    ];
}

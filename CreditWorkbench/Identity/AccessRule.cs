using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Web.Identity;

/// <summary>Who may open a page or call an endpoint.</summary>
/// <param name="Open">Also without signing in.</param>
/// <param name="AnyOf">One of these permissions; empty with <paramref name="Open"/> false: everyone who is signed in.</param>
public sealed record AccessRule(bool Open, IReadOnlyList<Permission> AnyOf)
{
    /// <summary>Everyone, signed in or not.</summary>
    public static AccessRule Anyone { get; } = new(true, []);

    /// <summary>Everyone who is signed in.</summary>
    public static AccessRule SignedIn { get; } = new(false, []);

    /// <summary>Holders of one of the permissions.</summary>
    public static AccessRule May(params Permission[] anyOf) => new(false, anyOf);

    /// <summary>Whether a set of permissions (of somebody who is signed in) opens it.</summary>
    public bool Admits(IReadOnlySet<Permission> permissions) => Open || AnyOf.Count == 0 || AnyOf.Any(permissions.Contains);
}

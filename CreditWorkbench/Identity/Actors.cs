using System.Security.Claims;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Web.Endpoints;

namespace CreditWorkbench.Web.Identity;

/// <summary>Turns the signed-in person into the domain's <see cref="Actor"/>.</summary>
public static class Actors
{
    /// <summary>Claim that holds the name for screens.</summary>
    public const string NameClaim = "workbench:name";

    /// <summary>The permissions of a person's roles; none when nobody is signed in.</summary>
    public static IReadOnlySet<Permission> PermissionsOf(ClaimsPrincipal user) =>
        user is ApiPrincipal caller ? caller.Actor.Permissions : user.Identity?.IsAuthenticated == true ? Roles.PermissionsOf(RolesOf(user)) : new HashSet<Permission>();

    /// <summary>The roles of a person, in the order of screens.</summary>
    public static IReadOnlyList<string> RolesOf(ClaimsPrincipal user)
    {
        var held = user.FindAll(ClaimTypes.Role).Select(claim => claim.Value).ToHashSet(StringComparer.Ordinal);
        return [.. Roles.All.Where(held.Contains)];
    }

    /// <summary>The actor; null when nobody is signed in or the identity is not ours.</summary>
    public static Actor? From(ClaimsPrincipal user) =>
        user is ApiPrincipal caller ? caller.Actor : user.Identity?.IsAuthenticated == true && Guid.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), out var id)
            ? new Actor(id, NameOf(user), ActorKind.User, PermissionsOf(user))
            : null;

    /// <summary>The name for screens; the e-mail where there is none.</summary>
    public static string NameOf(ClaimsPrincipal user) => user.FindFirstValue(NameClaim) ?? user.Identity?.Name ?? "";
}

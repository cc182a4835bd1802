using CreditWorkbench.Core.Kernel;
using Microsoft.AspNetCore.Authorization;

namespace CreditWorkbench.Web.Identity;

/// <summary>Admits holders of one of the permissions; a test holds it against <see cref="AccessTable"/>.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class MayAttribute : AuthorizeAttribute, IAuthorizationRequirementData
{
    /// <summary>Names the permissions.</summary>
    public MayAttribute(params Permission[] anyOf) => AnyOf = anyOf;

    /// <summary>One of these is enough.</summary>
    public IReadOnlyList<Permission> AnyOf { get; }

    /// <inheritdoc/>
    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [new PermissionRequirement(AnyOf)];
}

/// <summary>One of these permissions is needed.</summary>
/// <param name="AnyOf">At least one.</param>
public sealed record PermissionRequirement(IReadOnlyList<Permission> AnyOf) : IAuthorizationRequirement;

/// <summary>Looks the permissions of the signed-in person's roles up.</summary>
public sealed class PermissionHandler : AuthorizationHandler<PermissionRequirement>
{
    /// <inheritdoc/>
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, PermissionRequirement requirement)
    {
        var held = Actors.PermissionsOf(context.User);
        if (requirement.AnyOf.Any(held.Contains)) context.Succeed(requirement);
        return Task.CompletedTask;
    }
}

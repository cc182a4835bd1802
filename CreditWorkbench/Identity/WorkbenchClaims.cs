using System.Security.Claims;
using CreditWorkbench.Core.Store;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace CreditWorkbench.Web.Identity;

/// <summary>Adds the name for screens to the identity cookie.</summary>
public sealed class WorkbenchClaims(UserManager<WorkbenchUser> users, RoleManager<IdentityRole<Guid>> roles, IOptions<IdentityOptions> options)
    : UserClaimsPrincipalFactory<WorkbenchUser, IdentityRole<Guid>>(users, roles, options)
{
    /// <inheritdoc/>
    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(WorkbenchUser user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        if (user.DisplayName.Length > 0) identity.AddClaim(new Claim(Actors.NameClaim, user.DisplayName));
        return identity;
    }
}

using CreditWorkbench.Core.Store;
using Microsoft.AspNetCore.Identity;

namespace CreditWorkbench.Web.Identity;

/// <summary>Roles of every installation and people of a demo one; running it again changes nothing.</summary>
public sealed class IdentitySeed(RoleManager<IdentityRole<Guid>> roles, UserManager<WorkbenchUser> users)
{
    /// <summary>Makes the roles that are missing.</summary>
    public async Task RolesAsync()
    {
        foreach (var role in Roles.All)
            if (!await roles.RoleExistsAsync(role)) Check(await roles.CreateAsync(new IdentityRole<Guid>(role) { Id = Guid.CreateVersion7() }));
    }

    /// <summary>Makes the demo users that are missing.</summary>
    public async Task DemoUsersAsync()
    {
        foreach (var demo in DemoUsers.All)
        {
            if (await users.FindByEmailAsync(demo.Email) is not null) continue;
            var user = new WorkbenchUser { UserName = demo.Email, Email = demo.Email, EmailConfirmed = true, DisplayName = demo.Name };
            Check(await users.CreateAsync(user, DemoUsers.Password));
            Check(await users.AddToRoleAsync(user, demo.Role));
        }
    }

    /// <summary>Whether anybody can sign in.</summary>
    public bool HasUsers => users.Users.Any();

    private static void Check(IdentityResult result)
    {
        if (!result.Succeeded) throw new InvalidOperationException(string.Join(' ', result.Errors.Select(error => error.Description)));
    }
}

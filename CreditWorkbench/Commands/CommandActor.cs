using System.CommandLine;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Store;
using CreditWorkbench.Web.Identity;
using Microsoft.AspNetCore.Identity;

namespace CreditWorkbench.Web.Commands;

/// <summary>Who a verb acts for: the installation itself, or a user by e-mail, with that user's permissions and limits.</summary>
public static class CommandActor
{
    /// <summary>The option.</summary>
    public static Option<string?> Option() => new("--as") { Description = "E-mail of the user who acts (default: the installation)." };

    /// <summary>The actor that the option names.</summary>
    public static async Task<Outcome<Actor>> OfAsync(string? email, IServiceProvider services)
    {
        if (email is null) return Actor.System;
        await using var scope = services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<WorkbenchUser>>();
        return await users.FindByEmailAsync(email) is { } user
            ? new Actor(user.Id, user.DisplayName, ActorKind.User, Roles.PermissionsOf(await users.GetRolesAsync(user)))
            : new Problem("user.notFound", $"There is no user {email}.") { Field = "--as", Remedy = "See 'users list'." };
    }
}

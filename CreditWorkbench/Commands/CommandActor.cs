using System.CommandLine;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Store;
using CreditWorkbench.Web.Hosting;
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
        if (await users.FindByEmailAsync(email) is not { } user) return new Problem("user.notFound", $"There is no user {email}.") { Field = "--as", Remedy = "See 'users list'." };
        return await users.IsLockedOutAsync(user)
            ? new Problem("user.locked", $"{email} is locked.") { Field = "--as", Remedy = "Let another user act, or lift the lock." }
            : new Actor(user.Id, user.DisplayName, ActorKind.User, Roles.PermissionsOf(await users.GetRolesAsync(user)));
    }

    /// <summary>The actor that builds a model: asked before any work, because training takes long. The store is opened only where a user is named.</summary>
    /// <param name="email">Value of the option; null for the installation.</param>
    /// <param name="data">Data folder.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async Task<Outcome<Actor>> BuilderAsync(string? email, string? data, CancellationToken cancellationToken)
    {
        if (email is null) return Actor.System;
        await using var app = await WorkbenchHost.OpenAsync(data, cancellationToken);
        return (await OfAsync(email, app.Services)).Then<Actor>(actor => actor.Lacks(Permission.BuildModels) is { } refusal ? refusal : actor);
    }
}

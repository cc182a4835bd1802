using System.CommandLine;
using System.Security.Cryptography;
using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Store;
using CreditWorkbench.Web.Hosting;
using CreditWorkbench.Web.Identity;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace CreditWorkbench.Web.Commands;

/// <summary><c>users add|reset|list</c>: administration without a browser.</summary>
public static class UsersCommand
{
    /// <summary>The verb.</summary>
    public static Command Build() => new("users", "Add, reset or list users.") { Add(), Reset(), List() };

    private static Command Add()
    {
        var data = SharedOptions.Data();
        var email = new Argument<string>("email") { Description = "E-mail that signs in." };
        var name = new Option<string>("--name") { Description = "Name for screens.", Required = true };
        var roles = new Option<string[]>("--role") { Description = $"Role, repeatable: {string.Join(", ", Roles.All)}.", Required = true };
        roles.AcceptOnlyFromAmong([.. Roles.All]);
        var add = new Command("add", "Add a user; prints a password that must be changed.") { email, name, roles, data };
        add.SetAction((parsed, cancellationToken) => WithUsersAsync(parsed.GetValue(data), async (users, trail) =>
        {
            var address = parsed.GetRequiredValue(email);
            var user = new WorkbenchUser { UserName = address, Email = address, EmailConfirmed = true, DisplayName = parsed.GetRequiredValue(name) };
            var password = NewPassword();
            if (Refusal(await users.CreateAsync(user, password)) is { } refused) return refused;
            if (Refusal(await users.AddToRolesAsync(user, parsed.GetRequiredValue(roles))) is { } unassigned) return unassigned;
            await trail.AppendAsync([Draft("user.added", user, ("roles", string.Join(", ", parsed.GetRequiredValue(roles))))], cancellationToken);
            Console.WriteLine($"{address} can sign in with the password {password}");
            return 0;
        }, cancellationToken));
        return add;
    }

    private static Command Reset()
    {
        var data = SharedOptions.Data();
        var email = new Argument<string>("email") { Description = "E-mail of the user." };
        var reset = new Command("reset", "Give a new password, end all sessions and lift a lock.") { email, data };
        reset.SetAction((parsed, cancellationToken) => WithUsersAsync(parsed.GetValue(data), async (users, trail) =>
        {
            if (await users.FindByEmailAsync(parsed.GetRequiredValue(email)) is not { } user)
                return CommandLine.Refuse([new Problem("user.notFound", $"There is no user {parsed.GetRequiredValue(email)}.") { Remedy = "See 'users list'." }]);
            var password = NewPassword();
            if (Refusal(await users.ResetPasswordAsync(user, await users.GeneratePasswordResetTokenAsync(user), password)) is { } refused) return refused;
            await users.SetLockoutEndDateAsync(user, null);
            await users.UpdateSecurityStampAsync(user);
            await trail.AppendAsync([Draft("user.reset", user)], cancellationToken);
            Console.WriteLine($"The new password is {password}");
            return 0;
        }, cancellationToken));
        return reset;
    }

    private static Command List()
    {
        var data = SharedOptions.Data();
        var list = new Command("list", "List users with roles and locks.") { data };
        list.SetAction((parsed, cancellationToken) => WithUsersAsync(parsed.GetValue(data), async (users, _) =>
        {
            foreach (var user in await users.Users.OrderBy(user => user.Email).ToListAsync(cancellationToken))
            {
                var locked = await users.IsLockedOutAsync(user) ? "  locked" : "";
                Console.WriteLine($"{user.Email}  {user.DisplayName}  {string.Join(", ", await users.GetRolesAsync(user))}{locked}");
            }

            return 0;
        }, cancellationToken));
        return list;
    }

    private static async Task<int> WithUsersAsync(string? data, Func<UserManager<WorkbenchUser>, IAuditTrail, Task<int>> work, CancellationToken cancellationToken)
    {
        await using var app = await WorkbenchHost.OpenAsync(data, cancellationToken);
        await using var scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IdentitySeed>().RolesAsync(); // a store that never served has none yet
        return await work(scope.ServiceProvider.GetRequiredService<UserManager<WorkbenchUser>>(), app.Services.GetRequiredService<IAuditTrail>());
    }

    private static AuditDraft Draft(string kind, WorkbenchUser user, params (string Name, string? Value)[] facts) =>
        new(Actor.System, kind, user.Id.ToString(), facts.ToDictionary(fact => fact.Name, fact => fact.Value));

    private static int? Refusal(IdentityResult result) => result.Succeeded
        ? null
        : CommandLine.Refuse([.. result.Errors.Select(error => new Problem("user.refused", error.Description))]);

    // 20 letters and digits without look-alikes: about 116 bits, and never a character that a shell would change.
    private static string NewPassword() => RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789", 18) + "a7";
}

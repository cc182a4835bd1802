using System.Security.Claims;
using CreditWorkbench.Core.Store;
using CreditWorkbench.Web.Identity;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Xunit;

namespace CreditWorkbench.Tests.Web;

/// <summary>People who exist in a served workbench, with the cookie that signing in would have given.</summary>
internal static class SignedIn
{
    /// <summary>Stores a person with a role.</summary>
    public static async Task<WorkbenchUser> AddAsync(IServiceProvider services, string role, string? password = null)
    {
        var users = services.GetRequiredService<UserManager<WorkbenchUser>>();
        await services.GetRequiredService<IdentitySeed>().RolesAsync();
        var email = $"{Guid.NewGuid():n}@example.com";
        var user = new WorkbenchUser { UserName = email, Email = email, EmailConfirmed = true, DisplayName = role };
        Assert.True((await (password is null ? users.CreateAsync(user) : users.CreateAsync(user, password))).Succeeded);
        Assert.True((await users.AddToRoleAsync(user, role)).Succeeded);
        return user;
    }

    /// <summary>Stores a person with a role and gives the client the cookie of a session.</summary>
    public static async Task<WorkbenchUser> AddAsync(IServiceProvider services, string role, HttpClient client)
    {
        await using var scope = services.CreateAsyncScope();
        var user = await AddAsync(scope.ServiceProvider, role);
        var principal = await scope.ServiceProvider.GetRequiredService<IUserClaimsPrincipalFactory<WorkbenchUser>>().CreateAsync(user);
        var session = await scope.ServiceProvider.GetRequiredService<SignInSessions>().BeginAsync(user.Id, "test", "", TestContext.Current.CancellationToken);
        ((ClaimsIdentity)principal.Identity!).AddClaim(new Claim(WorkbenchSignIn.SessionClaim, session.ToString()));
        var options = scope.ServiceProvider.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(IdentityConstants.ApplicationScheme);
        var now = TimeProvider.System.GetUtcNow();
        var ticket = new AuthenticationTicket(principal, new AuthenticationProperties { IssuedUtc = now, ExpiresUtc = now.AddMinutes(30) }, IdentityConstants.ApplicationScheme);
        client.DefaultRequestHeaders.Add("Cookie", $"{options.Cookie.Name}={options.TicketDataFormat.Protect(ticket)}");
        return user;
    }
}

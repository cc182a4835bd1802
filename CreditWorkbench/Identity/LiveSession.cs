using CreditWorkbench.Core.Store;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace CreditWorkbench.Web.Identity;

/// <summary>Ends open pages of people who were locked, lost a role or were signed out elsewhere: their security stamp has changed, or their session was ended.</summary>
public sealed class LiveSession(ILoggerFactory logs, IServiceScopeFactory scopes, IOptions<IdentityOptions> options)
    : RevalidatingServerAuthenticationStateProvider(logs)
{
    /// <inheritdoc/>
    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(20);

    /// <inheritdoc/>
    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<WorkbenchUser>>();
        var sessions = scope.ServiceProvider.GetRequiredService<SignInSessions>();
        return WorkbenchSignIn.SessionOf(authenticationState.User) is { } session && await sessions.SeenAsync(session, cancellationToken)
            && await users.GetUserAsync(authenticationState.User) is { } user
            && !await users.IsLockedOutAsync(user)
            && await users.GetSecurityStampAsync(user) == authenticationState.User.FindFirst(options.Value.ClaimsIdentity.SecurityStampClaimType)?.Value;
    }
}

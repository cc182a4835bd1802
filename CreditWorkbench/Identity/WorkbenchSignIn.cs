using System.Security.Claims;
using CreditWorkbench.Core.Store;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace CreditWorkbench.Web.Identity;

/// <summary>Signs in with a session of its own per device, so that one can be ended without the others.</summary>
public sealed class WorkbenchSignIn(
    UserManager<WorkbenchUser> users, IHttpContextAccessor contexts, IUserClaimsPrincipalFactory<WorkbenchUser> claims, IOptions<IdentityOptions> options,
    ILogger<SignInManager<WorkbenchUser>> log, IAuthenticationSchemeProvider schemes, IUserConfirmation<WorkbenchUser> confirmation, SignInSessions sessions)
    : SignInManager<WorkbenchUser>(users, contexts, claims, options, log, schemes, confirmation)
{
    /// <summary>Claim that holds the identity of the session.</summary>
    public const string SessionClaim = "workbench:session";

    /// <summary>The session of a signed-in person; null when there is none.</summary>
    public static Guid? SessionOf(ClaimsPrincipal user) => Guid.TryParse(user.FindFirstValue(SessionClaim), out var id) ? id : null;

    /// <inheritdoc/>
    public override async Task SignInWithClaimsAsync(WorkbenchUser user, AuthenticationProperties? authenticationProperties, IEnumerable<Claim> additionalClaims)
    {
        ArgumentNullException.ThrowIfNull(user);
        var held = Context.User.FindFirstValue(ClaimTypes.NameIdentifier) == user.Id.ToString() ? SessionOf(Context.User) : null;
        var session = held is { } here && await sessions.SeenAsync(here, Context.RequestAborted) ? here
            : await sessions.BeginAsync(user.Id, Context.Request.Headers.UserAgent.ToString(), Context.Connection.RemoteIpAddress?.ToString() ?? "", Context.RequestAborted);
        await base.SignInWithClaimsAsync(user, authenticationProperties, [.. additionalClaims, new Claim(SessionClaim, session.ToString())]);
    }

    /// <inheritdoc/>
    public override async Task SignOutAsync()
    {
        if (SessionOf(Context.User) is { } session && Guid.TryParse(Context.User.FindFirstValue(ClaimTypes.NameIdentifier), out var user))
            await sessions.EndAsync(user, session, Context.RequestAborted);
        await base.SignOutAsync();
    }

    /// <summary>Keeps the session in the cookie when its other claims are read anew.</summary>
    public static Task CarryAsync(SecurityStampRefreshingPrincipalContext context)
    {
        if (context.CurrentPrincipal is { } before && SessionOf(before) is { } session && context.NewPrincipal?.Identity is ClaimsIdentity identity)
            identity.AddClaim(new Claim(SessionClaim, session.ToString()));
        return Task.CompletedTask;
    }

    /// <summary>Refuses the cookie of a session that was ended.</summary>
    public static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        await SecurityStampValidator.ValidatePrincipalAsync(context);
        if (context.Principal is not { } principal) return;
        var sessions = context.HttpContext.RequestServices.GetRequiredService<SignInSessions>();
        if (SessionOf(principal) is { } session && await sessions.SeenAsync(session, context.HttpContext.RequestAborted)) return;
        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(IdentityConstants.ApplicationScheme);
    }
}

using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Web.Identity;

namespace CreditWorkbench.Web.Endpoints;

/// <summary>Who calls the API. The one place that turns credentials into the domain's <see cref="Actor"/>; every endpoint under <c>/api</c> asks here.</summary>
public static class ApiCaller
{
    /// <summary>Where the API begins.</summary>
    public const string Prefix = "/api";

    /// <summary>The caller; <c>credentials.missing</c> when there is none.</summary>
    public static Outcome<Actor> Of(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Actors.From(context.User) is { } person ? person : Missing;
    }

    /// <summary>The refusal of a call without credentials.</summary>
    public static Problem Missing { get; } = new("credentials.missing", "The call carries no valid credentials.") { Remedy = "Sign in." };

    /// <summary>The refusal of a caller whose roles do not open the endpoint.</summary>
    public static Problem Forbidden { get; } = new("permission.missing", "The caller's roles do not allow this call.") { Remedy = "An admin can grant the role." };

    /// <summary>Answers calls of the API with a status instead of the way to the sign-in page.</summary>
    /// <param name="redirect">What happens to everybody else.</param>
    /// <param name="refusal">What the caller is told.</param>
    public static Func<Microsoft.AspNetCore.Authentication.RedirectContext<Microsoft.AspNetCore.Authentication.Cookies.CookieAuthenticationOptions>, Task> InsteadOf(
        Func<Microsoft.AspNetCore.Authentication.RedirectContext<Microsoft.AspNetCore.Authentication.Cookies.CookieAuthenticationOptions>, Task> redirect, Problem refusal) =>
        context => context.Request.Path.StartsWithSegments(Prefix, StringComparison.OrdinalIgnoreCase) ? ApiProblems.Of([refusal]).ExecuteAsync(context.HttpContext) : redirect(context);
}

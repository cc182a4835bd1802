using System.Globalization;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Web.Identity;

namespace CreditWorkbench.Web.Endpoints;

/// <summary>Once it is known who calls: requests a minute, and calls that another site's page sends with the cookie of ours.</summary>
public sealed class ApiGate(RequestDelegate next, ApiWindows windows)
{
    /// <summary>The refusal of one request too many.</summary>
    public static Problem Limited { get; } = new("rate.limited", "There were too many requests in the last minute.") { Remedy = "Wait for the seconds that Retry-After says." };

    private static Problem Foreign { get; } = new("origin.refused", "A page of another site may not call with the cookie of this one.") { Remedy = "Call with a token or key." };

    /// <summary>Handles one request.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        if (!ApiRoutes.IsApi(context)) return next(context);
        var wait = context.User switch
        {
            ApiPrincipal caller => windows.Take(caller.Actor.Id, caller.RequestsPerMinute),
            { Identity.IsAuthenticated: true } person when Actors.From(person) is { } actor => windows.Take(actor.Id, null),
            _ => windows.Take(context.Connection.RemoteIpAddress),
        };
        if (wait > 0) return RefuseAsync(context, wait);
        return IsForeign(context) ? ApiProblems.Of(Foreign).ExecuteAsync(context) : next(context);
    }

    private static Task RefuseAsync(HttpContext context, int wait)
    {
        context.Response.Headers.RetryAfter = wait.ToString(CultureInfo.InvariantCulture);
        return ApiProblems.Of(Limited).ExecuteAsync(context);
    }

    // Only a cookie goes along unasked. Browsers say where a call comes from; what says nothing is no browser.
    private static bool IsForeign(HttpContext context)
    {
        if (context.User is ApiPrincipal || context.User.Identity?.IsAuthenticated != true || HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method)) return false;
        if (context.Request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site") return true;
        return context.Request.Headers.Origin.ToString() is { Length: > 0 } origin && (!Uri.TryCreate(origin, UriKind.Absolute, out var uri) || uri.Authority != context.Request.Host.Value);
    }
}

using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Web.Identity;

namespace CreditWorkbench.Web.Endpoints;

/// <summary>Who calls the API. The one place that turns credentials (cookie, bearer token, API key) into the domain's <see cref="Actor"/>; every endpoint under <c>/api</c> asks here.</summary>
public static class ApiCaller
{
    /// <summary>The caller; <c>credentials.missing</c> when there is none.</summary>
    public static Outcome<Actor> Of(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Actors.From(context.User) is { } actor ? actor : Missing;
    }

    /// <summary>The client system that calls; null when a person does.</summary>
    public static ApiClient? ClientOf(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return (context.User as ApiPrincipal)?.Client;
    }

    /// <summary>The refusal of a call without credentials.</summary>
    public static Problem Missing { get; } = new("credentials.missing", "The call carries no credentials.") { Remedy = "Send Authorization: Bearer or X-Api-Key." };

    /// <summary>The refusal of a caller whose roles or scopes do not open the endpoint.</summary>
    public static Problem Forbidden { get; } = new("permission.missing", "The caller's roles or scopes do not allow this call.") { Remedy = "An admin can grant it." };
}

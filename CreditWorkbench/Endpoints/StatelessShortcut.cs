using CreditWorkbench.Web.Identity;

namespace CreditWorkbench.Web.Endpoints;

/// <summary>Hands stateless calls of client systems straight to their endpoint once it is known who calls and that the caller may: what lies between
/// (cookies, forms, idempotency) has nothing to say about them. Everybody else, and every refusal, goes the long way.</summary>
public sealed class StatelessShortcut(RequestDelegate next)
{
    /// <summary>Handles one request.</summary>
    public Task InvokeAsync(HttpContext context) =>
        context.User is ApiPrincipal caller && context.GetEndpoint() is { RequestDelegate: { } answer } endpoint && endpoint.Metadata.GetMetadata<StatelessCall>() is not null && Admits(endpoint, caller)
            ? answer(context)
            : next(context);

    private static bool Admits(Endpoint endpoint, ApiPrincipal caller)
    {
        var rules = endpoint.Metadata.GetOrderedMetadata<MayAttribute>();
        foreach (var rule in rules)
        {
            var admitted = false;
            foreach (var permission in rule.AnyOf) admitted |= caller.Actor.May(permission);
            if (!admitted) return false;
        }

        return rules.Count > 0;
    }
}

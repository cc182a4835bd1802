using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Web.Identity;

namespace CreditWorkbench.Web.Endpoints;

/// <summary>Credentials that were sent and are not good; the call is refused with this unless its endpoint is open to everyone.</summary>
/// <param name="Problem">Why.</param>
public sealed record CredentialFault(Problem Problem);

/// <summary>Reads API keys and bearer tokens. Calls that carry neither are left to the cookie of the pages.</summary>
public sealed class ApiDoor(RequestDelegate next, KnownKeys keys, AccessTokens tokens, ApiWindows windows)
{
    /// <summary>Header of an API key.</summary>
    public const string KeyHeader = "X-Api-Key";

    private const string Bearer = "Bearer ";

    /// <summary>Whether a request carried credentials of its own, good or not: its cookie then counts for nothing.</summary>
    public static bool Decided(HttpContext context) => context.User is ApiPrincipal || context.Features.Get<CredentialFault>() is not null;

    /// <summary>Handles one request.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        var headers = context.Request.Headers;
        if ((headers.ContainsKey(KeyHeader) || headers.Authorization.Count > 0) && ApiRoutes.TakesCredentials(context)) await DecideAsync(context);
        await next(context);
    }

    private async ValueTask DecideAsync(HttpContext context)
    {
        // Whoever tries keys that do not exist asks the store each time: an address has a bounded number of tries.
        var found = windows.Exhausted(context.Connection.RemoteIpAddress) ? TooManyTries : await FindAsync(context);
        if (found.TryGet(out var principal, out var problems))
        {
            context.User = principal;
            return;
        }

        context.Features.Set(new CredentialFault(problems[0]));
    }

    private ValueTask<Outcome<ApiPrincipal>> FindAsync(HttpContext context)
    {
        var headers = context.Request.Headers;
        var key = headers[KeyHeader];
        var authorization = headers.Authorization;
        if (key.Count + authorization.Count != 1) return ValueTask.FromResult<Outcome<ApiPrincipal>>(Ambiguous);
        if (key.Count == 1) return ApiKeyText.Read(key[0] ?? "") is { } text ? keys.FindAsync(text, context.RequestAborted) : ValueTask.FromResult<Outcome<ApiPrincipal>>(KnownKeys.Invalid);
        return authorization[0] is { } header && header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            ? tokens.FindAsync(header[Bearer.Length..], context.RequestAborted)
            : ValueTask.FromResult<Outcome<ApiPrincipal>>(KnownKeys.Invalid);
    }

    private static Outcome<ApiPrincipal> TooManyTries { get; } = ApiGate.Limited;

    private static Problem Ambiguous { get; } = new("credentials.ambiguous", "The call carries more than one key or token.") { Remedy = "Send one of Authorization and X-Api-Key." };
}

namespace CreditWorkbench.Web.Endpoints;

/// <summary>Where the API lies and what its routes declare.</summary>
public static class ApiRoutes
{
    /// <summary>Everything below answers as the API does.</summary>
    public const string Prefix = "/api";

    /// <summary>The first version.</summary>
    public const string V1 = "/api/v1";

    /// <summary>Bytes of a JSON body at most.</summary>
    public const long LargestJson = 1 << 20;

    /// <summary>Bytes of a bank statement at most.</summary>
    public const long LargestStatement = 20L << 20;

    /// <summary>Bytes of a batch at most.</summary>
    public const long LargestBatch = 2L << 30;

    /// <summary>The group that every endpoint of the API is mapped on, by routes relative to <see cref="V1"/>.</summary>
    public static RouteGroupBuilder MapApi(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup(V1).DisableAntiforgery().WithMetadata(new BodyLimit(LargestJson));
        return endpoints.ServiceProvider.GetRequiredService<ApiSettings>().Origins.Count > 0 ? group.RequireCors(ApiServices.Policy) : group;
    }

    /// <summary>Whether a request is one of the API.</summary>
    public static bool IsApi(HttpContext context) => context.Request.Path.StartsWithSegments(Prefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether keys and tokens mean something for a request: under the API, its description and the metrics. Pages know cookies only.</summary>
    public static bool TakesCredentials(HttpContext context) =>
        IsApi(context) || context.Request.Path.StartsWithSegments("/metrics", StringComparison.OrdinalIgnoreCase) || context.Request.Path.StartsWithSegments("/openapi", StringComparison.OrdinalIgnoreCase);

    /// <summary>Lets an endpoint take bodies up to a size; 1 MiB unless declared.</summary>
    public static TBuilder TakesUpTo<TBuilder>(this TBuilder endpoint, long bytes)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new BodyLimit(bytes));

    /// <summary>Declares a POST that changes nothing, so that it needs no <c>Idempotency-Key</c>.</summary>
    public static TBuilder Stateless<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new StatelessCall());
}

/// <summary>Bytes that an endpoint takes, also after unpacking.</summary>
/// <param name="Bytes">At most.</param>
public sealed record BodyLimit(long Bytes) : Microsoft.AspNetCore.Http.Metadata.IRequestSizeLimitMetadata
{
    // The server itself drops the connection of whoever goes on sending; a little beyond the limit still hears why.
    private const long Excess = 1 << 20;

    /// <inheritdoc/>
    public long? MaxRequestBodySize => Bytes + Excess;

    /// <summary>The limit of the endpoint that answers a request.</summary>
    public static long Of(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<BodyLimit>()?.Bytes ?? ApiRoutes.LargestJson;
}

/// <summary>A POST that changes nothing.</summary>
public sealed record StatelessCall;

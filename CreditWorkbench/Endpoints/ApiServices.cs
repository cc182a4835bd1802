using CreditWorkbench.Web.Endpoints.Description;
using CreditWorkbench.Web.Endpoints.Metrics;
using CreditWorkbench.Web.Identity;
using Microsoft.AspNetCore.Authorization;

namespace CreditWorkbench.Web.Endpoints;

/// <summary>Services of the API.</summary>
public static class ApiServices
{
    /// <summary>Name of the policy for pages of other origins.</summary>
    public const string Policy = "api";

    private static readonly TimeSpan PreflightKept = TimeSpan.FromMinutes(10);

    /// <summary>Registers keys, tokens, limits and the answers to refusals.</summary>
    public static IServiceCollection AddWorkbenchApi(this IServiceCollection services, ApiSettings settings)
    {
        services.AddSingleton(settings);
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, ApiRefusals>();
        services.ConfigureHttpJsonOptions(json => ApiJson.Apply(json.SerializerOptions));
        services.AddSingleton<PrometheusText>();
        services.AddSingleton<ApiWindows>();
        services.AddSingleton<KnownKeys>();
        services.AddSingleton<AccessTokens>();
        services.AddSingleton<ApiKeyDesk>();
        services.AddScoped<ApiSignIn>();
        services.AddHostedService<ApiHousekeeping>();
        // No cookies: a page of another origin brings a token of its own.
        services.AddCors(cors => cors.AddPolicy(Policy, policy => policy.WithOrigins([.. settings.Origins])
            .WithMethods("GET", "POST", "PUT", "PATCH", "DELETE")
            .WithHeaders("Authorization", ApiDoor.KeyHeader, "Content-Type", ApiIdempotency.Header, "If-Match")
            .WithExposedHeaders("ETag", "Location", "Retry-After", "X-Total-Count", "X-Next-After", ApiIdempotency.Replayed)
            .SetPreflightMaxAge(PreflightKept)));
        return services.AddApiDescription();
    }
}

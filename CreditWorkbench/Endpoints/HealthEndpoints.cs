using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CreditWorkbench.Web.Endpoints;

/// <summary><c>GET /api/v1/health</c>: what <c>/health/ready</c> says, as JSON.</summary>
public static class HealthEndpoints
{
    /// <summary>Maps it.</summary>
    public static void MapHealth(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/health", CheckAsync).AllowAnonymous()
            .WithName("getHealth").WithSummary("Whether the workbench can answer.").WithTags("health").Produces<HealthAnswer>().Produces<HealthAnswer>(503);

    private static async Task<IResult> CheckAsync(HealthCheckService health, CancellationToken cancellationToken)
    {
        var report = await health.CheckHealthAsync(cancellationToken);
        var checks = report.Entries.ToDictionary(entry => entry.Key, entry => NameOf(entry.Value.Status), StringComparer.Ordinal);
        return Results.Json(new HealthAnswer(NameOf(report.Status), checks), ApiJson.Options, statusCode: report.Status == HealthStatus.Unhealthy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK);
    }

    private static string NameOf(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => "healthy",
        HealthStatus.Degraded => "degraded",
        _ => "unhealthy",
    };
}

/// <summary>Whether the workbench can answer.</summary>
/// <param name="Status"><c>healthy</c>, <c>degraded</c> or <c>unhealthy</c>.</param>
/// <param name="Checks">The same for each part.</param>
public sealed record HealthAnswer(string Status, IReadOnlyDictionary<string, string> Checks);

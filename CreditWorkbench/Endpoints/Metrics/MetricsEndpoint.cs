using System.Text;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Web.Identity;

namespace CreditWorkbench.Web.Endpoints.Metrics;

/// <summary><c>GET /metrics</c> for Prometheus: open to readers of dashboards (a key of scope <c>monitoring:read</c> will do), or to everyone where the installation says so.</summary>
public static class MetricsEndpoint
{
    private const string Type = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>Maps it.</summary>
    public static void MapMetrics(this IEndpointRouteBuilder endpoints)
    {
        var endpoint = endpoints.MapGet("/metrics", (PrometheusText metrics) => Results.Text(metrics.Write(), Type, Encoding.UTF8)).ExcludeFromDescription();
        if (endpoints.ServiceProvider.GetRequiredService<ApiSettings>().OpenMetrics) endpoint.AllowAnonymous();
        else endpoint.RequireAuthorization(new MayAttribute(Permission.ReadDashboards));
    }
}

using CreditWorkbench.Core.Registry;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CreditWorkbench.Web.Hosting;

/// <summary>Ready means that the store answers.</summary>
public sealed class StoreHealth(IModelStore models) : IHealthCheck
{
    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await models.ListAsync(null, cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (System.Data.Common.DbException silent)
        {
            return HealthCheckResult.Unhealthy("The store does not answer.", silent);
        }
    }
}

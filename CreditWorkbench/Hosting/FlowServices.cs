using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Jobs;
using CreditWorkbench.Web.Queue;

namespace CreditWorkbench.Web.Hosting;

/// <summary>Registers what flows in and out: batches, webhooks.</summary>
public static class FlowServices
{
    /// <summary>Registers them all.</summary>
    public static IServiceCollection AddWorkbenchFlows(this IServiceCollection services, FlowSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        services.AddSingleton(settings);
        services.AddSingleton<BatchEnding>();
        services.AddSingleton<BatchDesk>();
        services.AddSingleton<BatchKeeper>();
        services.AddSingleton(provider => new BatchWork(provider.GetRequiredService<IJobStore>(), provider.GetRequiredService<TimeProvider>(), Environment.ProcessorCount));
        services.AddSingleton<IJobHandler, BatchJob>();
        services.AddSingleton(new WebhookAddresses(settings.Networks));
        services.AddSingleton<WebhookDesk>();
        services.AddSingleton<WebhookSender>();
        services.AddHostedService<FlowsClock>();
        return services;
    }
}

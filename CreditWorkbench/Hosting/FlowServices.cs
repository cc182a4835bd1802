using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Jobs;
using CreditWorkbench.Core.Review;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Web.Queue;

namespace CreditWorkbench.Web.Hosting;

/// <summary>Registers what flows in and out: batches, webhooks, messages.</summary>
public static class FlowServices
{
    /// <summary>Registers them all.</summary>
    public static IServiceCollection AddWorkbenchFlows(this IServiceCollection services, FlowSettings settings, QueueSettings queue)
    {
        ArgumentNullException.ThrowIfNull(queue);
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
        services.AddSingleton(queue);
        services.AddSingleton(new StoredQueueOptions());
        if (queue.Uri is null) services.AddSingleton<IMessageQueue, StoredQueue>();
        else services.AddSingleton<IMessageQueue, RabbitQueue>();
        services.AddSingleton<MessageDesk>();
        services.AddSingleton<QueueActors>();
        services.AddSingleton(provider => new ApplicationDoor(
            provider.GetRequiredService<IScorecardCatalog>(), provider.GetRequiredService<ApplicantDesk>(), provider.GetRequiredService<ApplicationDesk>(), provider.GetRequiredService<ScoringDesk>(),
            provider.GetRequiredService<ReviewDesk>()));
        services.AddSingleton<ApplicationMessages>();
        services.AddSingleton<UpdateMessages>();
        services.AddSingleton<MessageDoor>();
        services.AddHostedService<QueueService>();
        return services;
    }
}

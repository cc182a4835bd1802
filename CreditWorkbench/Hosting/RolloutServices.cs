using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Monitoring;
using CreditWorkbench.Core.Registry;

namespace CreditWorkbench.Web.Hosting;

/// <summary>Registers what challengers and alerts need.</summary>
public static class RolloutServices
{
    /// <summary>Desks, readers, the queue of unseen cases with its worker, and the clock that looks after rollouts.</summary>
    public static IServiceCollection AddRollouts(this IServiceCollection services)
    {
        services.AddSingleton<AlertDesk>();
        services.AddSingleton<RolloutSource>();
        services.AddSingleton<RolloutDesk>();
        services.AddSingleton<RolloutRecorder>();
        services.AddSingleton<UnseenScoring>();
        services.AddHostedService<UnseenWorker>();
        services.AddSingleton<SensitiveGroupReader>();
        services.AddSingleton<RolloutReader>();
        services.AddSingleton<RolloutWatch>();
        services.AddHostedService<RolloutClock>();
        services.AddSingleton<PairedRescoring>();
        services.AddSingleton<SwapSetFacts>();
        services.AddSingleton<SwapSetDesk>();
        return services;
    }
}

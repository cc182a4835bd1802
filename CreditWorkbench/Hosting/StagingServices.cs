using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Jobs;
using CreditWorkbench.Core.Staging;
using CreditWorkbench.Web.Identity;
using CreditWorkbench.Web.Queue;

namespace CreditWorkbench.Web.Hosting;

/// <summary>Registers staging: runs, the feature store, the job that does runs and the nightly schedule.</summary>
public static class StagingServices
{
    /// <summary>Registers them all.</summary>
    public static IServiceCollection AddWorkbenchStaging(this IServiceCollection services, StagingSettings settings, StagingSources sources)
    {
        services.AddSingleton(settings);
        services.AddSingleton(sources);
        services.AddSingleton<StagingZones>();
        services.AddSingleton<StagingLoad>();
        services.AddSingleton<StagingDesk>();
        services.AddSingleton<FeatureDeskTrail>();
        services.AddSingleton<FeatureDesk>();
        services.AddSingleton<IFeatureReader>(provider => provider.GetRequiredService<FeatureDesk>());
        services.AddSingleton<StagingJobs>();
        services.AddSingleton<PersonNames>();
        services.AddSingleton<IJobHandler, StagingJobHandler>();
        services.AddHostedService<StagingClock>();
        return services;
    }
}

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CreditWorkbench.Core.Jobs;

/// <summary>Registers the in-process worker with a host.</summary>
public static class JobRegistration
{
    /// <summary>Works on jobs while the host runs, and registers the desk where they are asked for. Handlers are registered apart as <see cref="IJobHandler"/> singletons.</summary>
    public static IServiceCollection AddJobWorker(this IServiceCollection services, JobWorkerOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<IJobDesk, JobDesk>();
        services.AddSingleton<JobWorker>();
        services.AddHostedService<JobWorkerService>();
        return services;
    }
}

/// <summary>Runs the worker's loops while the host runs.</summary>
internal sealed class JobWorkerService(JobWorker worker, JobWorkerOptions options) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, options.Threads).Select(_ => Task.Run(() => worker.RunAsync(stoppingToken), CancellationToken.None)));
}

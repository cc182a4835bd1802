using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Jobs;
using CreditWorkbench.Core.Registry;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CreditWorkbench.Web.Hosting;

/// <summary>Loads what decides before the first case arrives, all scorecards at once. A node says that it is ready once this has ended, well or
/// not: a release that is refused is refused again, with its reason, to whoever asks for it.</summary>
public sealed class ReleaseWarmUp(IModelStore models, ServingLines lines, IHostApplicationLifetime lifetime, ILogger<ReleaseWarmUp> log) : BackgroundService, IHealthCheck
{
    private readonly Lock _gate = new();
    private Task? _loading;

    /// <summary>Begins to load, unless that was begun before: the rest of the start goes on beside it.</summary>
    /// <returns>Ends when everything was loaded or refused.</returns>
    public Task BeginAsync()
    {
        lock (_gate) return _loading ??= Task.Run(() => LoadAsync(lifetime.ApplicationStopping));
    }

    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(_loading is { IsCompleted: true } ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("Releases are being loaded."));

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => BeginAsync();

    private async Task LoadAsync(CancellationToken stoppingToken)
    {
        try
        {
            var scorecards = (await models.ListAsync(null, stoppingToken)).Where(model => model.Stage == ModelStage.Production).Select(model => model.ScorecardId);
            await Parallel.ForEachAsync(scorecards, stoppingToken, async (scorecard, stop) =>
            {
                var opened = await Task.Run(async () => await lines.InProductionAsync(scorecard, stop), stop);
                foreach (var problem in opened.Problems) log.LogError("The release of {Scorecard} is not served: {Problem}", scorecard, problem);
            });
        }
        catch (Exception silent) when (StoreFaults.AreIn(silent))
        {
            log.LogWarning(silent, "The store did not answer while releases were loaded; they are loaded when somebody asks.");
        }
    }
}

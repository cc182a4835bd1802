using CreditWorkbench.Core.Jobs;
using CreditWorkbench.Core.Store;

namespace CreditWorkbench.Web.Identity;

/// <summary>Once a minute: writes down when keys were last used, and forgets calls whose day is over.</summary>
public sealed class ApiHousekeeping(KnownKeys keys, IdempotentCalls calls, TimeProvider time, ILogger<ApiHousekeeping> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await PassAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        while (await timer.WaitForNextTickAsync(stoppingToken)) await PassAsync(stoppingToken);
    }

    private async Task PassAsync(CancellationToken cancellationToken)
    {
        try
        {
            await keys.KeepUsesAsync(cancellationToken);
            await calls.PurgeAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return;
        }
        catch (Exception silent) when (StoreFaults.AreIn(silent))
        {
            log.LogWarning(silent, "The store does not answer; the next pass tries again.");
        }
    }
}

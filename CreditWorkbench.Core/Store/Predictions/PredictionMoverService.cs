using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CreditWorkbench.Core.Store.Predictions;

/// <summary>Runs the mover while the host runs, paced, so that it catches up between bursts instead of slowing them.</summary>
internal sealed class PredictionMoverService(PredictionMover mover, PredictionLog predictions, TimeProvider time, ILogger<PredictionMoverService> log) : BackgroundService
{
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        predictions.Rotate();
        await PassAsync(() => mover.DrainAsync(cancellationToken), cancellationToken); // a planned stop leaves no file behind
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            var moved = 0;
            await PassAsync(async () => moved = await mover.MoveAsync(stoppingToken), stoppingToken);
            await Task.Delay(moved > 0 ? Pace : Idle, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task PassAsync(Func<Task> pass, CancellationToken cancellationToken)
    {
        try
        {
            await pass();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return;
        }
        catch (Exception error) when (error is DbException or DbUpdateException or TimeoutException or IOException or InvalidOperationException { InnerException: DbException })
        {
            log.LogWarning(error, "Predictions could not be brought into the store; the next pass tries again.");
        }
    }
}

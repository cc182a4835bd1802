using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CreditWorkbench.Core.Store.Predictions;

/// <summary>Runs the mover while the host runs. While much is being answered it goes slowly, and catches up afterwards: a burst is not slowed by
/// bookkeeping that can wait. A long backlog is brought over at full speed whatever happens.</summary>
internal sealed class PredictionMoverService(PredictionMover mover, PredictionLog predictions, TimeProvider time, ILogger<PredictionMoverService> log) : BackgroundService
{
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(500);

    // A block takes some twentieth of a second: so rarely, it holds up less than one answer in a hundred.
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Quick = TimeSpan.FromMilliseconds(20);
    private const long BusyBytesPerSecond = 1 << 20;
    private const long LongBacklog = 256 << 20;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        predictions.Rotate();
        await PassAsync(() => mover.DrainAsync(cancellationToken), cancellationToken); // a planned stop leaves no file behind
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var (seen, at) = (predictions.WrittenBytes, time.GetTimestamp());
        while (!stoppingToken.IsCancellationRequested)
        {
            var moved = 0;
            await PassAsync(async () => moved = await mover.MoveAsync(stoppingToken), stoppingToken);
            var written = predictions.WrittenBytes;
            var isBusy = (written - seen) / Math.Max(time.GetElapsedTime(at).TotalSeconds, 1e-3) > BusyBytesPerSecond && predictions.Backlog < LongBacklog;
            (seen, at) = (written, time.GetTimestamp());
            await Task.Delay(isBusy ? Slow : moved > 0 ? Quick : Idle, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
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

using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Jobs;

namespace CreditWorkbench.Web.Queue;

/// <summary>Keeps what flows in and out going while the host runs: sends webhooks, looks after batches, and forgets what nobody asks for any more.</summary>
public sealed class FlowsClock(WebhookSender sender, IWebhookStore webhooks, BatchKeeper batches, IOnce once, IQueueStore queue, IPredictionRetention predictions, FlowSettings settings, TimeProvider clock, ILogger<FlowsClock> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var looked = DateTimeOffset.MinValue;
        while (!stoppingToken.IsCancellationRequested)
        {
            var now = clock.GetUtcNow();
            await TryAsync(async stop =>
            {
                while (await sender.SendDueAsync(stop) > 0)
                {
                }
            }, stoppingToken);
            if (now - looked >= Look)
            {
                looked = now;
                await TryAsync(stop => batches.LookAsync(settings.KeepBatches, stop), stoppingToken);
                await TryAsync(stop => webhooks.ForgetAsync(now - settings.KeepDeliveries, stop), stoppingToken);
                await TryAsync(stop => once.ForgetAsync(now - settings.KeepMessageIds, stop), stoppingToken);
                await TryAsync(stop => predictions.PruneAsync(now - settings.KeepPredictions, stop), stoppingToken);
                await TryAsync(stop => queue.ForgetAsync(IMessageQueue.Answers, now - settings.KeepAnswers, stop), stoppingToken);
            }

            await Task.Delay(Pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task TryAsync(Func<CancellationToken, Task> work, CancellationToken stoppingToken)
    {
        try
        {
            await work(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException || StoreFaults.AreIn(error))
        {
            log.LogWarning(error, "Batches or webhooks could not be looked after; the next look tries again.");
        }
    }
}

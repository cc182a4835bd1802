using CreditWorkbench.Core.Jobs;

namespace CreditWorkbench.Web.Queue;

/// <summary>Works on messages while the host runs: each kind in its order, kinds side by side.</summary>
public sealed class QueueService(IMessageQueue queue, MessageDoor door, QueueSettings settings, ILogger<QueueService> log) : BackgroundService
{
    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => settings.Consume
        ? Task.WhenAll(QueueKinds.All.Select(kind => Task.Run(() => queue.ConsumeAsync(kind, HandleAsync, stoppingToken), CancellationToken.None)))
        : Task.CompletedTask;

    // A fault of the program, or surroundings that are broken, must not stop the queue: the message comes again, and is laid aside when it always fails.
    private async Task<QueueVerdict> HandleAsync(QueueMessage message, CancellationToken cancellationToken)
    {
        try
        {
            return await door.HandleAsync(message, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception fault)
        {
            log.LogError(fault, "A message of the queue {Kind} failed; it is tried again.", message.Kind);
            return new QueueVerdict.Again();
        }
    }
}

using System.Data.Common;
using Microsoft.Extensions.Logging;

namespace CreditWorkbench.Core.Jobs;

/// <summary>How the queue in the store works.</summary>
public sealed record StoredQueueOptions
{
    /// <summary>Who holds messages; unique per process.</summary>
    public string Owner { get; init; } = $"{Environment.MachineName}:{Environment.ProcessId}:{Guid.NewGuid():n}";

    /// <summary>How long a message stays held without a sign of life.</summary>
    public TimeSpan Hold { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Pause after nothing was found.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Pause before a message is tried again; grows with its deliveries.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);
}

/// <summary>Messages in the store: what an installation without a message server uses. Several processes may share it.</summary>
public sealed class StoredQueue(IQueueStore store, StoredQueueOptions options, TimeProvider time, ILogger<StoredQueue> log) : IMessageQueue
{
    private readonly JobSignal _signal = new();

    /// <inheritdoc/>
    public string Name => "store";

    /// <inheritdoc/>
    public async Task PublishAsync(QueueMessage message, CancellationToken cancellationToken)
    {
        try
        {
            await store.AppendAsync(message, cancellationToken);
        }
        catch (Exception error) when (IsUnreachable(error))
        {
            throw new QueueUnavailableException("The store could not keep the message.", error);
        }

        _signal.Changed();
    }

    /// <inheritdoc/>
    public async Task ConsumeAsync(string kind, QueueHandler handler, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var next = _signal.Next;
            if (await TryOneAsync(kind, handler, cancellationToken)) continue;
            await next.WaitAsync(options.Poll, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<QueueDepth>> DepthsAsync(CancellationToken cancellationToken) => store.DepthsAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<DeadLetter>> DeadAsync(int most, CancellationToken cancellationToken) => store.DeadAsync(most, cancellationToken);

    /// <inheritdoc/>
    public async Task<bool> ReviveAsync(string key, CancellationToken cancellationToken)
    {
        var revived = await store.ReviveAsync(key, cancellationToken);
        _signal.Changed();
        return revived;
    }

    /// <inheritdoc/>
    public Task<bool> DiscardAsync(string key, CancellationToken cancellationToken) => store.DiscardAsync(key, cancellationToken);

    private async Task<bool> TryOneAsync(string kind, QueueHandler handler, CancellationToken cancellationToken)
    {
        try
        {
            if (await store.TakeAsync(kind, options.Owner, options.Hold, cancellationToken) is not { } held) return false;
            await HandleAsync(held, handler, cancellationToken);
            return true;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception error) when (IsUnreachable(error))
        {
            log.LogWarning(error, "The queue {Kind} could not be reached; the next look tries again.", kind);
            return false;
        }
    }

    private async Task HandleAsync(HeldMessage held, QueueHandler handler, CancellationToken cancellationToken)
    {
        if (held.Message.Redelivered >= IMessageQueue.MostDeliveries)
        {
            await store.BuryAsync(held, TooOften, CancellationToken.None);
            return;
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var handled = new CancellationTokenSource();
        var alive = HoldAsync(held, stop, handled.Token);
        try
        {
            await EndAsync(held, await handler(held.Message, stop.Token));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            if (cancellationToken.IsCancellationRequested) await store.ReturnAsync(held, TimeSpan.Zero, CancellationToken.None);
            throw;
        }
        finally
        {
            await handled.CancelAsync();
            await alive;
        }
    }

    private async Task EndAsync(HeldMessage held, QueueVerdict verdict)
    {
        switch (verdict)
        {
            case QueueVerdict.Dead dead:
                await store.BuryAsync(held, dead.Reason, CancellationToken.None);
                break;
            case QueueVerdict.Done done:
                if (done.Answer is { } answer) await store.AppendAsync(new QueueMessage(IMessageQueue.Answers, held.Message.Id, answer), CancellationToken.None);
                await store.DoneAsync(held, CancellationToken.None);
                _signal.Changed();
                break;
            default:
                await store.ReturnAsync(held, options.Pause * (held.Message.Redelivered + 1), CancellationToken.None);
                break;
        }
    }

    // Whoever is handling shows signs of life; when another process took the message over, handling stops.
    private async Task HoldAsync(HeldMessage held, CancellationTokenSource stop, CancellationToken handled)
    {
        while (true)
        {
            await Task.Delay(options.Hold / 3, time, handled).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (handled.IsCancellationRequested) return;
            try
            {
                if (await store.HoldAsync(held, options.Hold, CancellationToken.None)) continue;
            }
            catch (Exception error) when (IsUnreachable(error))
            {
                log.LogWarning(error, "A message could not be held; it goes on while its hold lasts.");
                continue;
            }

            await stop.CancelAsync();
            return;
        }
    }

    /// <summary>Why a message that always fails is laid aside.</summary>
    public static DeadReason TooOften { get; } =
        new("message.deliveries", null, $"The message was delivered {IMessageQueue.MostDeliveries} times and never worked.", "See the server's log, then put it back.");

    private static bool IsUnreachable(Exception error) => error is DbException or TimeoutException || error.InnerException is DbException;
}

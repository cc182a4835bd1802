namespace CreditWorkbench.Core.Jobs;

/// <summary>What becomes of a message that was handled.</summary>
public abstract record QueueVerdict
{
    /// <summary>It had its effect; it goes when the answer is kept.</summary>
    /// <param name="Answer">UTF-8 JSON for the queue of answers; null for none.</param>
    public sealed record Done(ReadOnlyMemory<byte>? Answer) : QueueVerdict;

    /// <summary>It can never have an effect: it is laid aside with the reason.</summary>
    /// <param name="Reason">Why.</param>
    public sealed record Dead(DeadReason Reason) : QueueVerdict;

    /// <summary>It may have its effect later: it keeps its place.</summary>
    public sealed record Again : QueueVerdict;
}

/// <summary>Handles one message. Cancelled, it has no effect and the message comes again.</summary>
public delegate Task<QueueVerdict> QueueHandler(QueueMessage message, CancellationToken cancellationToken);

/// <summary>Queues of messages that outlive the process: each message is delivered until it was acknowledged, in the order in which it came, and may be
/// delivered again when a worker dies in between.</summary>
public interface IMessageQueue
{
    /// <summary>Kind of the answers, which wait in a queue of their own for whoever sent the messages.</summary>
    const string Answers = "answers";

    /// <summary>Deliveries of one message before it is laid aside.</summary>
    const int MostDeliveries = 5;

    /// <summary>What carries the messages, for people: store, rabbitmq.</summary>
    string Name { get; }

    /// <summary>Sends a message; when the call returns, the queue has confirmed that it keeps it.</summary>
    /// <exception cref="QueueUnavailableException">The queue could not be reached or did not confirm.</exception>
    Task PublishAsync(QueueMessage message, CancellationToken cancellationToken);

    /// <summary>Handles the messages of a kind, one after the other, until cancelled; a lost connection is made again.</summary>
    Task ConsumeAsync(string kind, QueueHandler handler, CancellationToken cancellationToken);

    /// <summary>What waits, by kind.</summary>
    /// <exception cref="QueueUnavailableException">The queue could not be reached.</exception>
    Task<IReadOnlyList<QueueDepth>> DepthsAsync(CancellationToken cancellationToken);

    /// <summary>What was laid aside, at most so many of each kind.</summary>
    /// <exception cref="QueueUnavailableException">The queue could not be reached.</exception>
    Task<IReadOnlyList<DeadLetter>> DeadAsync(int most, CancellationToken cancellationToken);

    /// <summary>Puts a dead letter back at the end of its queue; false when it is not there.</summary>
    /// <exception cref="QueueUnavailableException">The queue could not be reached.</exception>
    Task<bool> ReviveAsync(string key, CancellationToken cancellationToken);

    /// <summary>Removes a dead letter for good; false when it is not there.</summary>
    /// <exception cref="QueueUnavailableException">The queue could not be reached.</exception>
    Task<bool> DiscardAsync(string key, CancellationToken cancellationToken);
}

/// <summary>The queue could not be reached, or did not confirm.</summary>
public sealed class QueueUnavailableException : IOException
{
    /// <summary>Without an inner fault.</summary>
    public QueueUnavailableException()
        : base("The message queue cannot be reached.")
    {
    }

    /// <summary>With a message.</summary>
    public QueueUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>With what happened.</summary>
    public QueueUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

namespace CreditWorkbench.Core.Jobs;

/// <summary>Messages in the store: the queue of an installation without a message server. Bodies are encrypted.</summary>
public interface IQueueStore
{
    /// <summary>Appends a message; it is kept when the call returns.</summary>
    Task AppendAsync(QueueMessage message, CancellationToken cancellationToken);

    /// <summary>Takes the oldest message of a kind, if it is not held by somebody else: messages of a kind are worked in order.</summary>
    Task<HeldMessage?> TakeAsync(string kind, string owner, TimeSpan hold, CancellationToken cancellationToken);

    /// <summary>Holds a message longer; false when somebody else holds it now.</summary>
    Task<bool> HoldAsync(HeldMessage held, TimeSpan hold, CancellationToken cancellationToken);

    /// <summary>Removes a message that was worked; false when somebody else holds it now.</summary>
    Task<bool> DoneAsync(HeldMessage held, CancellationToken cancellationToken);

    /// <summary>Gives a message back, to be taken again after a pause.</summary>
    Task ReturnAsync(HeldMessage held, TimeSpan pause, CancellationToken cancellationToken);

    /// <summary>Lays a message aside.</summary>
    Task<bool> BuryAsync(HeldMessage held, DeadReason reason, CancellationToken cancellationToken);

    /// <summary>Forgets messages of a kind that came before a moment and were never taken.</summary>
    Task ForgetAsync(string kind, DateTimeOffset before, CancellationToken cancellationToken);

    /// <summary>What waits, by kind.</summary>
    Task<IReadOnlyList<QueueDepth>> DepthsAsync(CancellationToken cancellationToken);

    /// <summary>What was laid aside, newest first.</summary>
    Task<IReadOnlyList<DeadLetter>> DeadAsync(int most, CancellationToken cancellationToken);

    /// <summary>Puts a dead letter back at the end of its queue; false when it is not there.</summary>
    Task<bool> ReviveAsync(string key, CancellationToken cancellationToken);

    /// <summary>Removes a dead letter; false when it is not there.</summary>
    Task<bool> DiscardAsync(string key, CancellationToken cancellationToken);
}

/// <summary>A message and the right to work on it.</summary>
/// <param name="Message">The message.</param>
/// <param name="Number">Its place in the store.</param>
/// <param name="Token">Rises with each taking; an older one is refused.</param>
public sealed record HeldMessage(QueueMessage Message, long Number, long Token);

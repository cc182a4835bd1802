namespace CreditWorkbench.Core.Jobs;

/// <summary>Kinds of messages that are taken in; each has a queue of its own.</summary>
public static class QueueKinds
{
    /// <summary>An application, or values to be predicted for nobody in particular.</summary>
    public const string Applications = "applications";
    /// <summary>News of a credit bureau.</summary>
    public const string BureauUpdates = "bureau-updates";
    /// <summary>Signals of markets and the economy.</summary>
    public const string MarketSignals = "market-signals";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Applications, BureauUpdates, MarketSignals];
}

/// <summary>A message as it comes and goes.</summary>
/// <param name="Kind">Queue, one of <see cref="QueueKinds"/>; of a reply, what it answers.</param>
/// <param name="Id">Identity that the sender gave, 1 to 128 characters; a message that comes twice has its effect once.</param>
/// <param name="Body">UTF-8 JSON.</param>
public sealed record QueueMessage(string Kind, string Id, ReadOnlyMemory<byte> Body)
{
    /// <summary>How often it was delivered before.</summary>
    public int Redelivered { get; init; }
}

/// <summary>Why a message was laid aside.</summary>
/// <param name="Code">Stable dotted code.</param>
/// <param name="Field">Field at fault; null when it is the message.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Remedy">What to do; null when the message says it.</param>
public sealed record DeadReason(string Code, string? Field, string Message, string? Remedy);

/// <summary>A message that was laid aside.</summary>
/// <param name="Key">Identity of the dead letter.</param>
/// <param name="Kind">Queue it came from.</param>
/// <param name="MessageId">Identity that the sender gave.</param>
/// <param name="Bytes">Length of the body.</param>
/// <param name="DeadAt">When it was laid aside; null where the server did not say.</param>
/// <param name="Reason">Why.</param>
public sealed record DeadLetter(string Key, string Kind, string MessageId, int Bytes, DateTimeOffset? DeadAt, DeadReason Reason);

/// <summary>What waits in a queue.</summary>
/// <param name="Kind">Queue.</param>
/// <param name="Ready">Messages that wait.</param>
/// <param name="Dead">Messages that were laid aside.</param>
public sealed record QueueDepth(string Kind, long Ready, long Dead);

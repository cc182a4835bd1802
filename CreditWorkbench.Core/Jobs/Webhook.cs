namespace CreditWorkbench.Core.Jobs;

/// <summary>An address that a caller wants to be told at.</summary>
public sealed record Webhook
{
    /// <summary>Identity (Guid v7).</summary>
    public required Guid Id { get; init; }
    /// <summary>Whose events are told.</summary>
    public required Guid OwnerId { get; init; }
    /// <summary>Where.</summary>
    public required Uri Url { get; init; }
    /// <summary>Kinds of events that are told.</summary>
    public required IReadOnlyList<string> Kinds { get; init; }
    /// <summary>Key of the signature; shown once.</summary>
    public required string Secret { get; init; }
    /// <summary>When registered.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>Where a delivery stands.</summary>
public enum DeliveryState
{
    /// <summary>To be sent, or sent again.</summary>
    Pending,
    /// <summary>The receiver answered 2xx.</summary>
    Delivered,
    /// <summary>Given up.</summary>
    Failed,
}

/// <summary>One event on its way to one address.</summary>
public sealed record WebhookDelivery
{
    /// <summary>Identity (Guid v7); sent along, so that a receiver knows what it has seen.</summary>
    public required Guid Id { get; init; }
    /// <summary>The address.</summary>
    public required Guid WebhookId { get; init; }
    /// <summary>What happened, the same for every address: <c>batch.completed:ID</c>.</summary>
    public required string EventKey { get; init; }
    /// <summary>Kind of the event.</summary>
    public required string Kind { get; init; }
    /// <summary>What is sent; names ids and counts, never personal data.</summary>
    public required string PayloadJson { get; init; }
    /// <summary>When it happened.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
    /// <summary>When it is due.</summary>
    public required DateTimeOffset NextAt { get; init; }
    /// <summary>Where it stands.</summary>
    public DeliveryState State { get; init; }
    /// <summary>How often it was sent.</summary>
    public int Attempts { get; init; }
    /// <summary>Last HTTP status; null when there was no answer.</summary>
    public int? Status { get; init; }
    /// <summary>Why the last attempt failed, as a stable code; null otherwise.</summary>
    public string? Error { get; init; }
    /// <summary>When it ended; null before.</summary>
    public DateTimeOffset? EndedAt { get; init; }
}

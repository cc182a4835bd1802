using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Jobs;

/// <summary>Addresses and what is sent to them.</summary>
public interface IWebhookStore
{
    /// <summary>Keeps an address.</summary>
    Task AddAsync(Webhook webhook, AuditDraft audit, CancellationToken cancellationToken);

    /// <summary>Removes an address of a caller with what is still to be sent; false when the caller has none of this identity.</summary>
    Task<bool> RemoveAsync(Guid id, Guid ownerId, AuditDraft audit, CancellationToken cancellationToken);

    /// <summary>Addresses of a caller, newest first.</summary>
    Task<IReadOnlyList<Webhook>> OfAsync(Guid ownerId, CancellationToken cancellationToken);

    /// <summary>One address; null when unknown.</summary>
    Task<Webhook?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Queues an event once for each address of a caller that wants its kind; an event that is queued already is left as it is.</summary>
    /// <returns>How many deliveries are new.</returns>
    Task<int> RaiseAsync(Guid ownerId, string kind, string eventKey, string payloadJson, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Takes deliveries that are due and holds them until a moment, so that no other process sends them meanwhile.</summary>
    Task<IReadOnlyList<WebhookDelivery>> TakeDueAsync(DateTimeOffset now, DateTimeOffset holdUntil, int most, CancellationToken cancellationToken);

    /// <summary>Writes how an attempt ended.</summary>
    Task SaveAsync(WebhookDelivery delivery, CancellationToken cancellationToken);

    /// <summary>Deliveries to an address, newest first.</summary>
    Task<Page<WebhookDelivery>> DeliveriesAsync(Guid webhookId, int page, int pageSize, CancellationToken cancellationToken);

    /// <summary>Forgets deliveries that ended before a moment.</summary>
    Task ForgetAsync(DateTimeOffset before, CancellationToken cancellationToken);
}

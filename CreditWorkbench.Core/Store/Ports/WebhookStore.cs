using System.Text;
using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Jobs;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Store.Keys;
using CreditWorkbench.Core.Store.Rows;
using Microsoft.EntityFrameworkCore;

namespace CreditWorkbench.Core.Store.Ports;

/// <summary>Webhooks in the store; their secrets are encrypted.</summary>
internal sealed class WebhookStore(IDbContextFactory<WorkbenchContext> contexts, StoreWriter writer, KeyRing ring) : IWebhookStore
{
    private const string Secret = "webhook.secret";

    public Task AddAsync(Webhook webhook, AuditDraft audit, CancellationToken cancellationToken) => writer.AddAsync(
        [
            new WebhookRow
            {
                Id = webhook.Id,
                OwnerId = webhook.OwnerId,
                Url = webhook.Url.AbsoluteUri,
                Kinds = string.Join(' ', webhook.Kinds),
                Secret = ring.Seal(Encoding.UTF8.GetBytes(webhook.Secret), Envelope.Place(Secret, webhook.Id)),
                CreatedAt = webhook.CreatedAt,
            },
        ],
        [audit], cancellationToken);

    public async Task<bool> RemoveAsync(Guid id, Guid ownerId, AuditDraft audit, CancellationToken cancellationToken)
    {
        var outcome = await writer.TryWriteAsync<bool>(
            async context => await context.Webhooks.Where(row => row.Id == id && row.OwnerId == ownerId).ExecuteDeleteAsync(cancellationToken) > 0
                ? true
                : new Problem("webhook.notFound", "There is no such webhook."),
            [audit], cancellationToken);
        return outcome.Succeeded;
    }

    public async Task<IReadOnlyList<Webhook>> OfAsync(Guid ownerId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.Webhooks.AsNoTracking().Where(row => row.OwnerId == ownerId).OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id).ToListAsync(cancellationToken);
        return [.. rows.Select(Read)];
    }

    public async Task<Webhook?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Webhooks.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is { } row ? Read(row) : null;
    }

    public Task<int> RaiseAsync(Guid ownerId, string kind, string eventKey, string payloadJson, DateTimeOffset at, CancellationToken cancellationToken) => writer.WriteAsync(
        async context =>
        {
            var wanting = (await context.Webhooks.AsNoTracking().Where(row => row.OwnerId == ownerId).ToListAsync(cancellationToken)).Where(row => row.Kinds.Split(' ').Contains(kind));
            var added = 0;
            foreach (var webhook in wanting)
            {
                if (await context.WebhookDeliveries.AnyAsync(row => row.WebhookId == webhook.Id && row.EventKey == eventKey, cancellationToken)) continue;
                context.WebhookDeliveries.Add(new WebhookDeliveryRow
                {
                    Id = Guid.CreateVersion7(at),
                    WebhookId = webhook.Id,
                    EventKey = eventKey,
                    Kind = kind,
                    PayloadJson = payloadJson,
                    CreatedAt = at,
                    NextAt = at,
                });
                added++;
            }

            return added;
        },
        [], cancellationToken);

    public async Task<IReadOnlyList<WebhookDelivery>> TakeDueAsync(DateTimeOffset now, DateTimeOffset holdUntil, int most, CancellationToken cancellationToken)
    {
        List<WebhookDeliveryRow> due;
        await using (var context = await contexts.CreateDbContextAsync(cancellationToken))
        {
            due = await context.WebhookDeliveries.AsNoTracking().Where(row => row.State == DeliveryState.Pending && row.NextAt <= now)
                .OrderBy(row => row.NextAt).ThenBy(row => row.Id).Take(most).ToListAsync(cancellationToken);
        }

        var taken = new List<WebhookDelivery>();
        foreach (var row in due)
        {
            // By compare-and-set: of two processes that saw the same delivery, one gets it.
            var got = await writer.WriteAsync(
                context => context.WebhookDeliveries.Where(there => there.Id == row.Id && there.State == DeliveryState.Pending && there.NextAt == row.NextAt)
                    .ExecuteUpdateAsync(set => set.SetProperty(there => there.NextAt, holdUntil), cancellationToken),
                [], cancellationToken);
            if (got > 0) taken.Add(Read(row));
        }

        return taken;
    }

    public Task SaveAsync(WebhookDelivery delivery, CancellationToken cancellationToken) => writer.WriteAsync(
        context => context.WebhookDeliveries.Where(row => row.Id == delivery.Id).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.State, delivery.State).SetProperty(row => row.Attempts, delivery.Attempts).SetProperty(row => row.Status, delivery.Status)
                .SetProperty(row => row.Error, delivery.Error).SetProperty(row => row.NextAt, delivery.NextAt).SetProperty(row => row.EndedAt, delivery.EndedAt),
            cancellationToken),
        [], cancellationToken);

    public async Task<Page<WebhookDelivery>> DeliveriesAsync(Guid webhookId, int page, int pageSize, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var found = context.WebhookDeliveries.AsNoTracking().Where(row => row.WebhookId == webhookId);
        var total = await found.CountAsync(cancellationToken);
        var rows = await found.OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id).Skip((page - 1) * pageSize).Take(pageSize).ToListAsync(cancellationToken);
        return new Page<WebhookDelivery>([.. rows.Select(Read)], total);
    }

    public Task ForgetAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        writer.WriteAsync(context => context.WebhookDeliveries.Where(row => row.EndedAt < before).ExecuteDeleteAsync(cancellationToken), [], cancellationToken);

    private Webhook Read(WebhookRow row) => new()
    {
        Id = row.Id,
        OwnerId = row.OwnerId,
        Url = new Uri(row.Url),
        Kinds = row.Kinds.Split(' '),
        Secret = Encoding.UTF8.GetString(ring.Open(row.Secret, Envelope.Place(Secret, row.Id))),
        CreatedAt = row.CreatedAt,
    };

    private static WebhookDelivery Read(WebhookDeliveryRow row) => new()
    {
        Id = row.Id,
        WebhookId = row.WebhookId,
        EventKey = row.EventKey,
        Kind = row.Kind,
        PayloadJson = row.PayloadJson,
        CreatedAt = row.CreatedAt,
        NextAt = row.NextAt,
        State = row.State,
        Attempts = row.Attempts,
        Status = row.Status,
        Error = row.Error,
        EndedAt = row.EndedAt,
    };
}

using CreditWorkbench.Core.Jobs;
using CreditWorkbench.Core.Store.Keys;
using CreditWorkbench.Core.Store.Rows;
using Microsoft.EntityFrameworkCore;

namespace CreditWorkbench.Core.Store.Ports;

/// <summary>The queue in the store: rows in order of arrival, bodies under the ring's key.</summary>
internal sealed class QueueStore(IDbContextFactory<WorkbenchContext> contexts, StoreWriter writer, KeyRing ring, TimeProvider time) : IQueueStore
{
    private const string Body = "queue.body";

    public Task AppendAsync(QueueMessage message, CancellationToken cancellationToken)
    {
        var (now, id) = (time.GetUtcNow(), Guid.CreateVersion7(time.GetUtcNow()));
        return writer.AddAsync(
            [
                new QueueMessageRow
                {
                    Id = id,
                    Kind = message.Kind,
                    MessageId = message.Id,
                    Body = ring.Seal(message.Body.Span, Envelope.Place(Body, id)),
                    Length = message.Body.Length,
                    EnqueuedAt = now,
                    FreeAt = now,
                },
            ],
            [], cancellationToken);
    }

    public async Task<HeldMessage?> TakeAsync(string kind, string owner, TimeSpan hold, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        QueueMessageRow? first;
        await using (var context = await contexts.CreateDbContextAsync(cancellationToken))
        {
            first = await context.QueueMessages.AsNoTracking().Where(row => row.Kind == kind && row.DeadAt == null).OrderBy(row => row.Number).FirstOrDefaultAsync(cancellationToken);
        }

        if (first is null || first.FreeAt > now) return null;
        var taken = await ChangeAsync(
            first.Number, first.Token,
            rows => rows.ExecuteUpdateAsync(
                set => set.SetProperty(row => row.Owner, owner).SetProperty(row => row.FreeAt, now + hold).SetProperty(row => row.Token, row => row.Token + 1)
                    .SetProperty(row => row.Deliveries, row => row.Deliveries + 1),
                cancellationToken),
            cancellationToken);
        if (!taken) return null;
        var body = ring.Open(first.Body, Envelope.Place(Body, first.Id));
        return new HeldMessage(new QueueMessage(kind, first.MessageId, body) { Redelivered = first.Deliveries }, first.Number, first.Token + 1);
    }

    public Task<bool> HoldAsync(HeldMessage held, TimeSpan hold, CancellationToken cancellationToken)
    {
        var until = time.GetUtcNow() + hold;
        return ChangeAsync(held.Number, held.Token, rows => rows.ExecuteUpdateAsync(set => set.SetProperty(row => row.FreeAt, until), cancellationToken), cancellationToken);
    }

    public Task<bool> DoneAsync(HeldMessage held, CancellationToken cancellationToken) =>
        ChangeAsync(held.Number, held.Token, rows => rows.ExecuteDeleteAsync(cancellationToken), cancellationToken);

    public Task ReturnAsync(HeldMessage held, TimeSpan pause, CancellationToken cancellationToken) => HoldAsync(held, pause, cancellationToken);

    public Task<bool> BuryAsync(HeldMessage held, DeadReason reason, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return ChangeAsync(
            held.Number, held.Token,
            rows => rows.ExecuteUpdateAsync(
                set => set.SetProperty(row => row.DeadAt, now).SetProperty(row => row.ReasonCode, reason.Code).SetProperty(row => row.ReasonField, reason.Field)
                    .SetProperty(row => row.ReasonText, reason.Message).SetProperty(row => row.Remedy, reason.Remedy),
                cancellationToken),
            cancellationToken);
    }

    public Task ForgetAsync(string kind, DateTimeOffset before, CancellationToken cancellationToken) =>
        writer.WriteAsync(context => context.QueueMessages.Where(row => row.Kind == kind && row.EnqueuedAt < before).ExecuteDeleteAsync(cancellationToken), [], cancellationToken);

    public async Task<IReadOnlyList<QueueDepth>> DepthsAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var counts = await context.QueueMessages.AsNoTracking().GroupBy(row => new { row.Kind, Dead = row.DeadAt != null })
            .Select(group => new { group.Key.Kind, group.Key.Dead, Count = group.LongCount() }).ToListAsync(cancellationToken);
        return
        [
            .. QueueKinds.All.Select(kind => new QueueDepth(
                kind, counts.Where(one => one.Kind == kind && !one.Dead).Sum(one => one.Count), counts.Where(one => one.Kind == kind && one.Dead).Sum(one => one.Count))),
        ];
    }

    public async Task<IReadOnlyList<DeadLetter>> DeadAsync(int most, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.QueueMessages.AsNoTracking().Where(row => row.DeadAt != null).OrderByDescending(row => row.DeadAt).ThenByDescending(row => row.Number).Take(most)
            .Select(row => new DeadLetter(row.Id.ToString(), row.Kind, row.MessageId, row.Length, row.DeadAt, new DeadReason(row.ReasonCode ?? "", row.ReasonField, row.ReasonText ?? "", row.Remedy)))
            .ToListAsync(cancellationToken);
    }

    // A revived message queues up behind the others: it is a new row.
    public async Task<bool> ReviveAsync(string key, CancellationToken cancellationToken) => Guid.TryParse(key, out var id) && await writer.WriteAsync(
        async context =>
        {
            if (await context.QueueMessages.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id && row.DeadAt != null, cancellationToken) is not { } dead) return false;
            if (await context.QueueMessages.Where(row => row.Id == id && row.DeadAt != null).ExecuteDeleteAsync(cancellationToken) == 0) return false;
            var now = time.GetUtcNow();
            context.QueueMessages.Add(new QueueMessageRow { Id = dead.Id, Kind = dead.Kind, MessageId = dead.MessageId, Body = dead.Body, Length = dead.Length, EnqueuedAt = now, FreeAt = now });
            return true;
        },
        [], cancellationToken);

    public async Task<bool> DiscardAsync(string key, CancellationToken cancellationToken) => Guid.TryParse(key, out var id)
        && await writer.WriteAsync(context => context.QueueMessages.Where(row => row.Id == id && row.DeadAt != null).ExecuteDeleteAsync(cancellationToken), [], cancellationToken) > 0;

    private async Task<bool> ChangeAsync(long number, long token, Func<IQueryable<QueueMessageRow>, Task<int>> change, CancellationToken cancellationToken) =>
        await writer.WriteAsync(context => change(context.QueueMessages.Where(row => row.Number == number && row.Token == token && row.DeadAt == null)), [], cancellationToken) > 0;
}

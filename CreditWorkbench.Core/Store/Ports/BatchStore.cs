using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Store.Rows;
using Microsoft.EntityFrameworkCore;

namespace CreditWorkbench.Core.Store.Ports;

/// <summary>Batches in the store.</summary>
internal sealed class BatchStore(IDbContextFactory<WorkbenchContext> contexts, StoreWriter writer) : IBatchStore
{
    private const int MostAtOnce = 1000;

    public Task AddAsync(Batch batch, CancellationToken cancellationToken) => writer.AddAsync([BatchMap.Write(batch)], [], cancellationToken);

    public Task StartAsync(Guid id, DateTimeOffset at, CancellationToken cancellationToken) => writer.WriteAsync(
        context => context.Batches.Where(row => row.Id == id && row.StartedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.StartedAt, at).SetProperty(row => row.State, BatchState.Running), cancellationToken),
        [], cancellationToken);

    public async Task<bool> EndAsync(Batch ended, AuditDraft audit, CancellationToken cancellationToken)
    {
        var outcome = await writer.TryWriteAsync<bool>(
            async context =>
            {
                var row = BatchMap.Write(ended);
                var changed = await context.Batches.Where(there => there.Id == ended.Id && there.EndedAt == null).ExecuteUpdateAsync(
                    set => set.SetProperty(there => there.State, row.State).SetProperty(there => there.EndedAt, row.EndedAt).SetProperty(there => there.Rows, row.Rows)
                        .SetProperty(there => there.Rejected, row.Rejected).SetProperty(there => there.ErrorsJson, row.ErrorsJson)
                        .SetProperty(there => there.ResultHash, row.ResultHash).SetProperty(there => there.Problem, row.Problem),
                    cancellationToken);
                return changed > 0 ? true : new Problem("batch.ended", "The batch has ended before.");
            },
            [audit], cancellationToken);
        return outcome.Succeeded;
    }

    public async Task<Batch?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Batches.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is { } row ? BatchMap.Read(row) : null;
    }

    public async Task<Page<Batch>> ListAsync(Guid? ownerId, int page, int pageSize, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var found = context.Batches.AsNoTracking();
        if (ownerId is { } owner) found = found.Where(row => row.OwnerId == owner);
        var total = await found.CountAsync(cancellationToken);
        var rows = await found.OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id).Skip((page - 1) * pageSize).Take(pageSize).ToListAsync(cancellationToken);
        return new Page<Batch>([.. rows.Select(BatchMap.Read)], total);
    }

    public Task<IReadOnlyList<Batch>> OpenAsync(CancellationToken cancellationToken) =>
        ReadAsync(rows => rows.Where(row => row.EndedAt == null).OrderBy(row => row.CreatedAt), cancellationToken);

    public Task<IReadOnlyList<Batch>> KeptSinceBeforeAsync(DateTimeOffset moment, CancellationToken cancellationToken) =>
        ReadAsync(rows => rows.Where(row => row.EndedAt < moment && row.RemovedAt == null).OrderBy(row => row.EndedAt), cancellationToken);

    public Task RemovedAsync(Guid id, DateTimeOffset at, AuditDraft audit, CancellationToken cancellationToken) => writer.WriteAsync(
        context => context.Batches.Where(row => row.Id == id && row.RemovedAt == null).ExecuteUpdateAsync(set => set.SetProperty(row => row.RemovedAt, at), cancellationToken),
        [audit], cancellationToken);

    private async Task<IReadOnlyList<Batch>> ReadAsync(Func<IQueryable<BatchRow>, IQueryable<BatchRow>> choose, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return [.. (await choose(context.Batches.AsNoTracking()).Take(MostAtOnce).ToListAsync(cancellationToken)).Select(BatchMap.Read)];
    }
}

using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Jobs;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Store.Rows;
using Microsoft.EntityFrameworkCore;

namespace CreditWorkbench.Core.Store.Ports;

/// <summary>Jobs in the store. Payloads, checkpoints and results are clear: they name rows and files, never personal data.</summary>
internal sealed class JobStore(IDbContextFactory<WorkbenchContext> contexts, StoreWriter writer, JobSignal signal, TimeProvider time) : IJobStore
{
    public async Task<bool> EnqueueAsync(Job job, AuditDraft audit, CancellationToken cancellationToken)
    {
        try
        {
            await writer.AddAsync([JobMap.Write(job)], [audit], cancellationToken);
            signal.Changed();
            return true;
        }
        catch (DbUpdateException) when (!cancellationToken.IsCancellationRequested)
        {
            // Either somebody was faster with the same identity, or the database is out of order.
            if (await FindAsync(job.Id, cancellationToken) is null) throw;
            return false;
        }
    }

    public async Task<Job?> LeaseAsync(string owner, IReadOnlyList<string> kinds, TimeSpan lease, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await NextFreeAsync(kinds, time.GetUtcNow(), cancellationToken) is not { } free) return null;
            if (await TakeAsync(free.Id, free.FencingToken, owner, lease, cancellationToken)) return await FindAsync(free.Id, cancellationToken);
        }
    }

    public async Task<Job?> LeaseThisAsync(Guid id, string owner, TimeSpan lease, CancellationToken cancellationToken) =>
        await FindAsync(id, cancellationToken) is { } job && await TakeAsync(id, job.FencingToken, owner, lease, cancellationToken) ? await FindAsync(id, cancellationToken) : null;

    public async Task<(bool Held, bool CancelRequested)> ReportAsync(
        Guid id, long fencingToken, string phase, double progress, string? checkpoint, TimeSpan lease, CancellationToken cancellationToken)
    {
        var until = time.GetUtcNow() + lease;
        var held = await ChangeAsync(
            rows => Held(rows, id, fencingToken),
            rows => rows.ExecuteUpdateAsync(
                set => set.SetProperty(row => row.Phase, phase).SetProperty(row => row.Progress, progress)
                    .SetProperty(row => row.Checkpoint, row => checkpoint ?? row.Checkpoint).SetProperty(row => row.LeaseUntil, until),
                cancellationToken),
            cancellationToken) > 0;
        return (held, held && (await FindAsync(id, cancellationToken))!.CancelRequested);
    }

    public async Task<bool> EndAsync(Guid id, long fencingToken, JobState state, string? resultJson, string? error, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return await ChangeAsync(
            rows => Held(rows, id, fencingToken),
            rows => rows.ExecuteUpdateAsync(
                set => set.SetProperty(row => row.State, state).SetProperty(row => row.ResultJson, resultJson).SetProperty(row => row.Error, error)
                    .SetProperty(row => row.EndedAt, now).SetProperty(row => row.LeaseUntil, (DateTimeOffset?)null)
                    .SetProperty(row => row.Progress, row => state == JobState.Completed ? 1.0 : row.Progress),
                cancellationToken),
            cancellationToken) > 0;
    }

    public async Task<Outcome<Job>> CancelAsync(Guid id, AuditDraft audit, CancellationToken cancellationToken)
    {
        var outcome = await TryCancelAsync(id, audit, cancellationToken);
        signal.Changed();
        return outcome;
    }

    public async Task<Job?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await context.Jobs.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        return row is null ? null : JobMap.Read(row);
    }

    public async Task<Page<Job>> ListAsync(JobQuery query, int page, int pageSize, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var found = context.Jobs.AsNoTracking();
        if (query.Kinds is { } kinds) found = found.Where(row => kinds.Contains(row.Kind));
        if (query.States is { } states) found = found.Where(row => states.Contains(row.State));
        if (query.CreatedBy is { } person) found = found.Where(row => row.CreatedBy == person);
        var total = await found.CountAsync(cancellationToken);
        var rows = await found.OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id)
            .Skip((page - 1) * pageSize).Take(pageSize).ToListAsync(cancellationToken);
        return new Page<Job>([.. rows.Select(JobMap.Read)], total);
    }

    private Task<Outcome<Job>> TryCancelAsync(Guid id, AuditDraft audit, CancellationToken cancellationToken) => writer.TryWriteAsync<Job>(
        async context =>
        {
            var now = time.GetUtcNow();
            var never = await context.Jobs.Where(row => row.Id == id && row.State == JobState.Queued).ExecuteUpdateAsync(
                set => set.SetProperty(row => row.State, JobState.Cancelled).SetProperty(row => row.CancelRequested, true).SetProperty(row => row.EndedAt, now),
                cancellationToken);
            // A worker that takes the job between the two statements is asked by the second one.
            var asked = await context.Jobs.Where(row => row.Id == id && row.State == JobState.Running)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.CancelRequested, true), cancellationToken);
            var row = await context.Jobs.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
            if (row is null) return new Problem("job.unknown", "There is no such job.");
            return never + asked > 0 ? JobMap.Read(row) : new Problem("job.ended", "This job has already ended.");
        },
        [audit], cancellationToken);

    private async Task<bool> TakeAsync(Guid id, long fencingToken, string owner, TimeSpan lease, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return await ChangeAsync(
            rows => rows.Where(row => row.Id == id && row.FencingToken == fencingToken
                && (row.State == JobState.Queued || (row.State == JobState.Running && row.LeaseUntil < now))),
            rows => rows.ExecuteUpdateAsync(
                set => set.SetProperty(row => row.State, JobState.Running).SetProperty(row => row.Owner, owner).SetProperty(row => row.LeaseUntil, now + lease)
                    .SetProperty(row => row.Attempt, row => row.Attempt + 1).SetProperty(row => row.FencingToken, row => row.FencingToken + 1),
                cancellationToken),
            cancellationToken) > 0;
    }

    private static IQueryable<JobRow> Held(IQueryable<JobRow> rows, Guid id, long fencingToken) =>
        rows.Where(row => row.Id == id && row.FencingToken == fencingToken && row.State == JobState.Running);

    private async Task<JobRow?> NextFreeAsync(IReadOnlyList<string> kinds, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Jobs.AsNoTracking()
            .Where(row => kinds.Contains(row.Kind) && (row.State == JobState.Queued || (row.State == JobState.Running && row.LeaseUntil < now)))
            .OrderBy(row => row.CreatedAt).ThenBy(row => row.Id).FirstOrDefaultAsync(cancellationToken);
    }

    private async Task<int> ChangeAsync(
        Func<IQueryable<JobRow>, IQueryable<JobRow>> select, Func<IQueryable<JobRow>, Task<int>> update, CancellationToken cancellationToken)
    {
        var changed = await writer.WriteAsync(context => update(select(context.Jobs)), [], cancellationToken);
        if (changed > 0) signal.Changed();
        return changed;
    }
}

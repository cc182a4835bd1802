using System.Runtime.CompilerServices;
using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Jobs;

/// <summary>The desk over a store of jobs.</summary>
public sealed class JobDesk(IJobStore store, JobSignal signal, TimeProvider time) : IJobDesk
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    // A handler may report many times a second; a page need not be drawn as often.
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(100);

    /// <inheritdoc/>
    public async Task<Outcome<Job>> EnqueueAsync(JobRequest request, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(request.Needs) is { } refusal) return refusal;
        if (request.Id is { } known && await store.FindAsync(known, cancellationToken) is { } there) return there;
        var now = time.GetUtcNow();
        var job = new Job
        {
            Id = request.Id ?? Guid.CreateVersion7(now),
            Kind = request.Kind,
            Title = request.Title,
            PayloadJson = request.PayloadJson,
            CreatedBy = actor.Id,
            CreatedAt = now,
        };
        return await store.EnqueueAsync(job, Draft(actor, "job.queued", job), cancellationToken)
            ? job
            : (await store.FindAsync(job.Id, cancellationToken))!;
    }

    /// <inheritdoc/>
    public async Task<Outcome<Job>> CancelAsync(Guid id, Actor actor, CancellationToken cancellationToken) =>
        await FindAsync(id, actor, cancellationToken) is { } job
            ? await store.CancelAsync(id, Draft(actor, "job.cancelled", job), cancellationToken)
            : new Problem("job.unknown", "There is no such job.") { Remedy = "See the list of jobs." };

    /// <inheritdoc/>
    public async Task<Job?> FindAsync(Guid id, Actor actor, CancellationToken cancellationToken) =>
        await store.FindAsync(id, cancellationToken) is { } job && (actor.May(Permission.ManageJobs) || job.CreatedBy == actor.Id) ? job : null;

    /// <inheritdoc/>
    public Task<Page<Job>> ListAsync(JobQuery query, int page, int pageSize, Actor actor, CancellationToken cancellationToken) =>
        store.ListAsync(actor.May(Permission.ManageJobs) ? query : query with { CreatedBy = actor.Id }, page, pageSize, cancellationToken);

    /// <inheritdoc/>
    public async IAsyncEnumerable<Job> WatchAsync(Guid id, Actor actor, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Job? shown = null;
        while (true)
        {
            var next = signal.Next;
            if (await FindAsync(id, actor, cancellationToken) is not { } job) yield break;
            if (shown is null || Shows(job) != Shows(shown)) yield return shown = job;
            if (job.EndedAt is not null) yield break;
            await AfterAsync(next, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public Task ChangedAsync(CancellationToken cancellationToken) => AfterAsync(signal.Next, cancellationToken);

    private async Task AfterAsync(Task next, CancellationToken cancellationToken)
    {
        await Task.Delay(Gather, time, cancellationToken);
        await next.WaitAsync(LookAgain, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
    }

    // The lease is renewed all the time; nobody watches that.
    private static Job Shows(Job job) => job with { LeaseUntil = null, Owner = null };

    private static AuditDraft Draft(Actor actor, string kind, Job job) =>
        new(actor, kind, job.Id.ToString(), new Dictionary<string, string?> { ["kind"] = job.Kind, ["title"] = job.Title });
}

using System.Globalization;
using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Jobs;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Decisioning;

/// <summary>Looks after batches that nobody works on: ends those whose job was given up, and removes files whose time is over.</summary>
/// <param name="batches">Rows.</param>
/// <param name="files">Bytes.</param>
/// <param name="jobs">Their jobs.</param>
/// <param name="ending">How they end.</param>
/// <param name="clock">Time.</param>
public sealed class BatchKeeper(IBatchStore batches, IBatchFiles files, IJobStore jobs, BatchEnding ending, TimeProvider clock)
{
    // Between the row and its job lies a moment; nobody queues a job an hour later.
    private static readonly TimeSpan Orphaned = TimeSpan.FromHours(1);

    /// <summary>Looks once.</summary>
    /// <param name="keep">How long input and results are kept after the end.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task LookAsync(TimeSpan keep, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        foreach (var batch in await batches.OpenAsync(cancellationToken))
        {
            var job = await jobs.FindAsync(batch.Id, cancellationToken);
            var counts = BatchCounts.Read(job?.Checkpoint);
            if (job is null && batch.CreatedAt < now - Orphaned) await ending.FailedAsync(batch, counts, "The batch was never queued. Send it again.", cancellationToken);
            else if (job?.State == JobState.Cancelled) await ending.CancelledAsync(batch, cancellationToken);
            else if (job?.State == JobState.Failed) await ending.FailedAsync(batch, counts, job.Error ?? "The job failed.", cancellationToken);
        }

        foreach (var batch in await batches.KeptSinceBeforeAsync(now - keep, cancellationToken))
        {
            files.Remove(batch.Id);
            await batches.RemovedAsync(batch.Id, now, Entry(batch, keep), cancellationToken);
        }

        await files.SweepAsync(async (id, stop) => await batches.FindAsync(id, stop) is not null, now - TimeSpan.FromDays(1), cancellationToken);
    }

    private static AuditDraft Entry(Batch batch, TimeSpan keep) => new(Actor.System, "batch.removed", batch.Id.ToString(), new Dictionary<string, string?>
    {
        ["keptDays"] = keep.TotalDays.ToString(CultureInfo.InvariantCulture),
        ["input"] = batch.InputHash.Hex,
        ["results"] = batch.ResultHash?.Hex,
    });
}

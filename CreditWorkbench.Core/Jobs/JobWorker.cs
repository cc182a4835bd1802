using Microsoft.Extensions.Logging;

namespace CreditWorkbench.Core.Jobs;

/// <summary>Takes jobs one after the other and has them done by the handler of their kind. Several workers, also on several machines, share
/// one queue: the store's leases keep them apart.</summary>
public sealed class JobWorker(IJobStore store, IEnumerable<IJobHandler> handlers, JobWorkerOptions options, TimeProvider time, ILogger<JobWorker> log)
{
    private readonly Dictionary<string, IJobHandler> _handlers = handlers.ToDictionary(handler => handler.Kind);

    /// <summary>Works until cancelled. A job that is being done then goes back to the queue with its checkpoint.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            if (await TryOneAsync(cancellationToken)) continue;
            await Task.Delay(options.Poll, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Takes one job and does it.</summary>
    /// <returns>False when there was none.</returns>
    public async Task<bool> RunOneAsync(CancellationToken cancellationToken)
    {
        if (await store.LeaseAsync(options.Owner, [.. _handlers.Keys], options.Lease, cancellationToken) is not { } job) return false;
        await DoAsync(job, null, cancellationToken);
        return true;
    }

    /// <summary>Takes one certain job and does it, for whoever waits for it in this process.</summary>
    /// <param name="id">The job.</param>
    /// <param name="observer">Told every report at once; null for nobody.</param>
    /// <param name="cancellationToken">Gives the job back.</param>
    /// <returns>False when another worker has it, or it is over.</returns>
    public async Task<bool> RunThisAsync(Guid id, IProgress<JobProgress>? observer, CancellationToken cancellationToken)
    {
        if (await store.LeaseThisAsync(id, options.Owner, options.Lease, cancellationToken) is not { } job) return false;
        await DoAsync(job, observer, cancellationToken);
        return true;
    }

    private async Task DoAsync(Job job, IProgress<JobProgress>? observer, CancellationToken cancellationToken)
    {
        if (job.CancelRequested)
        {
            await store.EndAsync(job.Id, job.FencingToken, JobState.Cancelled, null, null, cancellationToken);
        }
        else if (job.Attempt > options.MaxAttempts)
        {
            await store.EndAsync(job.Id, job.FencingToken, JobState.Failed, null, $"The job was taken up {options.MaxAttempts} times and never finished.", cancellationToken);
        }
        else
        {
            using var run = new JobRun(job, _handlers[job.Kind], store, options, time, log) { Observer = observer };
            await run.RunAsync(cancellationToken);
        }
    }

    private async Task<bool> TryOneAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await RunOneAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception error) when (StoreFaults.AreIn(error))
        {
            log.LogWarning(error, "The queue of jobs could not be reached; the next look tries again.");
            return false;
        }
    }
}

using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Jobs;

/// <summary>Durable jobs with leases.</summary>
public interface IJobStore
{
    /// <summary>Queues a job; false when its identity is taken already, and then nothing is written.</summary>
    Task<bool> EnqueueAsync(Job job, AuditDraft audit, CancellationToken cancellationToken);

    /// <summary>Takes the oldest job that is queued or whose lease ran out, by compare-and-set; null when there is none.</summary>
    Task<Job?> LeaseAsync(string owner, IReadOnlyList<string> kinds, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>Takes one certain job if it is queued or its lease ran out; null otherwise.</summary>
    Task<Job?> LeaseThisAsync(Guid id, string owner, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>Renews the lease and reports progress; false when the fencing token is no longer the job's (stop working), true with
    /// the cancel flag otherwise.</summary>
    Task<(bool Held, bool CancelRequested)> ReportAsync(Guid id, long fencingToken, string phase, double progress, string? checkpoint, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>Ends a job; false when the fencing token is no longer the job's.</summary>
    Task<bool> EndAsync(Guid id, long fencingToken, JobState state, string? resultJson, string? error, CancellationToken cancellationToken);

    /// <summary>Asks for cancellation; a queued job is cancelled at once.</summary>
    Task<Outcome<Job>> CancelAsync(Guid id, AuditDraft audit, CancellationToken cancellationToken);

    /// <summary>One job; null when unknown.</summary>
    Task<Job?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Jobs, newest first.</summary>
    Task<Page<Job>> ListAsync(JobQuery query, int page, int pageSize, CancellationToken cancellationToken);
}

/// <summary>Does jobs of one kind.</summary>
public interface IJobHandler
{
    /// <summary>Kind that it does.</summary>
    string Kind { get; }

    /// <summary>Does one job and returns the result as JSON.</summary>
    /// <param name="job">The job as leased; resumes from its checkpoint.</param>
    /// <param name="progress">Reports phase, share done and checkpoint.</param>
    /// <param name="cancellationToken">Fires on cancellation, shutdown and a lost lease.</param>
    Task<Outcome<string>> RunAsync(Job job, IProgress<JobProgress> progress, CancellationToken cancellationToken);
}

/// <summary>A report of progress.</summary>
public readonly record struct JobProgress(string Phase, double Share, string? Checkpoint = null);

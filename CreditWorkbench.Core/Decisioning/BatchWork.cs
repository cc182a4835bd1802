using CreditWorkbench.Core.Jobs;

namespace CreditWorkbench.Core.Decisioning;

/// <summary>How batches are worked on.</summary>
/// <param name="jobs">Says whether somebody asked to stop.</param>
/// <param name="clock">Time.</param>
/// <param name="threads">Threads of one batch.</param>
public sealed class BatchWork(IJobStore jobs, TimeProvider clock, int threads)
{
    /// <summary>Time.</summary>
    public TimeProvider Clock => clock;

    /// <summary>Threads of one batch.</summary>
    public int Threads => threads;

    /// <summary>Whether a job was called off, and not only given back.</summary>
    public async Task<bool> IsCancelledAsync(Guid id) => await jobs.FindAsync(id, CancellationToken.None) is { CancelRequested: true };
}

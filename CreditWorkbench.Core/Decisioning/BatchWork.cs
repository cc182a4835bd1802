using CreditWorkbench.Core.Jobs;

namespace CreditWorkbench.Core.Decisioning;

/// <summary>How batches are worked on.</summary>
/// <param name="jobs">Says whether somebody asked to stop.</param>
/// <param name="clock">Time.</param>
/// <param name="threads">Threads of one batch.</param>
/// <param name="partRows">Rows of a part: what is done again at most when a worker dies.</param>
public sealed class BatchWork(IJobStore jobs, TimeProvider clock, int threads, int partRows = 1 << 16)
{
    /// <summary>Time.</summary>
    public TimeProvider Clock => clock;

    /// <summary>Threads of one batch.</summary>
    public int Threads => threads;

    /// <summary>Rows of a part, rounded up to whole blocks.</summary>
    public int PartRows => partRows;

    /// <summary>Whether a job was called off, and not only given back.</summary>
    public async Task<bool> IsCancelledAsync(Guid id) => await jobs.FindAsync(id, CancellationToken.None) is { CancelRequested: true };
}

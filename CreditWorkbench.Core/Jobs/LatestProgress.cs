namespace CreditWorkbench.Core.Jobs;

/// <summary>Keeps the newest report of a handler for the next sign of life; handlers may report as often as they like.</summary>
internal sealed class LatestProgress(Job job) : IProgress<JobProgress>
{
    private readonly Lock _lock = new();
    private JobProgress _latest = new(job.Phase, job.Progress, job.Checkpoint);

    public IProgress<JobProgress>? Observer { get; set; }

    public JobProgress Latest
    {
        get
        {
            lock (_lock) return _latest;
        }
    }

    /// <summary>A report without a checkpoint keeps the one before.</summary>
    public void Report(JobProgress value)
    {
        Observer?.Report(value);
        lock (_lock) _latest = value with { Share = Math.Clamp(value.Share, 0, 1), Checkpoint = value.Checkpoint ?? _latest.Checkpoint };
    }
}

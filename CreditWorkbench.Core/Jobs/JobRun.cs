using CreditWorkbench.Core.Kernel;
using Microsoft.Extensions.Logging;

namespace CreditWorkbench.Core.Jobs;

/// <summary>One attempt at one job: the handler works, and beside it the lease is renewed until the handler is done.</summary>
internal sealed class JobRun(Job job, IJobHandler handler, IJobStore store, JobWorkerOptions options, TimeProvider time, ILogger log) : IDisposable
{
    private readonly LatestProgress _progress = new(job);
    private readonly CancellationTokenSource _stop = new();
    private bool _lost;
    private bool _cancelled;

    /// <summary>Told every report of the handler at once; null for nobody.</summary>
    public IProgress<JobProgress>? Observer { init => _progress.Observer = value; }

    public void Dispose() => _stop.Dispose();

    /// <summary>Runs the handler to its end and writes the result. Shutdown gives the job back, to be resumed from its checkpoint.</summary>
    public async Task RunAsync(CancellationToken shutdown)
    {
        using var stopAtShutdown = shutdown.Register(_stop.Cancel);
        using var handlerDone = new CancellationTokenSource();
        var alive = KeepAliveAsync(handlerDone.Token);
        var work = Task.Run(() => handler.RunAsync(job, _progress, _stop.Token), CancellationToken.None);
        await ((Task)work).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await handlerDone.CancelAsync();
        await alive;

        if (!_lost) await FinishAsync(work, shutdown);
        if (_lost) log.LogWarning("Job {Job} was taken over by another worker; its result here is dropped.", job.Id);
    }

    private async Task FinishAsync(Task<Outcome<string>> work, CancellationToken shutdown)
    {
        if (work.IsCompletedSuccessfully) await EndAsync(await work);
        else if (_cancelled) await EndAsync(JobState.Cancelled, null, null);
        else if (work.IsCanceled && shutdown.IsCancellationRequested) await ReportAsync(TimeSpan.Zero);
        else await FailAsync(work);
    }

    private Task EndAsync(Outcome<string> outcome) => outcome.TryGet(out var result, out var problems)
        ? EndAsync(JobState.Completed, result, null)
        : _cancelled ? EndAsync(JobState.Cancelled, null, null) : EndAsync(JobState.Failed, null, string.Join(" ", problems));

    private Task FailAsync(Task work)
    {
        log.LogError(work.Exception, "Job {Job} of kind {Kind} failed by a fault in the program.", job.Id, job.Kind);
        return EndAsync(JobState.Failed, null, $"The job failed by a fault in the program. Reference {job.Id}.");
    }

    private async Task EndAsync(JobState state, string? result, string? error) =>
        _lost = !await store.EndAsync(job.Id, job.FencingToken, state, result, error, CancellationToken.None);

    private async Task KeepAliveAsync(CancellationToken handlerDone)
    {
        var lastSign = time.GetUtcNow();
        while (!handlerDone.IsCancellationRequested)
        {
            await Task.Delay(options.Report, time, handlerDone).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                var (held, cancel) = await ReportAsync(options.Lease);
                lastSign = time.GetUtcNow();
                (_lost, _cancelled) = (!held, cancel);
            }
            catch (Exception error) when (StoreFaults.AreIn(error))
            {
                log.LogWarning(error, "Job {Job} could not report; it goes on while its lease lasts.", job.Id);
                _lost = time.GetUtcNow() - lastSign > options.Lease;
            }

            if (!_lost && !_cancelled) continue;
            await _stop.CancelAsync();
            return;
        }
    }

    private Task<(bool Held, bool CancelRequested)> ReportAsync(TimeSpan lease)
    {
        var latest = _progress.Latest;
        return store.ReportAsync(job.Id, job.FencingToken, latest.Phase, latest.Share, latest.Checkpoint, lease, CancellationToken.None);
    }
}

using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Jobs;

/// <summary>Where people and other rooms ask for long work, watch it and call it off. Who may manage jobs sees all of them, everybody else
/// the own ones; somebody else's job is unknown.</summary>
public interface IJobDesk
{
    /// <summary>Queues a job; a worker of this or another process takes it. A job that is already there under the requested identity is
    /// returned as it stands.</summary>
    /// <returns>The job; <c>permission.missing</c> without the permission that the request names.</returns>
    Task<Outcome<Job>> EnqueueAsync(JobRequest request, Actor actor, CancellationToken cancellationToken);

    /// <summary>Asks for cancellation; a queued job is cancelled at once, a running one as soon as its handler notices.</summary>
    /// <returns>The job; <c>job.unknown</c>, or <c>job.ended</c> when it is over.</returns>
    Task<Outcome<Job>> CancelAsync(Guid id, Actor actor, CancellationToken cancellationToken);

    /// <summary>One job; null when unknown to this actor.</summary>
    Task<Job?> FindAsync(Guid id, Actor actor, CancellationToken cancellationToken);

    /// <summary>Jobs that this actor may see, newest first.</summary>
    /// <param name="query">Which.</param>
    /// <param name="page">One-based.</param>
    /// <param name="pageSize">At least 1.</param>
    /// <param name="actor">Who looks.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<Page<Job>> ListAsync(JobQuery query, int page, int pageSize, Actor actor, CancellationToken cancellationToken);

    /// <summary>The job now, and again after every change, until it has ended; nothing when it is unknown to this actor.</summary>
    IAsyncEnumerable<Job> WatchAsync(Guid id, Actor actor, CancellationToken cancellationToken);

    /// <summary>Ends soon after any job changed in this process, else after a second, in which another process may have changed one.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    Task ChangedAsync(CancellationToken cancellationToken);
}

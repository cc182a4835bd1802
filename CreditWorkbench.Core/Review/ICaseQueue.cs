using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Review;

/// <summary>A case that changed.</summary>
/// <param name="CaseId">The case.</param>
/// <param name="ApplicationId">Its application.</param>
/// <param name="Version">Version that it has now.</param>
/// <param name="At">When it changed.</param>
public sealed record CaseChange(Guid CaseId, Guid ApplicationId, int Version, DateTimeOffset At);

/// <summary>Reads the queue page by page; ten thousand cases cost no more than what a page shows.</summary>
public interface ICaseQueue
{
    /// <summary>A page of cases and how many there are.</summary>
    Task<Page<QueueEntry>> PageAsync(QueueQuery query, CancellationToken cancellationToken);

    /// <summary>How many cases each filter holds.</summary>
    /// <param name="reader">Whose cases count as one's own.</param>
    /// <param name="scorecardId">One scorecard only; null for all.</param>
    /// <param name="now">When cases count as late.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<QueueCounts> CountAsync(Guid reader, string? scorecardId, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Cases that changed at or after a time, oldest change first, at most 500: how a node hears of what others did.</summary>
    Task<IReadOnlyList<CaseChange>> ChangedSinceAsync(DateTimeOffset since, CancellationToken cancellationToken);
}

/// <summary>A filter and an order of a page that somebody keeps under a name.</summary>
/// <param name="Id">Identity (Guid v7).</param>
/// <param name="UserId">Whose it is.</param>
/// <param name="Name">What that person calls it.</param>
/// <param name="Query">Query string of the page, without the question mark.</param>
public sealed record SavedView(Guid Id, Guid UserId, string Name, string Query)
{
    /// <summary>Most views that one person keeps.</summary>
    public const int Most = 12;
}

/// <summary>Durable saved views, per person.</summary>
public interface ISavedViewStore
{
    /// <summary>A person's views, by name.</summary>
    Task<IReadOnlyList<SavedView>> OfAsync(Guid userId, CancellationToken cancellationToken);

    /// <summary>Adds a view, or replaces the one of the same name; <c>view.full</c> when the person keeps <see cref="SavedView.Most"/>.</summary>
    Task<Outcome<SavedView>> SaveAsync(SavedView view, CancellationToken cancellationToken);

    /// <summary>Removes a person's view; nothing happens when there is none.</summary>
    Task RemoveAsync(Guid id, Guid userId, CancellationToken cancellationToken);
}

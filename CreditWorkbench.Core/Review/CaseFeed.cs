using System.Collections.Concurrent;
using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Review;

/// <summary>Tells everybody on this node that a case changed. Who listens must not block: a page takes note and reads again.</summary>
public sealed class CaseFeed
{
    private readonly ConcurrentDictionary<Guid, Action<CaseChange>> _listeners = new();

    /// <summary>Calls a listener on every change until the result is disposed.</summary>
    public IDisposable Listen(Action<CaseChange> listener)
    {
        var id = Guid.NewGuid();
        _listeners[id] = listener;
        return new Ear(this, id);
    }

    /// <summary>Tells all listeners.</summary>
    public void Tell(CaseChange change)
    {
        foreach (var listener in _listeners.Values) listener(change);
    }

    private sealed class Ear(CaseFeed feed, Guid id) : IDisposable
    {
        public void Dispose() => feed._listeners.TryRemove(id, out _);
    }
}

/// <summary>A review store whose commits are told on this node.</summary>
public sealed class ToldReviewStore(IReviewStore inner, CaseFeed feed, TimeProvider clock) : IReviewStore
{
    /// <inheritdoc/>
    public Task<ReviewCase?> FindAsync(Guid id, CancellationToken cancellationToken) => inner.FindAsync(id, cancellationToken);

    /// <inheritdoc/>
    public Task<ReviewCase?> OfApplicationAsync(Guid applicationId, CancellationToken cancellationToken) => inner.OfApplicationAsync(applicationId, cancellationToken);

    /// <inheritdoc/>
    public Task<Page<ReviewCase>> ListAsync(CaseQuery query, CancellationToken cancellationToken) => inner.ListAsync(query, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<CaseDecision>> DecisionsAsync(Guid caseId, CancellationToken cancellationToken) => inner.DecisionsAsync(caseId, cancellationToken);

    /// <inheritdoc/>
    public async Task<ReviewCase> OpenAsync(ReviewCase reviewCase, CreditApplication application, AuditDraft audit, CancellationToken cancellationToken)
    {
        var opened = await inner.OpenAsync(reviewCase, application, audit, cancellationToken);
        Tell(opened);
        return opened;
    }

    /// <inheritdoc/>
    public async Task<Outcome<ReviewCase>> UpdateAsync(ReviewCase reviewCase, AuditDraft audit, CancellationToken cancellationToken)
    {
        var updated = await inner.UpdateAsync(reviewCase, audit, cancellationToken);
        if (updated.Succeeded) Tell(updated.Value);
        return updated;
    }

    /// <inheritdoc/>
    public async Task<Outcome<CaseDecision>> DecideAsync(CaseDecision decision, ReviewCase reviewCase, CreditApplication application, AuditDraft audit, CancellationToken cancellationToken)
    {
        var decided = await inner.DecideAsync(decision, reviewCase, application, audit, cancellationToken);
        if (decided.Succeeded) Tell(reviewCase with { Version = reviewCase.Version + 1 });
        return decided;
    }

    /// <inheritdoc/>
    public async Task<Outcome<ReviewCase>> ObjectAsync(Objection objection, ReviewCase reviewCase, CreditApplication application, AuditDraft audit, CancellationToken cancellationToken)
    {
        var reopened = await inner.ObjectAsync(objection, reviewCase, application, audit, cancellationToken);
        if (reopened.Succeeded) Tell(reopened.Value);
        return reopened;
    }

    private void Tell(ReviewCase changed) => feed.Tell(new CaseChange(changed.Id, changed.ApplicationId, changed.Version, clock.GetUtcNow()));
}

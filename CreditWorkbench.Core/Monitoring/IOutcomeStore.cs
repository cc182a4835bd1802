using CreditWorkbench.Core.Audit;

namespace CreditWorkbench.Core.Monitoring;

/// <summary>Durable outcomes.</summary>
public interface IOutcomeStore
{
    /// <summary>The applications with these identities that have a score, by identity, with the score that counts for each.</summary>
    /// <param name="ids">Applications.</param>
    /// <param name="clientId">Only those that this client system took in; null for all.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<IReadOnlyList<OutcomeSubject>> ApplicationsAsync(IReadOnlyCollection<Guid> ids, Guid? clientId, CancellationToken cancellationToken);

    /// <summary>The same by application number.</summary>
    Task<IReadOnlyList<OutcomeSubject>> ApplicationsAsync(IReadOnlyCollection<string> numbers, Guid? clientId, CancellationToken cancellationToken);

    /// <summary>The outcomes that count for these applications and predictions.</summary>
    Task<IReadOnlyList<ObservedOutcome>> CurrentOfAsync(IReadOnlyCollection<Guid> subjects, CancellationToken cancellationToken);

    /// <summary>Commits outcomes and their entry together; each takes the place of the one that counted for its subject.</summary>
    Task RecordAsync(IReadOnlyList<ObservedOutcome> outcomes, AuditDraft audit, CancellationToken cancellationToken);

    /// <summary>The outcomes that count for scores of a scorecard issued in a period, by time of scoring, then identity.</summary>
    Task<IReadOnlyList<ObservedOutcome>> CurrentAsync(string scorecardId, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken);

    /// <summary>Everything reported about one application or prediction, newest report first.</summary>
    Task<IReadOnlyList<ObservedOutcome>> HistoryAsync(Guid subject, CancellationToken cancellationToken);
}

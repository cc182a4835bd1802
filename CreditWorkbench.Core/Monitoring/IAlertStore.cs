using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Monitoring;

/// <summary>Which alerts to list, newest first.</summary>
/// <param name="Open">Only open ones, or only acknowledged ones; null: both.</param>
/// <param name="ScorecardId">Scorecard; null: any.</param>
/// <param name="Kind">Kind; null: any.</param>
/// <param name="Skip">Alerts to pass over.</param>
/// <param name="Take">Alerts at most, in [1, 500].</param>
public sealed record AlertQuery(bool? Open = null, string? ScorecardId = null, string? Kind = null, int Skip = 0, int Take = 100);

/// <summary>Durable alerts.</summary>
public interface IAlertStore
{
    /// <summary>Adds an alert with its entry. Where one with its key is open, that one is counted up and takes the newer facts, and no entry is
    /// written.</summary>
    /// <returns>The alert as it stands now.</returns>
    Task<Alert> RaiseAsync(Alert alert, AuditDraft audit, CancellationToken cancellationToken);

    /// <summary>Alerts by a query, newest first.</summary>
    Task<Page<Alert>> ListAsync(AlertQuery query, CancellationToken cancellationToken);

    /// <summary>One alert; null when unknown.</summary>
    Task<Alert?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Replaces an alert that nobody changed meanwhile, else <c>version.stale</c>.</summary>
    Task<Outcome<Alert>> UpdateAsync(Alert alert, AuditDraft audit, CancellationToken cancellationToken);
}

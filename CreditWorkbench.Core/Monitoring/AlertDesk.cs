using System.Globalization;
using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Monitoring;

/// <summary>What to raise.</summary>
/// <param name="Kind">Stable dotted word.</param>
/// <param name="Severity">How urgent.</param>
/// <param name="Key">What is the same alert again, at most 200 characters.</param>
/// <param name="ScorecardId">Scorecard; null where it is about none.</param>
/// <param name="SubjectId">What it is about: an id as text.</param>
/// <param name="Facts">Facts by name, numbers invariant; never a personal datum.</param>
public sealed record AlertRequest(string Kind, AlertSeverity Severity, string Key, string? ScorecardId, string SubjectId, IReadOnlyDictionary<string, string> Facts);

/// <summary>Where alerts are raised, read and acknowledged.</summary>
public sealed class AlertDesk(IAlertStore alerts, TimeProvider clock)
{
    private const int LongestNote = 1_000;
    private const int MostAtOnce = 500;

    /// <summary>Raises an alert; while one with its key is open, that one is counted up.</summary>
    public Task<Alert> RaiseAsync(AlertRequest request, Actor actor, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var alert = new Alert
        {
            Id = Guid.CreateVersion7(now),
            Kind = request.Kind,
            Severity = request.Severity,
            Key = request.Key,
            ScorecardId = request.ScorecardId,
            SubjectId = request.SubjectId,
            Facts = request.Facts,
            RaisedAt = now,
            LastAt = now,
        };
        var audit = new AuditDraft(actor, "alert.raised", alert.Id.ToString(), new Dictionary<string, string?>(request.Facts.Select(fact => KeyValuePair.Create(fact.Key, (string?)fact.Value)))
        {
            ["kind"] = request.Kind,
            ["severity"] = request.Severity.ToString(),
            ["subject"] = request.SubjectId,
        });
        return alerts.RaiseAsync(alert, audit, cancellationToken);
    }

    /// <summary>Alerts, newest first; needs <see cref="Permission.ReadDashboards"/>.</summary>
    public async Task<Outcome<Page<Alert>>> ListAsync(AlertQuery query, Actor actor, CancellationToken cancellationToken) =>
        actor.Lacks(Permission.ReadDashboards) is { } refusal
            ? refusal
            : await alerts.ListAsync(query with { Skip = Math.Max(0, query.Skip), Take = Math.Clamp(query.Take, 1, MostAtOnce) }, cancellationToken);

    /// <summary>One alert; needs <see cref="Permission.ReadDashboards"/>; <c>alert.notFound</c>.</summary>
    public async Task<Outcome<Alert>> FindAsync(Guid id, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.ReadDashboards) is { } refusal) return refusal;
        return await alerts.FindAsync(id, cancellationToken) is { } alert ? alert : new Problem("alert.notFound", "There is no such alert.") { Remedy = "See the list of alerts." };
    }

    /// <summary>Acknowledges an open alert; needs <see cref="Permission.PromoteModels"/>.</summary>
    /// <param name="id">Alert.</param>
    /// <param name="note">What was found or done, 1 to 1,000 characters.</param>
    /// <param name="rowVersion">Version that the actor saw; null: whichever it is.</param>
    /// <param name="actor">Who.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<Outcome<Alert>> AcknowledgeAsync(Guid id, string note, int? rowVersion, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.PromoteModels) is { } refusal) return refusal;
        if (note.Trim().Length is 0 or > LongestNote) return new Problem("alert.note", $"A note of 1 to {LongestNote} characters is needed.") { Field = "note", Remedy = "Say what was found or done." };
        if (await alerts.FindAsync(id, cancellationToken) is not { } alert) return new Problem("alert.notFound", "There is no such alert.") { Remedy = "See the list of alerts." };
        if (!alert.IsOpen) return new Problem("alert.acknowledged", "Somebody acknowledged this alert already.") { Remedy = "Load it again." };
        if (rowVersion is { } seen && seen != alert.RowVersion) return new Problem("version.stale", "Somebody changed this in the meantime; nothing was saved.") { Remedy = "Load it again and repeat the change." };
        var audit = new AuditDraft(actor, "alert.acknowledged", id.ToString(), new Dictionary<string, string?> { ["kind"] = alert.Kind, ["note"] = note.Trim(), ["times"] = alert.Times.ToString(CultureInfo.InvariantCulture) });
        return await alerts.UpdateAsync(alert with { AcknowledgedBy = actor.Id, AcknowledgedAt = clock.GetUtcNow(), Note = note.Trim() }, audit, cancellationToken);
    }
}

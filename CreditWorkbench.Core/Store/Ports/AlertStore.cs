using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Monitoring;
using CreditWorkbench.Core.Store.Rows;
using Microsoft.EntityFrameworkCore;

namespace CreditWorkbench.Core.Store.Ports;

/// <summary>Alerts in the store.</summary>
internal sealed class AlertStore(IDbContextFactory<WorkbenchContext> contexts, StoreWriter writer) : IAlertStore
{
    public async Task<Alert> RaiseAsync(Alert alert, AuditDraft audit, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await CountUpAsync(alert, cancellationToken) is { } again) return again;
            try
            {
                await writer.AddAsync([Write(alert)], [audit], cancellationToken);
                return alert;
            }
            catch (DbUpdateException) when (!cancellationToken.IsCancellationRequested)
            {
                // Either somebody was faster with the same key, or the database is out of order.
                await using var context = await contexts.CreateDbContextAsync(cancellationToken);
                if (!await context.Alerts.AnyAsync(row => row.Key == alert.Key && row.AcknowledgedAt == null, cancellationToken)) throw;
            }
        }
    }

    public async Task<Page<Alert>> ListAsync(AlertQuery query, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = context.Alerts.AsNoTracking();
        if (query.Open is { } open) rows = rows.Where(row => row.AcknowledgedAt == null == open);
        if (query.ScorecardId is { } scorecard) rows = rows.Where(row => row.ScorecardId == scorecard);
        if (query.Kind is { } kind) rows = rows.Where(row => row.Kind == kind);
        var total = await rows.CountAsync(cancellationToken);
        var page = await rows.OrderByDescending(row => row.RaisedAt).ThenByDescending(row => row.Id).Skip(query.Skip).Take(query.Take).ToListAsync(cancellationToken);
        return new Page<Alert>([.. page.Select(Read)], total);
    }

    public async Task<Alert?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Alerts.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is { } row ? Read(row) : null;
    }

    public Task<Outcome<Alert>> UpdateAsync(Alert alert, AuditDraft audit, CancellationToken cancellationToken) => writer.TryWriteAsync<Alert>(
        async context =>
        {
            var row = await context.Alerts.SingleOrDefaultAsync(known => known.Id == alert.Id && known.RowVersion == alert.RowVersion, cancellationToken);
            if (row is null) return StaleVersion.Problem;
            (row.AcknowledgedBy, row.AcknowledgedAt, row.Note) = (alert.AcknowledgedBy, alert.AcknowledgedAt, alert.Note);
            row.RowVersion++;
            return alert with { RowVersion = row.RowVersion };
        },
        [audit], cancellationToken);

    private async Task<Alert?> CountUpAsync(Alert alert, CancellationToken cancellationToken)
    {
        var changed = await writer.WriteAsync(
            context => context.Alerts.Where(row => row.Key == alert.Key && row.AcknowledgedAt == null).ExecuteUpdateAsync(
                set => set.SetProperty(row => row.Times, row => row.Times + 1).SetProperty(row => row.LastAt, alert.LastAt)
                    .SetProperty(row => row.FactsJson, StoreJson.Write(alert.Facts)).SetProperty(row => row.RowVersion, row => row.RowVersion + 1),
                cancellationToken),
            [], cancellationToken);
        if (changed == 0) return null;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Alerts.AsNoTracking().SingleOrDefaultAsync(row => row.Key == alert.Key && row.AcknowledgedAt == null, cancellationToken) is { } row ? Read(row) : null;
    }

    private static AlertRow Write(Alert alert) => new()
    {
        Id = alert.Id,
        Kind = alert.Kind,
        Severity = alert.Severity,
        Key = alert.Key,
        ScorecardId = alert.ScorecardId,
        SubjectId = alert.SubjectId,
        FactsJson = StoreJson.Write(alert.Facts),
        Times = alert.Times,
        RaisedAt = alert.RaisedAt,
        LastAt = alert.LastAt,
        AcknowledgedBy = alert.AcknowledgedBy,
        AcknowledgedAt = alert.AcknowledgedAt,
        Note = alert.Note,
        RowVersion = alert.RowVersion,
    };

    private static Alert Read(AlertRow row) => new()
    {
        Id = row.Id,
        Kind = row.Kind,
        Severity = row.Severity,
        Key = row.Key,
        ScorecardId = row.ScorecardId,
        SubjectId = row.SubjectId,
        Facts = StoreJson.Read<Dictionary<string, string>>(row.FactsJson),
        Times = row.Times,
        RaisedAt = row.RaisedAt,
        LastAt = row.LastAt,
        AcknowledgedBy = row.AcknowledgedBy,
        AcknowledgedAt = row.AcknowledgedAt,
        Note = row.Note,
        RowVersion = row.RowVersion,
    };
}

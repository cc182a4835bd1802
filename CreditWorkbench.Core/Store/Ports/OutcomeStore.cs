using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Monitoring;
using CreditWorkbench.Core.Store.Rows;
using Microsoft.EntityFrameworkCore;

namespace CreditWorkbench.Core.Store.Ports;

/// <summary>Outcomes in the store.</summary>
internal sealed class OutcomeStore(IDbContextFactory<WorkbenchContext> contexts, StoreWriter writer) : IOutcomeStore
{
    private const int Chunk = 500;

    public Task<IReadOnlyList<OutcomeSubject>> ApplicationsAsync(IReadOnlyCollection<Guid> ids, Guid? clientId, CancellationToken cancellationToken) =>
        SubjectsAsync(ids, (rows, some) => rows.Where(row => some.Contains(row.Id)), clientId, cancellationToken);

    public Task<IReadOnlyList<OutcomeSubject>> ApplicationsAsync(IReadOnlyCollection<string> numbers, Guid? clientId, CancellationToken cancellationToken) =>
        SubjectsAsync(numbers, (rows, some) => rows.Where(row => some.Contains(row.Number)), clientId, cancellationToken);

    public async Task<IReadOnlyList<ObservedOutcome>> CurrentOfAsync(IReadOnlyCollection<Guid> subjects, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var found = new List<ObservedOutcome>();
        foreach (var some in subjects.Chunk(Chunk))
            found.AddRange((await context.Outcomes.AsNoTracking().Where(row => row.IsCurrent && some.Contains(row.SubjectId)).ToListAsync(cancellationToken)).Select(Read));
        return found;
    }

    public async Task RecordAsync(IReadOnlyList<ObservedOutcome> outcomes, AuditDraft audit, CancellationToken cancellationToken) => await writer.WriteAsync(
        async context =>
        {
            foreach (var subjects in outcomes.Select(outcome => outcome.Subject.Id).Chunk(Chunk))
                await context.Outcomes.Where(row => row.IsCurrent && subjects.Contains(row.SubjectId)).ExecuteUpdateAsync(set => set.SetProperty(row => row.IsCurrent, false), cancellationToken);
            context.Outcomes.AddRange(outcomes.Select(Write));
            return true;
        },
        [audit], cancellationToken);

    public async Task<IReadOnlyList<ObservedOutcome>> CurrentAsync(string scorecardId, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.Outcomes.AsNoTracking().Where(row => row.ScorecardId == scorecardId && row.IsCurrent && row.ScoredAt >= from && row.ScoredAt < to)
            .OrderBy(row => row.ScoredAt).ThenBy(row => row.SubjectId).ToListAsync(cancellationToken);
        return [.. rows.Select(Read)];
    }

    public async Task<IReadOnlyList<ObservedOutcome>> HistoryAsync(Guid subject, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.Outcomes.AsNoTracking().Where(row => row.SubjectId == subject).OrderByDescending(row => row.ReportedAt).ThenByDescending(row => row.Id).ToListAsync(cancellationToken);
        return [.. rows.Select(Read)];
    }

    private async Task<IReadOnlyList<OutcomeSubject>> SubjectsAsync<TKey>(
        IReadOnlyCollection<TKey> keys, Func<IQueryable<ApplicationRow>, TKey[], IQueryable<ApplicationRow>> among, Guid? clientId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var found = new List<OutcomeSubject>();
        foreach (var some in keys.Chunk(Chunk))
        {
            var matching = among(context.Applications.AsNoTracking(), some);
            if (clientId is { } client) matching = matching.Where(row => row.ClientId == client);
            var rows = await (from application in matching
                              join score in context.Scores.AsNoTracking() on application.ScoreId equals score.Id
                              select new { application.Id, application.Number, score.ScorecardId, score.ReleaseHash, score.Model, score.ScoredAt, score.MarginBits, score.Issued, score.Pd })
                .ToListAsync(cancellationToken);
            found.AddRange(rows.Select(row => new OutcomeSubject(
                OutcomeKind.Application, row.Id, row.Number, row.ScorecardId, new ContentHash(row.ReleaseHash), row.Model, row.ScoredAt,
                BitConverter.Int64BitsToDouble(row.MarginBits), row.Issued, row.Pd)));
        }

        return found;
    }

    private static OutcomeRow Write(ObservedOutcome outcome) => new()
    {
        Id = outcome.Id,
        Kind = outcome.Subject.Kind,
        SubjectId = outcome.Subject.Id,
        Reference = outcome.Subject.Reference,
        ScorecardId = outcome.Subject.ScorecardId,
        ReleaseHash = outcome.Subject.Release.Hex,
        Model = outcome.Subject.Model,
        ScoredAt = outcome.Subject.ScoredAt,
        MarginBits = BitConverter.DoubleToInt64Bits(outcome.Subject.Margin),
        Issued = outcome.Subject.Issued,
        Pd = outcome.Subject.Pd,
        Bad = outcome.Bad,
        ObservedAt = outcome.ObservedAt,
        ReportedBy = outcome.ReportedBy,
        ReportedAt = outcome.ReportedAt,
        IsCurrent = outcome.IsCurrent,
    };

    private static ObservedOutcome Read(OutcomeRow row) => new(
        row.Id,
        new OutcomeSubject(
            row.Kind, row.SubjectId, row.Reference, row.ScorecardId, new ContentHash(row.ReleaseHash), row.Model, row.ScoredAt,
            BitConverter.Int64BitsToDouble(row.MarginBits), row.Issued, row.Pd),
        row.Bad, row.ObservedAt, row.ReportedBy, row.ReportedAt, row.IsCurrent);
}

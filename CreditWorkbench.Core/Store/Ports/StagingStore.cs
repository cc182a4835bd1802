using System.Security.Cryptography;
using System.Text;
using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Staging;
using CreditWorkbench.Core.Store.Keys;
using CreditWorkbench.Core.Store.Rows;
using Microsoft.EntityFrameworkCore;

namespace CreditWorkbench.Core.Store.Ports;

/// <summary>Manifests of staging in the store.</summary>
internal sealed class StagingStore(IDbContextFactory<WorkbenchContext> contexts, StoreWriter writer, KeyRing ring) : IStagingStore
{
    private const string Content = "FeatureRows.Content";

    public async Task<StagingRun> BeginAsync(StagingRun run, AuditDraft audit, CancellationToken cancellationToken)
    {
        if (await FindAsync(run.Id, cancellationToken) is { } resumed) return resumed;
        await writer.AddAsync([StagingMap.Write(run)], [audit], cancellationToken);
        return run;
    }

    public Task KeepAsync(StagingRun run, CancellationToken cancellationToken) => writer.WriteAsync(
        async context =>
        {
            var row = await context.StagingRuns.SingleAsync(row => row.Id == run.Id, cancellationToken);
            if (row.State == StagingRunState.Running) StagingMap.Write(run, row);
            return true;
        },
        [], cancellationToken);

    public async Task<StagingRun> EndAsync(StagingRun run, FeatureSet? set, IReadOnlyList<AuditDraft> audit, CancellationToken cancellationToken)
    {
        var ended = await writer.TryWriteAsync<StagingRun>(
            async context =>
            {
                // Runs of one scorecard stand in line, also on several nodes: the counter's row is locked until this one is committed.
                if (set is not null) await context.NextNumberAsync($"staging:{run.ScorecardId}", cancellationToken);
                var row = await context.StagingRuns.SingleAsync(row => row.Id == run.Id, cancellationToken);
                if (row.State != StagingRunState.Running) return new AlreadyEnded(StagingMap.Read(row));
                if (set is null)
                {
                    StagingMap.Write(run, row);
                    return run;
                }

                var last = await context.StagingRuns.AsNoTracking()
                    .Where(other => other.ScorecardId == run.ScorecardId && other.State == StagingRunState.Published).OrderByDescending(other => other.Version).FirstOrDefaultAsync(cancellationToken);
                if (last is not null && StagingMap.Read(last).IsSameWorkAs(run)) return new AlreadyEnded(run with { State = StagingRunState.Unchanged, SameAs = last.Id, Version = last.Version });
                var published = run with { Version = 1 + (last?.Version ?? 0) };
                StagingMap.Write(published, row);
                context.FeatureSets.Add(StagingMap.Write(set with { Version = published.Version!.Value }));
                return published;
            },
            audit, cancellationToken);
        if (ended.TryGet(out var stored, out var problems)) return stored;
        if (problems is not [AlreadyEnded other]) throw new InvalidOperationException(string.Join(' ', problems));
        return other.Run.State == StagingRunState.Unchanged && other.Run.Id == run.Id && run.State != StagingRunState.Unchanged
            ? await EndAsync(other.Run, null, [audit[0] with { Kind = "staging.unchanged" }], cancellationToken)
            : other.Run;
    }

    public async Task<StagingRun?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await context.StagingRuns.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        return row is null ? null : StagingMap.Read(row);
    }

    public async Task<Page<StagingRun>> ListAsync(StagingQuery query, int page, int pageSize, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var found = context.StagingRuns.AsNoTracking();
        if (query.ScorecardId is { } scorecard) found = found.Where(row => row.ScorecardId == scorecard);
        if (query.States is { } states) found = found.Where(row => states.Contains(row.State));
        if (query.Before is { } before) found = found.Where(row => row.StartedAt < before);
        var total = await found.CountAsync(cancellationToken);
        var rows = await found.OrderByDescending(row => row.StartedAt).ThenByDescending(row => row.Id).Skip((page - 1) * pageSize).Take(pageSize).ToListAsync(cancellationToken);
        return new Page<StagingRun>([.. rows.Select(StagingMap.Read)], total);
    }

    public async Task<IReadOnlyList<FeatureSet>> SetsAsync(string? scorecardId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var found = context.FeatureSets.AsNoTracking();
        // Within a scorecard versions say what came later; clocks of several nodes may not.
        found = scorecardId is null ? found.OrderByDescending(row => row.PublishedAt) : found.Where(row => row.ScorecardId == scorecardId).OrderByDescending(row => row.Version);
        return [.. (await found.ToListAsync(cancellationToken)).Select(StagingMap.Read)];
    }

    public Task RetireAsync(FeatureSet set, AuditDraft audit, CancellationToken cancellationToken) => writer.WriteAsync(
        async context =>
        {
            (await context.FeatureSets.SingleAsync(row => row.Id == set.Id, cancellationToken)).RetiredAt = set.RetiredAt;
            return true;
        },
        [audit], cancellationToken);

    public Task AddRowAsync(WrittenFeatureRow row, AuditDraft audit, CancellationToken cancellationToken)
    {
        var content = ring.Seal(Encoding.UTF8.GetBytes(StoreJson.Write(new Sealed(row.Entity, [.. row.Values.Select(value => new SealedValue(value.Key, value.Value))]))), Envelope.Place(Content, row.Id));
        var stored = new FeatureRowRow
        {
            Id = row.Id,
            ScorecardId = row.ScorecardId,
            EntityToken = TokenOf(row.ScorecardId, row.Entity),
            AsOf = row.AsOf,
            WrittenAt = row.WrittenAt,
            WrittenBy = row.WrittenBy,
            ScoringHash = row.ScoringHash.Hex,
            Content = content,
        };
        return writer.AddAsync([stored], [audit], cancellationToken);
    }

    public async Task<WrittenFeatureRow?> FindRowAsync(string scorecardId, string entity, DateTimeOffset limit, CancellationToken cancellationToken)
    {
        var token = TokenOf(scorecardId, entity);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await context.FeatureRows.AsNoTracking().Where(row => row.ScorecardId == scorecardId && row.EntityToken == token && row.AsOf <= limit)
            .OrderByDescending(row => row.AsOf).ThenByDescending(row => row.WrittenAt).ThenByDescending(row => row.Id).FirstOrDefaultAsync(cancellationToken);
        if (row is null) return null;
        var content = StoreJson.Read<Sealed>(Encoding.UTF8.GetString(ring.Open(row.Content, Envelope.Place(Content, row.Id))));
        return new WrittenFeatureRow(row.Id, row.ScorecardId, content.Entity, row.AsOf, row.WrittenAt, row.WrittenBy, new ContentHash(row.ScoringHash), content.Values.ToDictionary(value => value.Name, value => value.Text, StringComparer.Ordinal));
    }

    private string TokenOf(string scorecardId, string entity) => Convert.ToHexStringLower(HMACSHA256.HashData(ring.IndexKey, Encoding.UTF8.GetBytes($"feature\0{scorecardId}\0{entity}")));

    /// <summary>Carries a run that is to be left, or ended, otherwise out of a transaction that must write nothing.</summary>
    private sealed record AlreadyEnded(StagingRun Run) : Problem("staging.run.ended", "The run has ended already.");

    private sealed record Sealed(string Entity, IReadOnlyList<SealedValue> Values);

    private sealed record SealedValue(string Name, string? Text);
}

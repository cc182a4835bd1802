using System.Runtime.CompilerServices;
using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Store.Keys;
using CreditWorkbench.Core.Store.Rows;
using Microsoft.EntityFrameworkCore;

namespace CreditWorkbench.Core.Store.Trail;

/// <summary>Reads and checks the trail in the store.</summary>
internal sealed class AuditReader(IDbContextFactory<WorkbenchContext> contexts, AuditSequencer sequencer, AuditSealer sealer, DataKeyStore keys, KeyRing ring) : IAuditReader
{
    private const int PageSize = 500;

    public async Task<IReadOnlyList<AuditView>> SearchAsync(AuditQuery query, CancellationToken cancellationToken)
    {
        await sequencer.SequenceAsync(cancellationToken); // what was just done is in the list
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await Matching(context.Audit.AsNoTracking(), query).OrderByDescending(row => row.Sequence).Take(query.Take).ToListAsync(cancellationToken);
        return await ViewAsync(context, rows, cancellationToken);
    }

    public async IAsyncEnumerable<AuditView> ReadAllAsync(AuditQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await sequencer.SequenceAsync(cancellationToken);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        long after = 0;
        while (true)
        {
            var rows = await Matching(context.Audit.AsNoTracking(), query).Where(row => row.Sequence > after)
                .OrderBy(row => row.Sequence).Take(PageSize).ToListAsync(cancellationToken);
            if (rows.Count == 0) yield break;
            foreach (var view in await ViewAsync(context, rows, cancellationToken)) yield return view;
            after = rows[^1].Sequence!.Value;
        }
    }

    public async Task<AuditVerification> VerifyAsync(CancellationToken cancellationToken)
    {
        var walk = new AuditChainWalk(ring.AuditKey);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var snapshot = await StoreSnapshot.BeginAsync(context, cancellationToken);
        await foreach (var row in context.Audit.AsNoTracking().Where(row => row.Sequence != null).OrderBy(row => row.Sequence).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            walk.Numbered(AuditSealer.EntryOf(row), row.ApplicantId, row.Payload, row.Seal);
        }

        var head = await context.AuditHeads.AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        walk.Head(head?.Sequence ?? 0, new ContentHash(head?.Hash ?? ""), head?.Seal ?? []);
        await foreach (var row in context.Audit.AsNoTracking().Where(row => row.Sequence == null).OrderBy(row => row.Ordinal).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            walk.Pending(AuditSealer.EntryOf(row), row.ApplicantId, row.Payload, row.Seal);
        }

        return walk.Result();
    }

    private static IQueryable<AuditRow> Matching(IQueryable<AuditRow> rows, AuditQuery query)
    {
        rows = rows.Where(row => row.Sequence != null);
        if (query.Kind is { } kind) rows = rows.Where(row => row.Kind == kind);
        if (query.SubjectId is { } subjectId) rows = rows.Where(row => row.SubjectId == subjectId);
        if (query.ActorId is { } actorId) rows = rows.Where(row => row.ActorId == actorId);
        if (query.From is { } from) rows = rows.Where(row => row.At >= from);
        if (query.To is { } to) rows = rows.Where(row => row.At < to);
        if (query.Before is { } before) rows = rows.Where(row => row.Sequence < before);
        return rows;
    }

    private async Task<IReadOnlyList<AuditView>> ViewAsync(WorkbenchContext context, List<AuditRow> rows, CancellationToken cancellationToken)
    {
        var actors = rows.Select(row => row.ActorId).Distinct().ToList();
        var names = await context.Users.AsNoTracking().Where(user => actors.Contains(user.Id)).ToDictionaryAsync(user => user.Id, user => user.DisplayName, cancellationToken);
        names[Actor.System.Id] = Actor.System.Name;
        var found = await keys.FindAsync(rows.Where(row => row.ApplicantId is not null).Select(row => row.ApplicantId!.Value), cancellationToken);
        return [.. rows.Select(row => new AuditView(AuditSealer.EntryOf(row), names.GetValueOrDefault(row.ActorId, row.ActorId.ToString()), Masked(sealer.Open(row, found))))];
    }

    private static Dictionary<string, string?>? Masked(IReadOnlyDictionary<string, string?>? facts) =>
        facts?.ToDictionary(fact => fact.Key, fact => fact.Value is null ? null : PersonalDataMask.Of(fact.Key, fact.Value));
}

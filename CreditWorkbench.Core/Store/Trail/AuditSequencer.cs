using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Store.Keys;
using CreditWorkbench.Core.Store.Rows;
using Microsoft.EntityFrameworkCore;

namespace CreditWorkbench.Core.Store.Trail;

/// <summary>Numbers and chains entries in the order in which they were committed. One sequencer works at a time: a lease says who, and the
/// head of the chain accepts no fencing token older than its own, so a holder that was asleep past its lease changes nothing.</summary>
public sealed class AuditSequencer
{
    private const int BatchSize = 500;
    private static readonly TimeSpan LeaseTime = TimeSpan.FromSeconds(10);
    private readonly IDbContextFactory<WorkbenchContext> _contexts;
    private readonly KeyRing _ring;
    private readonly TimeProvider _time;
    private readonly string _owner = $"{Environment.MachineName}:{Environment.ProcessId}:{Guid.NewGuid():n}";

    internal AuditSequencer(IDbContextFactory<WorkbenchContext> contexts, KeyRing ring, TimeProvider time) =>
        (_contexts, _ring, _time) = (contexts, ring, time);

    /// <summary>Numbers everything that waits.</summary>
    /// <returns>How many entries were numbered; 0 also when another sequencer holds the lease.</returns>
    public async Task<int> SequenceAsync(CancellationToken cancellationToken)
    {
        if (!await AnyPendingAsync(cancellationToken) || await StoreLease.TakeAsync(_contexts, _owner, LeaseTime, _time, cancellationToken) is not { } token) return 0;

        var total = 0;
        while (await NumberBatchAsync(token, cancellationToken) is > 0 and var numbered) total += numbered;
        return total;
    }

    private async Task<bool> AnyPendingAsync(CancellationToken cancellationToken)
    {
        await using var context = await _contexts.CreateDbContextAsync(cancellationToken);
        return await context.Audit.AnyAsync(row => row.Sequence == null, cancellationToken);
    }

    private async Task<int> NumberBatchAsync(long token, CancellationToken cancellationToken)
    {
        await using var context = await _contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var head = await context.AuditHeads.AsNoTracking().SingleAsync(cancellationToken);
        var rows = await context.Audit.Where(row => row.Sequence == null).OrderBy(row => row.Ordinal).Take(BatchSize).ToListAsync(cancellationToken);
        if (rows.Count == 0) return 0;

        var last = Chain(rows, head.Sequence, new ContentHash(head.Hash));
        if (!await MoveHeadAsync(context, head, last, token, cancellationToken)) return 0;
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return rows.Count;
    }

    private static AuditEntry Chain(List<AuditRow> rows, long sequence, ContentHash previous)
    {
        AuditEntry? last = null;
        foreach (var row in rows)
        {
            last = AuditChain.Link(AuditSealer.EntryOf(row), ++sequence, previous);
            (row.Sequence, row.PreviousHash, row.Hash) = (last.Sequence, last.PreviousHash.Hex, last.Hash.Hex);
            previous = last.Hash;
        }

        return last!;
    }

    // Compare-and-set, before the rows: whoever loses here has changed nothing.
    private async Task<bool> MoveHeadAsync(WorkbenchContext context, AuditHeadRow head, AuditEntry last, long token, CancellationToken cancellationToken)
    {
        var seal = AuditChain.SealHead(_ring.AuditKey, last.Sequence, last.Hash);
        return await context.AuditHeads.Where(row => row.Sequence == head.Sequence && row.FencingToken <= token).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.Sequence, last.Sequence).SetProperty(row => row.Hash, last.Hash.Hex)
                .SetProperty(row => row.FencingToken, token).SetProperty(row => row.Seal, seal),
            cancellationToken) > 0;
    }
}

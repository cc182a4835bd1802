using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.ModelBuilding;
using CreditWorkbench.Core.Store.Rows;
using Microsoft.EntityFrameworkCore;

namespace CreditWorkbench.Core.Store.Ports;

/// <summary>Edits of bins in the store.</summary>
internal sealed class BinningJournal(IDbContextFactory<WorkbenchContext> contexts, StoreWriter writer) : IBinningJournal
{
    public async Task<IReadOnlyList<BinningEntry>> ReadAsync(Guid datasetId, string column, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.BinningEdits.AsNoTracking().Where(row => row.DatasetId == datasetId && row.Column == column).OrderBy(row => row.Number).ToListAsync(cancellationToken);
        return [.. rows.Select(Read)];
    }

    public async Task<IReadOnlyList<BinningEntry>> LastAsync(Guid datasetId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = context.BinningEdits.AsNoTracking().Where(row => row.DatasetId == datasetId);
        var last = await rows.Where(row => row.Number == rows.Where(other => other.Column == row.Column).Max(other => other.Number)).OrderBy(row => row.Column).ToListAsync(cancellationToken);
        return [.. last.Select(Read)];
    }

    public Task<Outcome<BinningEntry>> AppendAsync(BinningEntry entry, AuditDraft audit, CancellationToken cancellationToken) => writer.TryWriteAsync<BinningEntry>(
        async context =>
        {
            await context.NextNumberAsync($"binning:{entry.DatasetId:n}:{ContentHash.Of(entry.Column).Short}", cancellationToken); // editors of one column stand in line
            var last = await context.BinningEdits.Where(row => row.DatasetId == entry.DatasetId && row.Column == entry.Column).MaxAsync(row => (int?)row.Number, cancellationToken) ?? 0;
            if (entry.Number != last + 1) return StaleVersion.Problem;
            context.BinningEdits.Add(new BinningEditRow
            {
                DatasetId = entry.DatasetId,
                Column = entry.Column,
                Number = entry.Number,
                Kind = entry.Kind,
                StateJson = entry.StateJson,
                ActorId = entry.By,
                At = entry.At,
            });
            return entry;
        },
        [audit], cancellationToken);

    private static BinningEntry Read(BinningEditRow row) => new(row.DatasetId, row.Column, row.Number, row.Kind, row.StateJson, row.ActorId, row.At);
}

using System.Globalization;
using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Store.Rows;
using Microsoft.EntityFrameworkCore;

namespace CreditWorkbench.Core.Store.Predictions;

/// <summary>Removes whole blocks of predictions, so that every block that is still there can be checked against its entry in the trail.</summary>
internal sealed class PredictionRetention(IDbContextFactory<WorkbenchContext> contexts, StoreWriter writer, PredictionLog log) : IPredictionRetention
{
    private const int BlocksAtOnce = 20;

    /// <inheritdoc/>
    public async Task<int> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var blocks = await BlocksAsync(before, cancellationToken);
        if (blocks.Count == 0) return 0;
        var ids = blocks.Select(block => block.Id).ToList();
        var outcome = await writer.TryWriteAsync<int>(
            async context =>
            {
                var removed = await context.Predictions.Where(row => ids.Contains(row.BlockId)).ExecuteDeleteAsync(cancellationToken);
                var gone = await context.PredictionBlocks.Where(row => ids.Contains(row.Id)).ExecuteDeleteAsync(cancellationToken);
                return gone == ids.Count ? removed : new Problem("predictions.pruned", "Another node removes these predictions.");
            },
            [EntryOf(blocks, before)], cancellationToken);
        return outcome.Succeeded ? outcome.Value : 0;
    }

    // A block is brought over after its predictions were made: what was brought over before a moment is older than it. One whose file is still there stays: its
    // row says that the file was brought over.
    private async Task<List<PredictionBlockRow>> BlocksAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var open = PredictionSegment.In(log.Folder).Select(path => Path.GetFileNameWithoutExtension(path)).ToList();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.PredictionBlocks.AsNoTracking().Where(row => row.MovedAt < before && !open.Contains(row.Segment)).OrderBy(row => row.MovedAt).ThenBy(row => row.Id).Take(BlocksAtOnce).ToListAsync(cancellationToken);
    }

    private static AuditDraft EntryOf(List<PredictionBlockRow> blocks, DateTimeOffset before) => new(Actor.System, "predictions.pruned", "predictions", new Dictionary<string, string?>
    {
        ["before"] = before.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
        ["count"] = blocks.Sum(block => (long)block.Count).ToString(CultureInfo.InvariantCulture),
        ["blocks"] = string.Join(", ", blocks.Select(block => block.Id)),
    });
}

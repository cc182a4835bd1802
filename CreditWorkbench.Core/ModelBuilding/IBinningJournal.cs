using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>One edit of the bins of a column.</summary>
/// <param name="DatasetId">Version of the data set.</param>
/// <param name="Column">Model column.</param>
/// <param name="Number">From 1, without gaps.</param>
/// <param name="Kind">What was done: moved, merged, split, trend, reset, undone, redone.</param>
/// <param name="StateJson">Edits after it.</param>
/// <param name="By">Who.</param>
/// <param name="At">When.</param>
public sealed record BinningEntry(Guid DatasetId, string Column, int Number, string Kind, string StateJson, Guid By, DateTimeOffset At);

/// <summary>What analysts did to the bins of data sets; entries are only added.</summary>
public interface IBinningJournal
{
    /// <summary>Entries of a column, oldest first.</summary>
    Task<IReadOnlyList<BinningEntry>> ReadAsync(Guid datasetId, string column, CancellationToken cancellationToken);

    /// <summary>The last entry of every column that was edited, by column.</summary>
    Task<IReadOnlyList<BinningEntry>> LastAsync(Guid datasetId, CancellationToken cancellationToken);

    /// <summary>Adds an entry.</summary>
    /// <returns>The entry; <c>version.stale</c> when its number is taken already.</returns>
    Task<Outcome<BinningEntry>> AppendAsync(BinningEntry entry, AuditDraft audit, CancellationToken cancellationToken);
}

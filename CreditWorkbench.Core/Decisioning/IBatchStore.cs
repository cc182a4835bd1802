using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Decisioning;

/// <summary>Batches as they were asked for and as they ended.</summary>
public interface IBatchStore
{
    /// <summary>Keeps a new batch.</summary>
    Task AddAsync(Batch batch, CancellationToken cancellationToken);

    /// <summary>Notes when work began; a later beginning changes nothing.</summary>
    Task StartAsync(Guid id, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Writes the end with its audit entry; false, and nothing written, when it has ended before.</summary>
    Task<bool> EndAsync(Batch ended, AuditDraft audit, CancellationToken cancellationToken);

    /// <summary>One batch as last written; null when unknown.</summary>
    Task<Batch?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Batches, newest first.</summary>
    /// <param name="ownerId">Only of this caller; null for all.</param>
    /// <param name="page">One-based.</param>
    /// <param name="pageSize">At least 1.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<Page<Batch>> ListAsync(Guid? ownerId, int page, int pageSize, CancellationToken cancellationToken);

    /// <summary>Batches without an end.</summary>
    Task<IReadOnlyList<Batch>> OpenAsync(CancellationToken cancellationToken);

    /// <summary>Batches that ended before a moment and still have files.</summary>
    Task<IReadOnlyList<Batch>> KeptSinceBeforeAsync(DateTimeOffset moment, CancellationToken cancellationToken);

    /// <summary>Notes that the files are gone.</summary>
    Task RemovedAsync(Guid id, DateTimeOffset at, AuditDraft audit, CancellationToken cancellationToken);
}

using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Datasets;

/// <summary>Durable manifests of data sets, mappings and acknowledgements. The rows themselves lie with <see cref="IDatasetFiles"/>.</summary>
public interface IDatasetStore
{
    /// <summary>All versions, newest first.</summary>
    Task<IReadOnlyList<DatasetVersion>> ListAsync(CancellationToken cancellationToken);

    /// <summary>One version; null when unknown.</summary>
    Task<DatasetVersion?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Adds a version under the next number of its name, and remembers its mapping for the header.</summary>
    Task<DatasetVersion> AddAsync(DatasetVersion version, AuditDraft audit, CancellationToken cancellationToken);

    /// <summary>Mappings used for a header before, the last one first.</summary>
    Task<IReadOnlyList<SavedMapping>> MappingsAsync(ContentHash header, CancellationToken cancellationToken);

    /// <summary>Acknowledged findings of a version, oldest first.</summary>
    Task<IReadOnlyList<DatasetAcknowledgement>> AcknowledgedAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Adds an acknowledgement; the same finding again replaces the note.</summary>
    Task AcknowledgeAsync(DatasetAcknowledgement acknowledgement, AuditDraft audit, CancellationToken cancellationToken);

    /// <summary>Takes an acknowledgement back; nothing happens when there is none.</summary>
    Task RevokeAsync(Guid id, string column, string kind, AuditDraft audit, CancellationToken cancellationToken);
}

using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Applicants;

/// <summary>Durable bank statements, and how each bank writes them.</summary>
public interface IStatementStore
{
    /// <summary>Keeps a statement, in one transaction with its entry.</summary>
    Task AddAsync(KeptStatement statement, ReadOnlyMemory<byte> content, AuditDraft audit, CancellationToken cancellationToken);

    /// <summary>Statements of an application, newest first.</summary>
    Task<IReadOnlyList<KeptStatement>> OfApplicationAsync(Guid applicationId, CancellationToken cancellationToken);

    /// <summary>The bytes as they came; null when there is no such statement or the applicant was erased.</summary>
    Task<byte[]?> ReadAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>The mapping that was kept for files with these columns; null when none was.</summary>
    Task<StatementMapping?> MappingAsync(ContentHash header, CancellationToken cancellationToken);

    /// <summary>Keeps a mapping for files with these columns, in place of an earlier one.</summary>
    Task KeepMappingAsync(ContentHash header, StatementMapping mapping, AuditDraft audit, CancellationToken cancellationToken);
}

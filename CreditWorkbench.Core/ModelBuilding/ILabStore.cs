using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>What a run leaves behind, beside its line in the list.</summary>
public static class LabParts
{
    /// <summary>Bytes of its <see cref="LabRecord"/>.</summary>
    public const string Record = "record";

    /// <summary>Bytes of the rows that its candidates were judged on.</summary>
    public const string Rows = "rows";

    /// <summary>Bytes of the package of a candidate.</summary>
    public static string Package(string family) => "package:" + family;
}

/// <summary>Durable training runs with what they leave behind and what people did about it. Parts speak of rows, so they are sealed at rest.</summary>
public interface ILabStore
{
    /// <summary>Adds a run.</summary>
    Task AddAsync(LabRun run, AuditDraft audit, CancellationToken cancellationToken);

    /// <summary>One run; null when unknown.</summary>
    Task<LabRun?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>All runs, newest first.</summary>
    Task<IReadOnlyList<LabRun>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Gives a run another job; false when <paramref name="former"/> is not its job any more.</summary>
    Task<bool> TakeJobAsync(Guid id, Guid former, Guid job, AuditDraft audit, CancellationToken cancellationToken);

    /// <summary>Writes down what the rows turned out to be.</summary>
    Task DescribeAsync(Guid id, LabFacts facts, CancellationToken cancellationToken);

    /// <summary>Ends a run in one transaction; a run that has ended already stays as it is.</summary>
    /// <param name="id">The run.</param>
    /// <param name="summary">In short.</param>
    /// <param name="parts">Bytes by name, see <see cref="LabParts"/>.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task FinishAsync(Guid id, LabSummary summary, IReadOnlyDictionary<string, byte[]> parts, CancellationToken cancellationToken);

    /// <summary>Bytes of a part; null where there is none.</summary>
    Task<byte[]?> PartAsync(Guid runId, string name, CancellationToken cancellationToken);

    /// <summary>Acknowledgements of a run, oldest first.</summary>
    Task<IReadOnlyList<LabAcknowledgement>> AcknowledgedAsync(Guid runId, CancellationToken cancellationToken);

    /// <summary>Adds an acknowledgement; the same finding again changes nothing: what was signed stays signed.</summary>
    Task AcknowledgeAsync(LabAcknowledgement acknowledgement, AuditDraft audit, CancellationToken cancellationToken);

    /// <summary>Registrations of all runs, oldest first.</summary>
    Task<IReadOnlyList<LabRegistration>> RegisteredAsync(CancellationToken cancellationToken);

    /// <summary>Writes down that a candidate was registered; the same candidate under the same reference again changes nothing.</summary>
    Task RegisterAsync(LabRegistration registration, AuditDraft audit, CancellationToken cancellationToken);
}

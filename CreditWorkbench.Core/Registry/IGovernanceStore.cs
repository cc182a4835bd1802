using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Registry;

/// <summary>Durable evidence and approvals of model versions.</summary>
public interface IGovernanceStore
{
    /// <summary>Everything that was ever found about a version, newest first.</summary>
    Task<IReadOnlyList<GateResult>> GatesAsync(Guid modelId, CancellationToken cancellationToken);

    /// <summary>The newest result of each gate, of every version.</summary>
    Task<IReadOnlyList<GateResult>> LatestGatesAsync(CancellationToken cancellationToken);

    /// <summary>Adds results.</summary>
    Task AddGatesAsync(IReadOnlyList<GateResult> results, AuditDraft audit, CancellationToken cancellationToken);

    /// <summary>Requests of a version, or of all with null; newest first.</summary>
    Task<IReadOnlyList<Approval>> ApprovalsAsync(Guid? modelId, CancellationToken cancellationToken);

    /// <summary>Opens a request; <c>model.approval.open</c> where the version has an open one.</summary>
    Task<Outcome<Approval>> RequestAsync(Approval approval, AuditDraft audit, CancellationToken cancellationToken);

    /// <summary>Closes an open request without a change of stage; <c>version.stale</c> where it is no longer open. An approval is closed by
    /// <see cref="IModelStore.ChangeStageAsync"/>, together with the change.</summary>
    Task<Outcome<Approval>> CloseAsync(Approval approval, AuditDraft audit, CancellationToken cancellationToken);
}

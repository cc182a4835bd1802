using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Registry;

namespace CreditWorkbench.Tests.Registry;

/// <summary>Evidence and approvals in memory.</summary>
internal sealed class GovernanceInMemory(ModelsInMemory models) : IGovernanceStore
{
    private readonly List<GateResult> _gates = [];

    public Task<IReadOnlyList<GateResult>> GatesAsync(Guid modelId, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<GateResult>>([.. _gates.Where(gate => gate.ModelId == modelId).Reverse()]);

    public Task<IReadOnlyList<GateResult>> LatestGatesAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<GateResult>>([.. Enumerable.Reverse(_gates).DistinctBy(gate => (gate.ModelId, gate.Gate))]);

    public Task AddGatesAsync(IReadOnlyList<GateResult> results, AuditDraft audit, CancellationToken cancellationToken)
    {
        _gates.AddRange(results);
        models.Audit.Add(audit);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<Approval>> ApprovalsAsync(Guid? modelId, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Approval>>([.. models.Approvals.Where(approval => modelId is null || approval.ModelId == modelId).OrderByDescending(approval => approval.RequestedAt)]);

    public Task<Outcome<Approval>> RequestAsync(Approval approval, AuditDraft audit, CancellationToken cancellationToken)
    {
        if (models.Approvals.Any(other => other.ModelId == approval.ModelId && other.State == ApprovalState.Open)) return Task.FromResult<Outcome<Approval>>(RegistryProblems.ApprovalOpen);
        models.Approvals.Add(approval);
        models.Audit.Add(audit);
        return Task.FromResult<Outcome<Approval>>(approval);
    }

    public Task<Outcome<Approval>> CloseAsync(Approval approval, AuditDraft audit, CancellationToken cancellationToken)
    {
        models.Decide(approval);
        models.Audit.Add(audit);
        return Task.FromResult<Outcome<Approval>>(approval);
    }
}

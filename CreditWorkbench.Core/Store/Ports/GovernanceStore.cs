using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Registry;
using Microsoft.EntityFrameworkCore;

namespace CreditWorkbench.Core.Store.Ports;

/// <summary>Evidence and approvals in the store.</summary>
internal sealed class GovernanceStore(IDbContextFactory<WorkbenchContext> contexts, StoreWriter writer) : IGovernanceStore
{
    public async Task<IReadOnlyList<GateResult>> GatesAsync(Guid modelId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.ModelGates.AsNoTracking().Where(row => row.ModelId == modelId).OrderByDescending(row => row.Id).ToListAsync(cancellationToken);
        return [.. rows.Select(GovernanceMap.Read)];
    }

    public async Task<IReadOnlyList<GateResult>> LatestGatesAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var newest = context.ModelGates.GroupBy(row => new { row.ModelId, row.Gate }).Select(rows => rows.Max(row => row.Id));
        var rows = await context.ModelGates.AsNoTracking().Where(row => newest.Contains(row.Id)).ToListAsync(cancellationToken);
        return [.. rows.Select(GovernanceMap.Read)];
    }

    public Task AddGatesAsync(IReadOnlyList<GateResult> results, AuditDraft audit, CancellationToken cancellationToken) =>
        writer.AddAsync(results.Select(GovernanceMap.Write), [audit], cancellationToken);

    public async Task<IReadOnlyList<Approval>> ApprovalsAsync(Guid? modelId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.ModelApprovals.AsNoTracking().Where(row => modelId == null || row.ModelId == modelId).OrderByDescending(row => row.RequestedAt).ToListAsync(cancellationToken);
        return [.. rows.Select(GovernanceMap.Read)];
    }

    public Task<Outcome<Approval>> RequestAsync(Approval approval, AuditDraft audit, CancellationToken cancellationToken) =>
        writer.TryWriteAsync<Approval>(
            async context =>
            {
                await context.NextNumberAsync($"approvals:{approval.ModelId:n}", cancellationToken); // requests of one version stand in line
                if (await context.ModelApprovals.AnyAsync(row => row.ModelId == approval.ModelId && row.State == ApprovalState.Open, cancellationToken)) return RegistryProblems.ApprovalOpen;
                context.ModelApprovals.Add(GovernanceMap.Write(approval));
                return approval;
            },
            [audit], cancellationToken);

    public Task<Outcome<Approval>> CloseAsync(Approval approval, AuditDraft audit, CancellationToken cancellationToken) =>
        writer.TryWriteAsync<Approval>(
            async context => await GovernanceMap.DecideAsync(context, approval, cancellationToken) is { } stale ? stale : approval, [audit], cancellationToken);
}

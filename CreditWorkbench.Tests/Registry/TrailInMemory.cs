using CreditWorkbench.Core.Audit;

namespace CreditWorkbench.Tests.Registry;

/// <summary>Entries that stand beside those of the registry in memory.</summary>
internal sealed class TrailInMemory(ModelsInMemory models) : IAuditTrail
{
    public Task AppendAsync(IReadOnlyList<AuditDraft> entries, CancellationToken cancellationToken)
    {
        models.Audit.AddRange(entries);
        return Task.CompletedTask;
    }
}

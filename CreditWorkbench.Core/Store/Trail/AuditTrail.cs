using CreditWorkbench.Core.Audit;

namespace CreditWorkbench.Core.Store.Trail;

/// <summary>Appends to the trail in the store.</summary>
internal sealed class AuditTrail(StoreWriter writer) : IAuditTrail
{
    public Task AppendAsync(IReadOnlyList<AuditDraft> drafts, CancellationToken cancellationToken) => writer.AddAsync([], drafts, cancellationToken);
}

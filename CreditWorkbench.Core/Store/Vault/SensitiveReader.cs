using CreditWorkbench.Core.Evaluation;

namespace CreditWorkbench.Core.Store.Vault;

/// <summary>Opens the vault for audits.</summary>
internal sealed class SensitiveReader(VaultTable table, VaultKey key) : ISensitiveReader
{
    public async Task<IReadOnlyDictionary<Guid, string>> ReadAsync(string input, IReadOnlyCollection<Guid> applicationIds, CancellationToken cancellationToken) =>
        (await table.FindAsync(input, applicationIds, cancellationToken)).ToDictionary(found => found.ApplicationId, found => key.Open(found.Sealed, found.ApplicationId, input));
}

using CreditWorkbench.Core.Store.Rows;
using Microsoft.EntityFrameworkCore;

namespace CreditWorkbench.Core.Store.Trail;

/// <summary>Leases of what one node does at a time.</summary>
internal static class StoreLease
{
    /// <summary>The sequencer's.</summary>
    public const string Name = "audit-sequencer";

    /// <summary>Takes the lease or renews it. A new owner gets a higher fencing token.</summary>
    /// <returns>The fencing token; null while somebody else holds it.</returns>
    public static Task<long?> TakeAsync(
        IDbContextFactory<WorkbenchContext> contexts, string owner, TimeSpan duration, TimeProvider time, CancellationToken cancellationToken) =>
        TakeAsync(contexts, Name, owner, duration, time, cancellationToken);

    /// <summary>The same for the lease of a name.</summary>
    public static async Task<long?> TakeAsync(
        IDbContextFactory<WorkbenchContext> contexts, string name, string owner, TimeSpan duration, TimeProvider time, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var taken = await context.Leases.Where(row => row.Name == name && (row.Owner == owner || row.Until < now)).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.FencingToken, row => row.Owner == owner ? row.FencingToken : row.FencingToken + 1)
                .SetProperty(row => row.Owner, owner).SetProperty(row => row.Until, now + duration),
            cancellationToken);
        if (taken == 0) return null;
        return await context.Leases.Where(row => row.Name == name && row.Owner == owner).Select(row => (long?)row.FencingToken).SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>The row as it is before the first owner.</summary>
    public static LeaseRow Free() => new() { Name = Name, Until = DateTimeOffset.UnixEpoch };
}

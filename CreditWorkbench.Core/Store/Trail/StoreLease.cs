using CreditWorkbench.Core.Store.Rows;
using Microsoft.EntityFrameworkCore;

namespace CreditWorkbench.Core.Store.Trail;

/// <summary>The sequencer's lease.</summary>
internal static class StoreLease
{
    public const string Name = "audit-sequencer";

    /// <summary>Takes the lease or renews it. A new owner gets a higher fencing token.</summary>
    /// <returns>The fencing token; null while somebody else holds it.</returns>
    public static async Task<long?> TakeAsync(
        IDbContextFactory<WorkbenchContext> contexts, string owner, TimeSpan duration, TimeProvider time, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var taken = await context.Leases.Where(row => row.Name == Name && (row.Owner == owner || row.Until < now)).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.FencingToken, row => row.Owner == owner ? row.FencingToken : row.FencingToken + 1)
                .SetProperty(row => row.Owner, owner).SetProperty(row => row.Until, now + duration),
            cancellationToken);
        if (taken == 0) return null;
        return await context.Leases.Where(row => row.Name == Name && row.Owner == owner).Select(row => (long?)row.FencingToken).SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>The row as it is before the first owner.</summary>
    public static LeaseRow Free() => new() { Name = Name, Until = DateTimeOffset.UnixEpoch };
}

using CreditWorkbench.Core.Monitoring;
using CreditWorkbench.Core.Store.Rows;
using CreditWorkbench.Core.Store.Trail;
using Microsoft.EntityFrameworkCore;

namespace CreditWorkbench.Core.Store.Ports;

/// <summary>Leases of watches, beside the sequencer's.</summary>
internal sealed class WatchLease(IDbContextFactory<WorkbenchContext> contexts, StoreWriter writer, TimeProvider time) : IWatchLease
{
    public async Task<bool> TakeAsync(string name, string owner, TimeSpan duration, CancellationToken cancellationToken)
    {
        if (await StoreLease.TakeAsync(contexts, name, owner, duration, time, cancellationToken) is not null) return true;
        await using (var context = await contexts.CreateDbContextAsync(cancellationToken))
        {
            if (await context.Leases.AnyAsync(row => row.Name == name, cancellationToken)) return false;
        }

        try
        {
            await writer.AddAsync([new LeaseRow { Name = name, Until = DateTimeOffset.UnixEpoch }], [], cancellationToken);
        }
        catch (DbUpdateException) when (!cancellationToken.IsCancellationRequested)
        {
            // Another node made the row first, which is as good; a database that is out of order fails again below.
        }

        return await StoreLease.TakeAsync(contexts, name, owner, duration, time, cancellationToken) is not null;
    }
}

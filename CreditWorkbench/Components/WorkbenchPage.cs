using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Web.Hosting;
using CreditWorkbench.Web.Identity;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace CreditWorkbench.Web.Components;

/// <summary>What every page has: who looks at it, the organisation's clock, and a token that fires when the reader leaves.</summary>
public abstract class WorkbenchPage : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _leaving = new();

    /// <summary>Starts the time on the page.</summary>
    protected WorkbenchPage() => Leaving = _leaving.Token;

    /// <summary>Clock of the organisation.</summary>
    [Inject] protected OrganisationClock Clock { get; set; } = null!;

    /// <summary>Address of the page.</summary>
    [Inject] protected NavigationManager Navigation { get; set; } = null!;

    [CascadingParameter] private Task<AuthenticationState> Authentication { get; set; } = null!;

    /// <summary>Fires when the reader leaves the page; can still be asked for afterwards.</summary>
    protected CancellationToken Leaving { get; }

    /// <summary>Zone of clocks.</summary>
    protected TimeZoneInfo Zone => Clock.Zone;

    /// <summary>Who looks at the page.</summary>
    /// <exception cref="InvalidOperationException">Nobody is signed in: the page should not have been reached.</exception>
    protected async Task<Actor> ActorAsync() =>
        Actors.From((await Authentication).User) ?? throw new InvalidOperationException("A page of the workbench is open without a signed-in person.");

    /// <summary>The first role of who looks, in the order of screens; the viewer's without one.</summary>
    protected async Task<string> RoleAsync() => Actors.RolesOf((await Authentication).User) is [var first, ..] ? first : Roles.Viewer;

    /// <summary>Looks again after every change, until there is nothing more to wait for or the reader leaves. To be returned from
    /// <see cref="ComponentBase.OnAfterRenderAsync"/>, so that a look that breaks is shown as a broken event handler is.</summary>
    /// <param name="change">Ends at the next change.</param>
    /// <param name="look">Looks and draws; false when nothing more is waited for.</param>
    protected Task WatchAsync(Func<CancellationToken, Task> change, Func<Task<bool>> look) => UntilLeavingAsync(async () =>
    {
        do await change(Leaving);
        while (await look());
    });

    /// <summary>Does work that ends, without a fault, when the reader leaves.</summary>
    protected async Task UntilLeavingAsync(Func<Task> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        try
        {
            await work();
        }
        catch (OperationCanceledException) when (Leaving.IsCancellationRequested)
        {
            return; // the reader left the page
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Cancels what the page still waits for.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (!disposing) return;
        _leaving.Cancel();
        _leaving.Dispose();
    }
}

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

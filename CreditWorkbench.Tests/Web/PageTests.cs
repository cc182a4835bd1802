using System.Security.Claims;
using Bunit;
using CreditWorkbench.Web.Hosting;
using CreditWorkbench.Web.Identity;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CreditWorkbench.Tests.Web;

/// <summary>Tests of pages: in UTC, with a browser that answers nothing, opened by a signed-in person.</summary>
public abstract class PageTests : BunitContext
{
    /// <summary>How long a busy machine may take to draw.</summary>
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    protected PageTests() => JSInterop.Mode = JSRuntimeMode.Loose;

    /// <summary>Who opens the pages of this test.</summary>
    protected Guid Reader { get; } = Guid.CreateVersion7();

    /// <summary>Gives pages a clock.</summary>
    protected void AddClock(TimeProvider time)
    {
        Services.AddSingleton(time);
        Services.AddSingleton(new OrganisationClock(time, Options.Create(new WorkbenchOptions())));
    }

    /// <summary>Components are interactive from now on; the services must be complete.</summary>
    protected void BeInteractive() => SetRendererInfo(new RendererInfo("Server", isInteractive: true));

    /// <summary>The reader, signed in.</summary>
    protected AuthenticationState Person(string role) => new(new ClaimsPrincipal(new ClaimsIdentity(
        [new(ClaimTypes.NameIdentifier, Reader.ToString()), new(ClaimTypes.Name, "tomi@example.com"), new(Actors.NameClaim, "Tomi"), new(ClaimTypes.Role, role)], "test")));

    /// <summary>Opens a page as a reader with this role.</summary>
    protected IRenderedComponent<TPage> Open<TPage>(string address, string role, Action<ComponentParameterCollectionBuilder<TPage>>? parameters = null)
        where TPage : IComponent => Open(address, Task.FromResult(Person(role)), parameters);

    /// <summary>Opens a page while it is not known yet, or just now, who is there.</summary>
    protected IRenderedComponent<TPage> Open<TPage>(string address, Task<AuthenticationState> person, Action<ComponentParameterCollectionBuilder<TPage>>? parameters = null)
        where TPage : IComponent
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        return Render<TPage>(page =>
        {
            page.AddCascadingValue(person);
            parameters?.Invoke(page);
        });
    }
}

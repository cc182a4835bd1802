using System.Reflection;
using System.Security.Claims;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Web.Identity;
using CreditWorkbench.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Routing;

namespace CreditWorkbench.Web.Components.Layout;

/// <summary>Frame of every page of a person who is signed in.</summary>
public sealed partial class MainLayout
{
    private ClaimsPrincipal _user = new();
    private IReadOnlySet<Permission> _permissions = new HashSet<Permission>();
    private WorkbenchErrorBoundary? _boundary;

    [CascadingParameter] private Task<AuthenticationState> Authentication { get; set; } = null!;

    private static string Version { get; } = typeof(MainLayout).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";

    private string Here => "/" + Navigation.ToBaseRelativePath(Navigation.Uri).Split('#')[0];

    private bool IsReady => RendererInfo.IsInteractive || AssignedRenderMode is null;

    private string Path => Here.Split('?')[0];

    private string? EnvironmentName =>
        Options.Value.Demo ? Texts.T("shell.demo") : Environment.IsProduction() ? null : Environment.EnvironmentName;

    /// <inheritdoc/>
    public void Dispose() => Navigation.LocationChanged -= OnMoved;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        Navigation.LocationChanged += OnMoved;
        _user = (await Authentication).User;
        _permissions = Actors.PermissionsOf(_user);
    }

    private void OnMoved(object? sender, LocationChangedEventArgs arguments)
    {
        _boundary?.Recover();
        StateHasChanged();
    }
}

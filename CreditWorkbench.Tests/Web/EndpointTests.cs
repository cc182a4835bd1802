using CreditWorkbench.Web.Hosting;
using CreditWorkbench.Web.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Xunit;

namespace CreditWorkbench.Tests.Web;

/// <summary>Every endpoint of the built host stands in the table of access.</summary>
public sealed class EndpointTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("workbench-").FullName;

    [Fact]
    public async Task Endpoints_OfTheHost_AreAllListed()
    {
        await using var app = WorkbenchHost.Build([.. WorkbenchHost.ArgumentsFor(_data), "--Workbench:Demo=true", "--Logging:LogLevel:Default=None"]);

        var unlisted = Served(app).Where(e => !AccessTable.Endpoints.ContainsKey(e) && !AccessTable.Framework.Any(prefix => e.Route.StartsWith(prefix, StringComparison.Ordinal)));

        Assert.Empty(unlisted);
    }

    [Fact]
    public async Task Endpoints_OfTheTable_AllExist()
    {
        await using var app = WorkbenchHost.Build([.. WorkbenchHost.ArgumentsFor(_data), "--Workbench:Demo=true", "--Logging:LogLevel:Default=None"]);

        Assert.Empty(AccessTable.Endpoints.Keys.Except(Served(app)));
    }

    [Fact]
    public async Task DemoSignIn_OutsideADemo_DoesNotExist()
    {
        await using var app = WorkbenchHost.Build([.. WorkbenchHost.ArgumentsFor(_data), "--Logging:LogLevel:Default=None"]);

        Assert.DoesNotContain(("POST", "/account/demo-sign-in"), Served(app));
    }

    public void Dispose() => Directory.Delete(_data, recursive: true);

    private static List<(string Method, string Route)> Served(WebApplication app) =>
    [
        .. ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<StaticAssetDescriptor>() is null && e.Metadata.GetMetadata<ComponentTypeMetadata>() is null)
            .SelectMany(e => (e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Select(method => (method, "/" + e.RoutePattern.RawText!.TrimStart('/')))),
    ];
}

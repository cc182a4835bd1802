using CreditWorkbench.Core.Jobs;
using CreditWorkbench.Web.Hosting;
using CreditWorkbench.Web.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace CreditWorkbench.Tests.Jobs;

/// <summary>Loops outlive a database that does not answer; what the mapper makes of that is not what the driver throws.</summary>
public sealed class StoreFaultsTests : IAsyncDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("workbench-").FullName;
    private readonly WebApplication _app;

    // Nobody listens on port 1.
    public StoreFaultsTests() => _app = WorkbenchHost.Build(
        [.. WorkbenchHost.ArgumentsFor(_data), "--Workbench:Provider=postgres", "--Workbench:ConnectionString=Host=127.0.0.1;Port=1;Username=x;Password=x;Timeout=1"]);

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public void Fault_OfTheProgram_IsNotTheStores() => Assert.False(StoreFaults.AreIn(new InvalidOperationException("A bug.", new FormatException())));

    [Fact]
    public async Task Housekeeping_StoreOutOfReach_GoesOn()
    {
        var refused = await Record.ExceptionAsync(() => Loop<ApiHousekeeping>().StopAsync(Now));

        Assert.Null(refused);
    }

    [Fact]
    public async Task WarmUp_StoreOutOfReach_EndsWell()
    {
        var loop = Loop<ReleaseWarmUp>();
        await loop.StartAsync(Now);

        var refused = await Record.ExceptionAsync(() => loop.ExecuteTask!);

        Assert.Null(refused);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    private T Loop<T>()
        where T : BackgroundService => _app.Services.GetServices<IHostedService>().OfType<T>().Single();
}

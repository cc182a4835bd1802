using System.Diagnostics;
using System.Text.RegularExpressions;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Store;
using CreditWorkbench.Tests.Registry;
using CreditWorkbench.Tests.Store;
using CreditWorkbench.Tests.Web;
using CreditWorkbench.Web.Hosting;
using CreditWorkbench.Web.Identity;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CreditWorkbench.Tests.Endpoints;

/// <summary>The real program on a data folder of its own, with a small model in production and one client system; started and killed as often as a test likes.</summary>
internal sealed partial class MortalServer : IDisposable
{
    private string _key = "";
    private Process? _life;

    /// <summary>The data folder, which outlives every life.</summary>
    public string Data { get; } = Directory.CreateTempSubdirectory("workbench-").FullName;

    private static string Program => Path.Combine(RepositoryFiles.Web, "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", "CreditWorkbench.dll");

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    /// <summary>Registers the model and gives the client system its key; nothing is served yet.</summary>
    public static async Task<MortalServer> PrepareAsync(ApiKeyOrder order)
    {
        var server = new MortalServer();
        await using var app = await WorkbenchHost.OpenAsync(server.Data, CancellationToken.None);
        await Approved.InProductionAsync(app.Services, "tiny", TinyPackage.Model);
        server._key = (await app.Services.GetRequiredService<ApiKeyDesk>().AddAsync(order, Actor.System, CancellationToken.None)).Value.Text;
        return server;
    }

    /// <summary>Starts a life; the client carries the key.</summary>
    public async Task<HttpClient> StartAsync()
    {
        _life?.Dispose();
        _life = Process.Start(new ProcessStartInfo("dotnet", [Program, "serve", "--data", Data, "--urls", "http://127.0.0.1:0", "--Workbench:Jobs:Threads=0"]) { RedirectStandardOutput = true })
            ?? throw new InvalidOperationException("The program did not start.");
        while (await _life.StandardOutput.ReadLineAsync(Now) is { } line)
        {
            if (Address().Match(line) is not { Success: true } found) continue;
            var client = new HttpClient { BaseAddress = new Uri(found.Value + "/api/v1/") };
            client.DefaultRequestHeaders.Add("X-Api-Key", _key);
            return client;
        }

        throw new InvalidOperationException("The program did not say where it serves.");
    }

    /// <summary>Kills the program under load, once enough was answered.</summary>
    /// <param name="callers">Who call at the same time.</param>
    /// <param name="call">Calls until the token fires or the server is dead.</param>
    /// <param name="isEnough">Whether enough was answered.</param>
    public async Task KillAsync(int callers, Func<int, CancellationToken, Task> call, Func<bool> isEnough)
    {
        using var ended = new CancellationTokenSource();
        var calling = Enumerable.Range(0, callers).Select(caller => Task.Run(() => call(caller, ended.Token), Now)).ToList();
        while (!isEnough())
        {
            Assert.False(_life!.HasExited, "The server ended by itself.");
            Assert.False(calling.All(caller => caller.IsCompleted), "Nobody calls any more.");
            await Task.Delay(10, Now);
        }

        _life!.Kill();
        await _life.WaitForExitAsync(Now);
        await ended.CancelAsync();
        await Task.WhenAll(calling);
    }

    public void Dispose()
    {
        if (_life is { HasExited: false }) _life.Kill();
        _life?.Dispose();
        TestStore.ClosePools(new StoreOptions { DataDirectory = Data });
        Directory.Delete(Data, recursive: true);
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:[1-9]\d*")]
    private static partial Regex Address();
}

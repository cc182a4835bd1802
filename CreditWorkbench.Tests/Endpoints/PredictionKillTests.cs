using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Core.Store;
using CreditWorkbench.Core.Store.Predictions;
using CreditWorkbench.Tests.Registry;
using CreditWorkbench.Tests.Store;
using CreditWorkbench.Tests.Web;
using CreditWorkbench.Web.Hosting;
using CreditWorkbench.Web.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CreditWorkbench.Tests.Endpoints;

/// <summary>The real program is killed while it answers; every answer that a client got is in the store once, and the chain verifies.</summary>
[Trait("Category", "Long")]
public sealed partial class PredictionKillTests : IAsyncLifetime
{
    private const int Callers = 8;
    private const int EnoughAnswers = 600;
    private readonly string _data = Directory.CreateTempSubdirectory("workbench-").FullName;
    private readonly ConcurrentDictionary<Guid, (string Reference, int Score)> _acknowledged = new();
    private string _key = "";

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    private static string Program => Path.Combine(RepositoryFiles.Web, "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", "CreditWorkbench.dll");

    public async ValueTask InitializeAsync()
    {
        await using var app = await WorkbenchHost.OpenAsync(_data, CancellationToken.None);
        await Approved.InProductionAsync(app.Services, "tiny", TinyPackage.Model);
        var order = new ApiKeyOrder("load", ["score:stateless"]) { RequestsPerMinute = 10_000_000, LegalBasis = "contract" };
        _key = (await app.Services.GetRequiredService<ApiKeyDesk>().AddAsync(order, Actor.System, CancellationToken.None)).Value.Text;
    }

    public ValueTask DisposeAsync()
    {
        TestStore.ClosePools(new StoreOptions { DataDirectory = _data });
        Directory.Delete(_data, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Kill_WhileItAnswers_LosesAndDoublesNothing()
    {
        for (var life = 0; life < 2; life++)
        {
            using var server = Start();
            using var client = await ClientAsync(server);
            foreach (var earlier in _acknowledged.Keys.Take(3)) await SeenAsync(client, earlier);
            await LoadUntilKilledAsync(server, client, EnoughAnswers * (life + 1));
        }

        await using var app = await WorkbenchHost.OpenAsync(_data, Now);
        await app.Services.GetRequiredService<PredictionMover>().DrainAsync(Now);
        await using var context = app.Services.GetRequiredService<IDbContextFactory<WorkbenchContext>>().CreateDbContext();
        var kept = await context.Predictions.AsNoTracking().Select(row => new { row.Id, row.Issued, row.BlockId }).ToListAsync(Now);
        var scores = kept.ToDictionary(row => row.Id, row => row.Issued); // throws where one is there twice
        Assert.All(_acknowledged, answer => Assert.Equal(answer.Value.Score, scores.GetValueOrDefault(answer.Key)));
        Assert.Equal(kept.Count, await context.PredictionBlocks.SumAsync(block => block.Count, Now));
        var store = app.Services.GetRequiredService<IPredictionStore>();
        foreach (var (id, answer) in _acknowledged.Take(20)) Assert.Equal(answer.Reference, (await store.FindAsync(id, Now))?.Reference);
        var trail = app.Services.GetRequiredService<IAuditReader>();
        Assert.True((await trail.VerifyAsync(Now)).Intact);
    }

    private async Task LoadUntilKilledAsync(Process server, HttpClient client, int answers)
    {
        using var ended = new CancellationTokenSource();
        var callers = Enumerable.Range(0, Callers).Select(caller => Task.Run(() => CallAsync(client, caller, ended.Token), Now)).ToList();
        while (_acknowledged.Count < answers)
        {
            Assert.False(server.HasExited, "The server ended by itself.");
            await Task.Delay(10, Now);
        }

        server.Kill();
        await server.WaitForExitAsync(Now);
        await ended.CancelAsync();
        await Task.WhenAll(callers);
    }

    private async Task CallAsync(HttpClient client, int caller, CancellationToken ended)
    {
        for (var i = 0; !ended.IsCancellationRequested; i++)
        {
            var reference = $"{caller}-{i}-{Guid.NewGuid():n}";
            using var body = new StringContent($$"""{"values":{"income":{{5_000_000 + (i % 50) * 100_000}},"instalments":3000000},"reference":"{{reference}}"}""", Encoding.UTF8, "application/json");
            try
            {
                using var answer = await client.PostAsync("/api/v1/scorecards/tiny/predict", body, Now);
                if (!answer.IsSuccessStatusCode) continue;
                var root = await answer.Content.ReadFromJsonAsync<JsonElement>(Now);
                _acknowledged[root.GetProperty("id").GetGuid()] = (reference, root.GetProperty("score").GetInt32());
            }
            catch (Exception broken) when (broken is HttpRequestException or IOException or JsonException)
            {
                return; // the server is dead: what it did not say to the end was never acknowledged
            }
        }
    }

    private static async Task SeenAsync(HttpClient client, Guid id)
    {
        using var answer = await client.GetAsync($"/api/v1/predictions/{id}", Now);
        Assert.True(answer.IsSuccessStatusCode, $"{id} is gone: {answer.StatusCode}");
    }

    private Process Start() => Process.Start(new ProcessStartInfo("dotnet", [Program, "serve", "--data", _data, "--urls", "http://127.0.0.1:0", "--Workbench:Jobs:Threads=0"]) { RedirectStandardOutput = true }) ?? throw new InvalidOperationException("The program did not start.");

    private async Task<HttpClient> ClientAsync(Process server)
    {
        while (await server.StandardOutput.ReadLineAsync(Now) is { } line)
        {
            if (Address().Match(line) is not { Success: true } found) continue;
            var client = new HttpClient { BaseAddress = new Uri(found.Value) };
            client.DefaultRequestHeaders.Add("X-Api-Key", _key);
            return client;
        }

        throw new InvalidOperationException("The program did not say where it serves.");
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:[1-9]\d*")]
    private static partial Regex Address();
}

using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Store;
using CreditWorkbench.Core.Store.Predictions;
using CreditWorkbench.Web.Hosting;
using CreditWorkbench.Web.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CreditWorkbench.Tests.Endpoints;

/// <summary>The real program is killed while it answers; every answer that a client got is in the store once, and the chain verifies.</summary>
[Trait("Category", "Long")]
public sealed class PredictionKillTests : IAsyncLifetime
{
    private const int Callers = 8;
    private const int EnoughAnswers = 600;
    private readonly ConcurrentDictionary<Guid, (string Reference, int Score)> _acknowledged = new();
    private MortalServer _server = null!;

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _server = await MortalServer.PrepareAsync(new ApiKeyOrder("load", ["score:stateless"]) { RequestsPerMinute = 10_000_000, LegalBasis = "contract" });

    public ValueTask DisposeAsync()
    {
        _server.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Kill_WhileItAnswers_LosesAndDoublesNothing()
    {
        for (var life = 0; life < 2; life++)
        {
            using var client = await _server.StartAsync();
            foreach (var earlier in _acknowledged.Keys.Take(3)) await SeenAsync(client, earlier);
            var enough = EnoughAnswers * (life + 1);
            await _server.KillAsync(Callers, (caller, ended) => CallAsync(client, caller, ended), () => _acknowledged.Count >= enough);
        }

        await using var app = await WorkbenchHost.OpenAsync(_server.Data, Now);
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
}

using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Store;
using CreditWorkbench.Tests.Registry;
using CreditWorkbench.Web.Hosting;
using CreditWorkbench.Web.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CreditWorkbench.Tests.Endpoints;

/// <summary>The real program is killed while client systems bring applications: what was acknowledged is there once, and the chain verifies.</summary>
[Trait("Category", "Long")]
public sealed class ApplicationKillTests : IAsyncLifetime
{
    private const int Callers = 6;
    private const int EnoughScores = 40;
    private readonly ConcurrentDictionary<Guid, long> _applications = new();
    private readonly ConcurrentDictionary<Guid, (Guid Application, int Score)> _scores = new();
    private long _amount;
    private MortalServer _server = null!;

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _server = await MortalServer.PrepareAsync(new ApiKeyOrder("intake", ["applications:write", "applications:score"]) { RequestsPerMinute = 10_000_000 });

    public ValueTask DisposeAsync()
    {
        _server.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Kill_WhileApplicationsComeIn_LosesAndDoublesNoneThatWasAcknowledged()
    {
        for (var life = 0; life < 2; life++)
        {
            using var client = await _server.StartAsync();
            foreach (var earlier in _scores.Take(3)) Assert.Equal(earlier.Value.Score, (await client.GetFromJsonAsync<JsonElement>($"scores/{earlier.Key}", Now)).GetProperty("score").GetInt32());
            var enough = EnoughScores * (life + 1);
            await _server.KillAsync(Callers, (_, ended) => CallAsync(client, ended), () => _scores.Count >= enough);
        }

        await using var app = await WorkbenchHost.OpenAsync(_server.Data, Now);
        await using var context = app.Services.GetRequiredService<IDbContextFactory<WorkbenchContext>>().CreateDbContext();
        var rows = await context.Applications.AsNoTracking().Select(row => new { row.Id, row.AmountMinorUnits, row.Number }).ToListAsync(Now);
        var issued = await context.Scores.AsNoTracking().ToDictionaryAsync(row => row.Id, row => (row.ApplicationId, row.Issued), Now);
        Assert.All(_applications, made => Assert.Equal(made.Value, Assert.Single(rows, row => row.Id == made.Key).AmountMinorUnits));
        Assert.All(_scores, score => Assert.Equal(score.Value, issued.GetValueOrDefault(score.Key)));
        Assert.Equal(rows.Count, rows.Select(row => row.AmountMinorUnits).Distinct().Count());
        Assert.Equal(rows.Count, rows.Select(row => row.Number).Distinct().Count());
        Assert.True((await app.Services.GetRequiredService<IAuditReader>().VerifyAsync(Now)).Intact);
    }

    // Every application asks for an amount that no other one asks for: a doubled one would show.
    private async Task CallAsync(HttpClient client, CancellationToken ended)
    {
        try
        {
            while (!ended.IsCancellationRequested)
            {
                var amount = Interlocked.Increment(ref _amount);
                var applicant = (await PostAsync(client, "applicants", new { name = "Somebody Made Up", email = $"{amount}@contoh.id", phone = "", kind = "person" })).GetProperty("id").GetGuid();
                await PostAsync(client, $"applicants/{applicant}/consents", new { purposes = new[] { "scoring" }, sources = new[] { "declared" }, textVersion = TinyPackage.Model.Scorecard.Version, language = "en", channel = "api", scorecard = "tiny" });
                var application = (await PostAsync(client, $"applicants/{applicant}/applications", new { scorecard = "tiny", values = new { income = 5_000_000, instalments = 3_000_000 }, amount })).GetProperty("id").GetGuid();
                _applications[application] = amount;
                var score = await PostAsync(client, $"applications/{application}/score?roadmap=false", null);
                _scores[score.GetProperty("id").GetGuid()] = (application, score.GetProperty("score").GetInt32());
            }
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException or JsonException)
        {
            // The server is dead: what it did not say to the end was never acknowledged.
        }
    }

    private static async Task<JsonElement> PostAsync(HttpClient client, string address, object? body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        using var answer = await client.SendAsync(request, Now);
        var text = await answer.Content.ReadAsStringAsync(Now);
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement;
    }
}

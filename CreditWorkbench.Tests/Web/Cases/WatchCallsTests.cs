using System.Globalization;
using System.Text.Json;
using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Core.Store.Predictions;
using CreditWorkbench.Web.Identity;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CreditWorkbench.Tests.Web.Cases;

/// <summary>Monitoring, outcomes and the registry over HTTP, on a server of their own: the figures are those of these cases and no others.</summary>
public sealed class WatchCallsTests(CaseServer server) : IClassFixture<CaseServer>
{
    private const int Cases = 24;

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Monitoring_AfterOutcomes_TellsCountsPairsAndDecisionsOfTheseCases()
    {
        using var officer = await server.CallerAsync(Roles.LoanOfficer);
        using var viewer = await server.CallerAsync(Roles.Viewer);
        var records = server.Trust.Applicants(Cases);
        var scored = new List<JsonElement>();
        foreach (var (n, record) in records.Index()) scored.Add(await ScoreAsync(officer, n, record));
        var outcomes = scored.Select((score, n) => (Id: score.GetProperty("applicationId").GetGuid(), Score: score.GetProperty("scoreUnrounded").GetDouble(), Bad: n % 2 == 0)).ToList();

        var before = (await viewer.GetAsync("monitoring/trust")).Json();
        (await officer.PostAsync("outcomes", new[] { new { applicationId = outcomes[0].Id, bad = true, observedAt = DateTimeOffset.UtcNow }, new { applicationId = Guid.NewGuid(), bad = true, observedAt = DateTimeOffset.UtcNow } })).Refused(400, "outcome.unknown");
        var receipt = (await officer.PostAsync("outcomes", outcomes.Select(one => new { applicationId = one.Id, bad = one.Bad, observedAt = DateTimeOffset.UtcNow }))).Json();
        var after = (await viewer.GetAsync("monitoring/trust")).Json();

        Assert.Equal(JsonValueKind.Null, before.GetProperty("performance").ValueKind);
        Assert.Equal(Cases, receipt.GetProperty("recorded").GetInt32());
        Assert.Equal(Cases, after.GetProperty("volumes").EnumerateArray().Sum(day => day.GetProperty("scores").GetInt32()));
        Assert.Equal((Cases, 0), (after.GetProperty("decisions").GetProperty("applications").GetInt32(), after.GetProperty("decisions").GetProperty("decided").GetInt32()));
        var performance = after.GetProperty("performance");
        Assert.Equal((Cases, Cases / 2), (performance.GetProperty("outcomes").GetInt32(), performance.GetProperty("bad").GetInt32()));
        Assert.Equal(PairsByHand(outcomes.Select(one => (one.Score, one.Bad)).ToList()), performance.GetProperty("auc").GetDouble(), 1e-9);
        Assert.Equal(JsonValueKind.Null, performance.GetProperty("ece").ValueKind);
        AssertFeatures(after.GetProperty("releases")[0], records);
        (await viewer.GetAsync("monitoring/nobody")).Refused(404, "scorecard.notFound");
        (await viewer.GetAsync("monitoring/trust?from=2026-13-01")).Refused(400, "monitoring.period");
        (await viewer.GetAsync("monitoring/trust?from=2020-01-01&to=2026-01-01")).Refused(400, "monitoring.period");
    }

    [Fact]
    public async Task Models_UploadedAndMoved_AreRegisteredInDevAndAskForEvidence()
    {
        using var analyst = await server.CallerAsync(Roles.RiskAnalyst);
        using var content = new ByteArrayContent(PackageEncoding.Write(server.Trust.Package));
        content.Headers.ContentType = new("application/octet-stream");

        var made = await analyst.PostAsync("models?name=trust-again", content);
        (await analyst.PostAsync("models", new ByteArrayContent("no package"u8.ToArray()))).Json(400);
        (await analyst.PostAsync("models", new ByteArrayContent([]))).Refused(400, "body.empty");
        var listed = await analyst.GetAsync("models?scorecard=trust&stage=dev");
        (await analyst.PostAsync("models/trust-again/versions/1/stage", new { stage = "production", note = "At once." })).Refused(409, "model.stage.move");
        (await analyst.PostAsync("models/trust-again/versions/1/stage", new { stage = "archived", note = "" })).Refused(400, "model.stage.note");
        (await analyst.PostAsync("models/trust-again/versions/9/stage", new { stage = "archived", note = "Not needed." })).Refused(404, "model.notFound");
        (await analyst.PostAsync("models/trust-again/versions/1/stage", new { stage = "archived", note = "Not needed." }, ("If-Match", "\"77\""))).Refused(412, "version.stale");
        var archived = (await analyst.PostAsync("models/trust-again/versions/1/stage", new { stage = "archived", note = "Not needed." }, ("If-Match", made.ETag!))).Json();
        (await analyst.PostAsync("models/trust-again/versions/1/stage", new { stage = "production", note = "It is mine." })).Refused(403, "model.stage.self");
        using var key = await server.KeyAsync("models:read", "models:write");
        (await key.PostAsync("models/trust-again/versions/1/stage", new { stage = "production", note = "By a machine." })).Refused(403, "permission.missing");

        Assert.Equal(("trust-again@1", "dev", "/api/v1/models/trust-again/versions/1"), (made.Json(201).GetProperty("reference").GetString(), made.Json(201).GetProperty("stage").GetString(), made.Location));
        Assert.Equal(("1", "trust-again"), (listed.Headers["X-Total-Count"], listed.Json()[0].GetProperty("name").GetString()));
        Assert.Equal("archived", archived.GetProperty("stage").GetString());
    }

    [Fact]
    public async Task Monitoring_OfStatelessPredictions_CountsThemApartAlsoAfterTheirRecordsWereRemoved()
    {
        using var client = await server.KeyAsync("score:stateless");
        using var viewer = await server.CallerAsync(Roles.Viewer);
        var from = DateTime.UtcNow.AddDays(-1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var ids = new List<Guid>();
        foreach (var record in server.Trust.Applicants(6)) ids.Add((await client.PostAsync("scorecards/trust/predict", new { values = CaseCallsTests.Scorable(record), legalBasis = "contract" })).Json().GetProperty("id").GetGuid());

        var counted = await PredictionsAsync(viewer, from, 6);
        server.Services.GetRequiredService<PredictionLog>().Rotate();
        for (var removed = 0; removed < 6; await Task.Delay(20, Now)) removed += await server.Services.GetRequiredService<IPredictionRetention>().PruneAsync(DateTimeOffset.UtcNow.AddMinutes(1), Now);
        var after = await PredictionsAsync(viewer, from, 6);

        Assert.Equal(404, (await client.GetAsync($"predictions/{ids[0]}")).Status);
        Assert.Equal(counted.ToString(), after.ToString());
        var release = Assert.Single(counted.GetProperty("releases").EnumerateArray());
        Assert.Equal(("trust@1", 6), (release.GetProperty("model").GetString(), release.GetProperty("score").GetProperty("observed").EnumerateArray().Sum(bin => bin.GetInt32())));
        Assert.All(release.GetProperty("features").EnumerateArray(), feature => Assert.Equal(6, feature.GetProperty("drift").GetProperty("observed").EnumerateArray().Sum(bin => bin.GetInt32())));
    }

    private static async Task<JsonElement> ScoreAsync(ApiClientCalls officer, int number, InputRecord record)
    {
        var application = await ApplyAsync(officer, number, record);
        return (await officer.PostAsync($"applications/{application}/score?roadmap=false")).Json(201);
    }

    // Records reach the store, and are counted there, a moment after the answer.
    private static async Task<JsonElement> PredictionsAsync(ApiClientCalls viewer, string from, int count)
    {
        for (var tries = 0; tries < 400; tries++)
        {
            var found = (await viewer.GetAsync($"monitoring/trust?from={from}")).Json().GetProperty("predictions");
            if (found.GetProperty("volumes").EnumerateArray().Sum(day => day.GetProperty("scores").GetInt32()) == count) return found;
            await Task.Delay(50, Now);
        }

        throw new TimeoutException("The predictions were never counted.");
    }

    private static async Task<Guid> ApplyAsync(ApiClientCalls officer, int number, InputRecord record)
    {
        var applicant = (await officer.PostAsync("applicants", new { name = "Somebody Made Up", email = $"watched{number}@contoh.id", phone = "", kind = "person" })).Json(201).GetProperty("id").GetGuid();
        (await officer.PostAsync($"applicants/{applicant}/consents", CaseOwnershipTests.Consent())).Json(201);
        using var values = JsonDocument.Parse(InputRecordJson.ToText(record));
        return (await officer.PostAsync($"applicants/{applicant}/applications", new { scorecard = "trust", values = values.RootElement, amount = 5_000_000, termMonths = 12 })).Json(201).GetProperty("id").GetGuid();
    }

    // A worse score is riskier, and every margin of this scorecard falls with the score.
    private static double PairsByHand(IReadOnlyList<(double Score, bool Bad)> cases) =>
        cases.Where(one => one.Bad).SelectMany(bad => cases.Where(one => !one.Bad).Select(good => bad.Score < good.Score ? 1.0 : bad.Score == good.Score ? 0.5 : 0.0)).Average();

    private static void AssertFeatures(JsonElement release, IReadOnlyList<InputRecord> records)
    {
        Assert.Equal(("trust@1", Cases), (release.GetProperty("model").GetString(), release.GetProperty("scores").GetInt32()));
        Assert.Equal(Cases, release.GetProperty("score").GetProperty("observed").EnumerateArray().Sum(bin => bin.GetInt32()));
        var consistency = release.GetProperty("features").EnumerateArray().Single(feature => feature.GetProperty("feature").GetString() == "utility_payment_consistency");
        // The forest of this scorecard has no branch for codes: they take the missing path, and are counted there.
        var missing = records.Count(record => record["utility_payment_consistency"].Kind is InputValueKind.Missing or InputValueKind.Special);
        Assert.Equal((double)missing / Cases, consistency.GetProperty("missingRate").GetDouble(), 1e-12);
        Assert.Equal("insufficientRows", consistency.GetProperty("drift").GetProperty("verdict").GetString());
    }
}

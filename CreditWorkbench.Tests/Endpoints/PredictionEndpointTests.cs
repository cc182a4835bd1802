using System.Text;
using System.Text.Json;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Tests.Registry;
using CreditWorkbench.Web.Endpoints;
using CreditWorkbench.Web.Identity;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CreditWorkbench.Tests.Endpoints;

/// <summary>A host with the tiny model in production and two client systems.</summary>
public sealed class TinyModelHost : IAsyncLifetime
{
    internal ApiHost Host { get; } = new();

    internal HttpClient Client { get; private set; } = null!;

    internal HttpClient Other { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await Host.InitializeAsync();
        await Approved.InProductionAsync(Host.App.Services, "tiny", TinyPackage.Model);
        // The catalogue may be a second old, here as on any node.
        var catalog = Host.App.Services.GetRequiredService<IScorecardCatalog>();
        while (await catalog.FindAsync("tiny", CancellationToken.None) is null) await Task.Delay(50);
        (Client, Other) = (await ClientAsync("contract"), await ClientAsync(null));
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        Other.Dispose();
        await Host.DisposeAsync();
    }

    private async Task<HttpClient> ClientAsync(string? legalBasis)
    {
        var order = new ApiKeyOrder("shop", ["score:stateless"]) { RequestsPerMinute = 1_000_000, LegalBasis = legalBasis };
        var key = (await Host.App.Services.GetRequiredService<ApiKeyDesk>().AddAsync(order, Actor.System, CancellationToken.None)).Value;
        var client = Host.Anonymous();
        client.DefaultRequestHeaders.Add("X-Api-Key", key.Text);
        return client;
    }
}

/// <summary>The stateless door over HTTP: the shapes of the contract.</summary>
public sealed class PredictionEndpointTests(TinyModelHost host) : IClassFixture<TinyModelHost>
{
    private const string Predict = "/api/v1/scorecards/tiny/predict";
    private const string Explain = "/api/v1/scorecards/tiny/explain";
    private const string Values = """{"values":{"income":10000000,"instalments":3000000,"months_clean":36},"reference":"order 7"}""";
    private static readonly string[] Score = ["id", "reference", "scoredAt", "release", "score", "scoreUnrounded", "grade", "riskLevel", "pd", "scalePd", "rawPd", "decision", "cutoffs", "confidence", "modelVersion", "warnings"];

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Predict_GoodValues_HasTheShapeOfTheContract()
    {
        var root = await ApiHost.JsonAsync(await PostAsync(Predict, Values));

        Assert.Equal(Score, root.EnumerateObject().Select(property => property.Name));
        Assert.Equal(("order 7", "refer", "tiny@1"), (root.GetProperty("reference").GetString(), root.GetProperty("decision").GetString(), root.GetProperty("modelVersion").GetString()));
        Assert.Equal((580, 520), (root.GetProperty("cutoffs").GetProperty("approve").GetInt32(), root.GetProperty("cutoffs").GetProperty("decline").GetInt32()));
        Assert.Equal(["kind", "value", "low", "high"], root.GetProperty("confidence").EnumerateObject().Select(property => property.Name));
    }

    [Fact]
    public async Task Predict_WithReasons_AddsAtMostFour()
    {
        var root = await ApiHost.JsonAsync(await PostAsync($"{Predict}?explain=top4", """{"values":{"income":10000000,"instalments":7000000}}"""));

        var reason = Assert.Single(root.GetProperty("reasons").EnumerateArray());
        Assert.Equal(("P1", "Instalments exceed 60 % of income.", 0.0), (reason.GetProperty("code").GetString(), reason.GetProperty("text").GetString(), reason.GetProperty("points").GetDouble()));
        Assert.Equal("decline", root.GetProperty("decision").GetString());
    }

    [Theory]
    [InlineData("en", "Debt service")]
    [InlineData("id", "Rasio angsuran")]
    public async Task Explain_InALanguage_AddsUpAndSpeaksIt(string language, string label)
    {
        for (var call = 0; call < 2; call++) // the second one comes from the cache
        {
            var root = await ApiHost.JsonAsync(await PostAsync(Explain, Values, language));

            Assert.Equal([.. Score, "basePoints", "contributions", "rounding", "clip", "reasons", "narrative", "background", "reasonBackground"], root.EnumerateObject().Select(property => property.Name));
            var contributions = root.GetProperty("contributions").EnumerateArray().ToList();
            Assert.Equal(root.GetProperty("scoreUnrounded").GetDouble(), root.GetProperty("basePoints").GetDouble() + contributions.Sum(each => each.GetProperty("points").GetDouble()), 1e-9);
            Assert.Equal(root.GetProperty("score").GetDouble(), root.GetProperty("scoreUnrounded").GetDouble() + root.GetProperty("rounding").GetDouble() + root.GetProperty("clip").GetDouble(), 1e-9);
            Assert.Equal(["feature", "label", "value", "display", "points", "logOdds", "effect", "impact", "peer"], contributions[0].EnumerateObject().Select(property => property.Name));
            Assert.Equal(label, contributions[0].GetProperty("label").GetString());
        }
    }

    [Fact]
    public async Task Explain_Top_TellsTheStrongestAndTheRest()
    {
        var root = await ApiHost.JsonAsync(await PostAsync(Explain, Values.Replace("{\"values\"", "{\"top\":1,\"method\":\"path\",\"values\"", StringComparison.Ordinal)));

        var told = Assert.Single(root.GetProperty("contributions").EnumerateArray());
        Assert.Equal(root.GetProperty("scoreUnrounded").GetDouble(), root.GetProperty("basePoints").GetDouble() + told.GetProperty("points").GetDouble() + root.GetProperty("otherPoints").GetDouble(), 1e-9);
    }

    [Fact]
    public async Task Roadmap_GoodValues_HasTheShapeOfTheContract()
    {
        var root = await ApiHost.JsonAsync(await PostAsync("/api/v1/scorecards/tiny/roadmap", """{"values":{"income":10000000,"instalments":4500000,"months_clean":36},"targetGrade":"A"}"""));

        Assert.Contains(root.GetProperty("outcome").GetString(), (string[])["found", "impossible", "timedOut"]);
        Assert.Equal(600, root.GetProperty("target").GetInt32());
        foreach (var step in root.GetProperty("steps").EnumerateArray()) Assert.Equal(["input", "from", "to", "months", "effort", "scoreAfter"], step.EnumerateObject().Select(property => property.Name));
        Assert.True(root.TryGetProperty("scoreAfter", out _) && root.TryGetProperty("verified", out _));
    }

    [Fact]
    public async Task Views_OfTheDescription_HaveTheFieldsThatAreWritten()
    {
        var (predicted, explained) = (await ApiHost.JsonAsync(await PostAsync(Predict, Values)), await ApiHost.JsonAsync(await PostAsync(Explain, Values)));

        AssertDescribed<PredictionView>(predicted, "reasons");
        AssertDescribed<ExplanationView>(explained, "otherPoints");
        AssertDescribed<ContributionView>(explained.GetProperty("contributions")[0]);
    }

    [Fact]
    public async Task Prediction_OfTheCaller_IsFoundAndReplayed_AndNobodyElses()
    {
        var id = (await ApiHost.JsonAsync(await PostAsync(Predict, Values))).GetProperty("id").GetGuid();

        var record = await ApiHost.JsonAsync(await host.Client.GetAsync($"/api/v1/predictions/{id}", Now));
        var replay = await ApiHost.JsonAsync(await host.Client.GetAsync($"/api/v1/predictions/{id}/replay", Now));

        Assert.Equal(("order 7", "predict", 3_000_000.0), (record.GetProperty("reference").GetString(), record.GetProperty("kind").GetString(), record.GetProperty("values").GetProperty("instalments").GetDouble()));
        Assert.True(replay.GetProperty("equal").GetBoolean());
        await ApiHost.AssertProblemAsync(await host.Other.GetAsync($"/api/v1/predictions/{id}", Now), 404, "prediction.notFound");
        await ApiHost.AssertProblemAsync(await host.Other.GetAsync($"/api/v1/predictions/{id}/replay", Now), 404, "prediction.notFound");
    }

    [Theory]
    [InlineData("""{"values":{"incom":1}}""", 400, "field.required")]
    [InlineData("""{"values":""", 400, "body.invalid")]
    [InlineData("""{"values":{"income":1,"instalments":1,"x":1}}""", 400, "field.unknown")]
    public async Task Predict_BadBody_IsAProblem(string body, int status, string code) => await ApiHost.AssertProblemAsync(await PostAsync(Predict, body), status, code);

    [Fact]
    public async Task Predict_WhatIsNotThere_IsAProblem()
    {
        await ApiHost.AssertProblemAsync(await PostAsync("/api/v1/scorecards/nobody/predict", Values), 404, "scorecard.notFound");
        await ApiHost.AssertProblemAsync(await PostAsync("/api/v1/scorecards/trust/predict", Values), 503, "model.none");
        await ApiHost.AssertProblemAsync(await PostAsync($"{Predict}?explain=all", Values), 400, "field.category");
        using var content = new StringContent(Values, Encoding.UTF8, "application/json");
        await ApiHost.AssertProblemAsync(await host.Other.PostAsync(Predict, content, Now), 400, "legalBasis.missing");
    }

    [Fact]
    public async Task Scorecards_ForAClient_ShowTheDictionaryTheModelAndItsFigures()
    {
        var all = await ApiHost.JsonAsync(await host.Client.GetAsync("/api/v1/scorecards", Now));
        using var asked = new HttpRequestMessage(HttpMethod.Get, "/api/v1/scorecards/tiny");
        asked.Headers.AcceptLanguage.ParseAdd("id");
        var one = await ApiHost.JsonAsync(await host.Client.SendAsync(asked, Now));
        var model = await ApiHost.JsonAsync(await host.Client.GetAsync("/api/v1/scorecards/tiny/model", Now));
        var metrics = await ApiHost.JsonAsync(await host.Client.GetAsync("/api/v1/scorecards/tiny/metrics", Now));

        Assert.Contains("tiny", all.EnumerateArray().Select(each => each.GetProperty("id").GetString()));
        Assert.Equal(["income", "instalments", "months_clean"], one.GetProperty("inputs").EnumerateArray().Select(input => input.GetProperty("name").GetString()));
        Assert.Equal(("Penghasilan", "-1", "Baik"), (one.GetProperty("inputs")[0].GetProperty("label").GetString(), one.GetProperty("inputs")[2].GetProperty("specials")[0].GetProperty("code").GetString(), one.GetProperty("grades")[0].GetProperty("label").GetString()));
        Assert.Equal(("tiny@1", 4_000L), (model.GetProperty("modelVersion").GetString(), model.GetProperty("lineage").GetProperty("rows").GetInt64()));
        Assert.Equal((0.75, "dsr"), (metrics.GetProperty("metrics").GetProperty("test").GetProperty("auc").GetDouble(), metrics.GetProperty("features")[0].GetProperty("name").GetString()));
        await ApiHost.AssertProblemAsync(await host.Client.GetAsync("/api/v1/scorecards/nobody", Now), 404, "scorecard.notFound");
    }

    private static void AssertDescribed<TView>(JsonElement written, params string[] optional)
    {
        var described = typeof(TView).GetProperties().Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name)).Except(optional);
        Assert.Equal(described.Order(), written.EnumerateObject().Select(property => property.Name).Except(optional).Order());
    }

    private async Task<HttpResponseMessage> PostAsync(string address, string body, string? language = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (language is not null) request.Headers.AcceptLanguage.ParseAdd(language);
        return await host.Client.SendAsync(request, Now);
    }
}

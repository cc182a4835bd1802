using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CreditWorkbench.Core.Exchange;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.ModelBuilding;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Scoring;
using CreditWorkbench.Tests.Exchange;
using CreditWorkbench.Tests.Registry;
using CreditWorkbench.Tests.Scenarios;
using CreditWorkbench.Web.Identity;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CreditWorkbench.Tests.Endpoints;

/// <summary>A model of every foreign layout on the whole way: file, background, calibration, scale, evidence, approval by another, production, and
/// answers over REST that are the origin's and add up.</summary>
public sealed class ImportedJourneyTests(ApiHost host) : IClassFixture<ApiHost>, IDisposable
{
    private const int Rows = 1_500, Asked = 12, Features = 4;
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    public static TheoryData<string> Layouts => ["lightgbm", "xgboost-json", "xgboost-ubjson", "onnx-mlnet", "onnx-sklearn", "onnx-xgboost", "onnx-lightgbm"];

    public void Dispose() => _folder.Dispose();

    [Theory, MemberData(nameof(Layouts))]
    public async Task Model_FromItsFileToRest_AnswersAsItsOriginAndAddsUp(string layout)
    {
        var (file, origin) = ModelOf(layout);
        var model = ModelExchange.Read(null, file).Value;
        var rows = Applicants(model.Features.Count);
        var package = await PackAsync(layout, model, ContentHash.Of(file), rows, origin);

        await ApproveAsync(layout, package);
        var answers = await AskAsync(layout, package.Scorecard, rows[..Asked]);

        var scale = Assert.IsType<OddsScale>(ScoreScale.Of(package.Scorecard));
        foreach (var ((predicted, explained), row) in answers.Zip(rows))
        {
            Assert.Equal(origin(row), Number(predicted, "rawPd"), 1e-5);
            var calibrated = package.Platt.LogOdds(Math.Log(Number(predicted, "rawPd") / (1 - Number(predicted, "rawPd"))));
            Assert.Equal(1 / (1 + Math.Exp(-calibrated)), Number(predicted, "pd"), 1e-6);
            Assert.Equal(scale.Points(calibrated), Number(predicted, "scoreUnrounded"), 1e-3);
            Assert.Equal(Number(predicted, "scoreUnrounded"), Number(explained, "scoreUnrounded"), 1e-12);
            Assert.Equal(Number(explained, "scoreUnrounded"), Number(explained, "basePoints") + explained.GetProperty("contributions").EnumerateArray().Sum(each => Number(each, "points")), 1e-9);
            Assert.Equal($"{layout}@1", predicted.GetProperty("modelVersion").GetString());
        }

        Assert.True(answers.Select(answer => answer.Predicted.GetProperty("decision").GetString()).Distinct().Count() > 1);
    }

    private async Task<ModelPackage> PackAsync(string name, ImportedModel model, ContentHash hash, List<float[]> rows, Func<float[], double> origin)
    {
        var names = model.Features.Select(feature => feature.Name).ToList();
        var random = new Random(5);
        var request = new ImportRequest(name, model, hash)
        {
            Background = _folder.Write("background.csv", Csv(names, rows, null)),
            Labelled = _folder.Write("labelled.csv", Csv(names, rows, row => random.NextDouble() < origin(row))),
            Target = "bad",
            Bad = ["1"],
        };
        var packed = await ImportLine.PackAsync(request, Now);
        Assert.True(packed.Succeeded, string.Join(' ', packed.Problems));
        Assert.NotEqual(1.0, packed.Value.Package.Platt.Slope); // calibrated on the labelled rows, whose outcomes were drawn from the origin's own PDs
        Assert.Equal(1.0, packed.Value.Package.Platt.Slope, 0.35);
        return packed.Value.Package;
    }

    private async Task ApproveAsync(string name, ModelPackage package)
    {
        var services = host.App.Services;
        var (registry, gates, approvals) = (services.GetRequiredService<RegistryDesk>(), services.GetRequiredService<GateDesk>(), services.GetRequiredService<ApprovalDesk>());
        var model = (await registry.RegisterAsync(name, package, People.Analyst, Now)).Value;

        var early = await registry.ChangeStageAsync(model.Reference, ModelStage.Staging, "Try it.", People.Analyst, Now);
        Assert.Equal(["gate.parity"], early.Problems.Select(problem => problem.Code)); // its training rows are elsewhere
        await RegistryRoom.SignAsync(gates, model, People.Risk, Now);
        var staged = await registry.ChangeStageAsync(model.Reference, ModelStage.Staging, "Try it.", People.Analyst, Now);
        var asked = await approvals.RequestAsync(model.Reference, "As good as at its origin.", People.Analyst, Now);
        var own = await approvals.ApproveAsync(model.Reference, "Mine.", People.Analyst, Now);
        var approved = await approvals.ApproveAsync(model.Reference, "Compared with its origin.", People.Risk, Now);

        Assert.All([.. staged.Problems, .. asked.Problems, .. approved.Problems], problem => Assert.Fail(problem.ToString()));
        Assert.Equal("model.stage.self", own.Problems.Single().Code);
        var states = GateDesk.Latest((await gates.HistoryAsync(model, People.Analyst, Now)).Value).ToDictionary(gate => gate.Gate, gate => gate.State);
        Assert.Equal(GateDesk.All, states.Keys);
        Assert.All([EvidenceGate.Additivity, EvidenceGate.ReasonTexts, EvidenceGate.Reasons, EvidenceGate.Fairness], gate => Assert.Equal(GateState.Passed, states[gate]));
        Assert.All([EvidenceGate.Parity, EvidenceGate.Calibration], gate => Assert.Equal(GateState.Waived, states[gate]));
    }

    private async Task<List<(JsonElement Predicted, JsonElement Explained)>> AskAsync(string name, ScorecardDefinition definition, IReadOnlyList<float[]> rows)
    {
        // The catalogue may be a second old, here as on any node.
        while (await host.App.Services.GetRequiredService<IScorecardCatalog>().FindAsync(name, Now) is null) await Task.Delay(50, Now);
        var order = new ApiKeyOrder($"shop {name}", ["score:stateless"]) { RequestsPerMinute = 1_000_000, LegalBasis = "contract" };
        var key = (await host.App.Services.GetRequiredService<ApiKeyDesk>().AddAsync(order, Actor.System, Now)).Value;
        using var client = host.Anonymous();
        client.DefaultRequestHeaders.Add("X-Api-Key", key.Text);
        var answers = new List<(JsonElement, JsonElement)>();
        foreach (var row in rows)
        {
            var values = new JsonObject(definition.Inputs.Take(row.Length).Zip(row, (input, cell) => KeyValuePair.Create(input.Name, float.IsNaN(cell) ? null : (JsonNode?)JsonValue.Create((double)cell))));
            var body = new JsonObject { ["values"] = values };
            answers.Add((await PostAsync("predict"), await PostAsync("explain")));

            async Task<JsonElement> PostAsync(string call) => await ApiHost.JsonAsync(await client.PostAsJsonAsync($"/api/v1/scorecards/{name}/{call}", body, Now));
        }

        return answers;
    }

    // The bytes, and the probability that the origin gives a row.
    private static (byte[] File, Func<float[], double> Probability) ModelOf(string layout)
    {
        var boosted = OnnxTestTrees.Random(3, 20, 4, Features, ["BRANCH_LEQ"]);
        switch (layout)
        {
            case "lightgbm":
                var text = LightGbmFile.Random(8, trees: 20, leaves: 8, features: Features);
                var oracle = new LightGbmOracle(text);
                return (Encoding.UTF8.GetBytes(text), row => Logistic(oracle.LogOdds(row)));
            case "xgboost-json" or "xgboost-ubjson":
                var (document, margin) = Xgboost();
                return (layout == "xgboost-json" ? Encoding.UTF8.GetBytes(document.ToJsonString()) : UbjsonFile.Of(document), row => Logistic(margin(row)));
            case "onnx-mlnet": return (OnnxFile.MlNet(boosted, Features, 1.25, -0.5), row => Logistic(1.25f * boosted.Sum(row) - 0.5f));
            case "onnx-sklearn":
                var leaves = OnnxTestTrees.Random(4, 6, 5, Features, ["BRANCH_LEQ"], weight: random => 0.16 * Math.Pow(random.NextDouble(), 3));
                return (OnnxFile.Classifier(leaves, Features, "NONE", [0]), row => leaves.Sum(row));
            case "onnx-xgboost":
                var less = OnnxTestTrees.Random(10, 20, 4, Features, ["BRANCH_LT"]);
                return (OnnxFile.Classifier(less, Features, "LOGISTIC", [0], [-0.7]), row => Logistic(less.Sum(row) - 0.7f));
            default:
                return (OnnxFile.Classifier(boosted, Features, "LOGISTIC", [1], withMap: true), row => Logistic(boosted.Sum(row)));
        }
    }

    private static (JsonNode Document, Func<float[], double> Margin) Xgboost()
    {
        var file = XgboostFile.Stump();
        var cuts = Enumerable.Range(0, 16).Select(i => -2.1f + i * 0.37f).ToArray();
        XgboostFile.Model(file)["trees"] = new JsonArray(
            [.. cuts.Select((cut, i) => JsonNode.Parse(XgboostFile.Tree(cut, i % 3 == 0 ? 0.1 : -0.2, 0.15).Replace("\"split_indices\": [0", $"\"split_indices\": [{i % 2}", StringComparison.Ordinal)))]);
        XgboostFile.Model(file)["tree_info"] = new JsonArray([.. cuts.Select(_ => JsonValue.Create(0))]);
        XgboostFile.Model(file)["gbtree_model_param"]!["num_trees"] = "16";
        return (file, row => cuts.Select((cut, i) => row[i % 2] >= cut ? 0.15f : i % 3 == 0 ? 0.1f : -0.2f).Sum(value => (double)value));
    }

    private static List<float[]> Applicants(int features)
    {
        var random = new Random(4);
        return [.. Enumerable.Range(0, Rows).Select(_ => Enumerable.Range(0, features).Select(_ => random.Next(8) switch { 0 => float.NaN, 1 => 0f, 2 => random.Next(40), _ => MathF.Round((float)(random.NextDouble() * 6 - 3), 2) }).ToArray())];
    }

    private static string Csv(List<string> names, List<float[]> rows, Func<float[], bool>? bad)
    {
        var text = new StringBuilder(string.Join(',', names)).Append(bad is null ? "\n" : ",bad\n");
        foreach (var row in rows)
        {
            text.Append(string.Join(',', row.Select(cell => float.IsNaN(cell) ? "" : cell.ToString("R", CultureInfo.InvariantCulture))));
            if (bad is not null) text.Append(',').Append(bad(row) ? '1' : '0');
            text.Append('\n');
        }

        return text.ToString();
    }

    private static double Number(JsonElement element, string name) => element.GetProperty(name).GetDouble();

    private static double Logistic(double x) => 1 / (1 + Math.Exp(-x));
}

using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CreditWorkbench.Core.Exchange;
using CreditWorkbench.Tests.Commands;
using CreditWorkbench.Tests.Exchange;
using Xunit;

namespace CreditWorkbench.Tests.Scenarios;

/// <summary>A model of every foreign format, from its file to scored and explained rows, by the verbs that a user types.</summary>
public sealed class ImportedFormatsScenarioTests : IDisposable
{
    private const int Rows = 600;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Formats => ["lightgbm", "xgboost", "onnx"];

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task ImportedModel_FromFileToScores_AddsUpAndDecides(string format)
    {
        var (bytes, margin) = ModelOf(format);
        var file = _folder.File("model.bin");
        await File.WriteAllBytesAsync(file, bytes, TestContext.Current.CancellationToken);
        var names = ModelExchange.Read(null, bytes).Value.Features.Select(feature => feature.Name).ToList();
        var rows = Applicants(names.Count);
        var (background, labelled) = (_folder.Write("background.csv", Csv(names, rows, null)), _folder.Write("labelled.csv", Csv(names, rows, row => margin(row) > Median(rows, margin))));

        var imported = await RunAsync("import-model", "--format", format, "--file", file, "--background", background, "--input", labelled, "--target", "bad", "--bad", "1", "--register", "foreign");
        var staged = await RunAsync("promote", "foreign@1", "--stage", "staging", "--note", "try it");
        var scored = await RunAsync("score", "--model", "foreign", "--input", _folder.Write("new.csv", Csv(names, rows, null)), "--out", _folder.File("scored.csv"), "--explain", "full");

        Assert.Equal((0, ""), (imported.Code, imported.Code == 0 ? "" : imported.Error));
        Assert.Equal((0, ""), (staged.Code, staged.Code == 0 ? "" : staged.Error));
        Assert.Equal((0, ""), (scored.Code, scored.Code == 0 ? "" : scored.Error));
        var sheet = Sheet.Read(_folder.File("scored.csv"));
        Assert.Equal(Rows, sheet.Rows.Count);
        for (var row = 0; row < Rows; row++)
        {
            Assert.Equal(margin(rows[row]), sheet.Number(row, "margin"), 1e-5 * Math.Max(1, Math.Abs(margin(rows[row]))));
            Assert.Equal(sheet.Number(row, "margin"), sheet.Number(row, "base") + names.Sum(name => sheet.Number(row, $"phi_{name}")), 1e-8);
        }

        Assert.All(sheet.Column("error"), error => Assert.Equal("", error));
        Assert.True(sheet.Column("decision").Distinct().Count() > 1);
        Assert.Contains(sheet.Column("reason1_code"), code => code.Length > 0);
    }

    // The bytes, and what the origin says of a row.
    private static (byte[] File, Func<float[], double> Margin) ModelOf(string format)
    {
        if (format == "xgboost")
        {
            var file = XgboostFile.Stump();
            var cuts = Enumerable.Range(0, 16).Select(i => -2.1f + i * 0.37f).ToArray();
            XgboostFile.Model(file)["trees"] = new JsonArray([.. cuts.Select((cut, i) => JsonNode.Parse(XgboostFile.Tree(cut, i % 3 == 0 ? 0.1 : -0.2, 0.15).Replace("\"split_indices\": [0", $"\"split_indices\": [{i % 2}", StringComparison.Ordinal)))]);
            XgboostFile.Model(file)["tree_info"] = new JsonArray([.. cuts.Select(_ => JsonValue.Create(0))]);
            XgboostFile.Model(file)["gbtree_model_param"]!["num_trees"] = "16";
            return (UbjsonFile.Of(file), row => cuts.Select((cut, i) => row[i % 2] >= cut ? 0.15f : i % 3 == 0 ? 0.1f : -0.2f).Sum(value => (double)value));
        }

        if (format == "onnx")
        {
            var trees = OnnxTestTrees.Random(8, 20, 4, 4);
            return (OnnxFile.MlNet(trees, 4, 1.25, -0.5), row => 1.25f * trees.Sum(row) - 0.5f);
        }

        var text = LightGbmFile.Random(8, trees: 20, leaves: 8, features: 4);
        return (Encoding.UTF8.GetBytes(text), new LightGbmOracle(text).LogOdds);
    }

    private static List<float[]> Applicants(int features)
    {
        var random = new Random(4);
        return [.. Enumerable.Range(0, Rows).Select(_ => Enumerable.Range(0, features).Select(_ => random.Next(8) switch { 0 => float.NaN, 1 => 0f, 2 => random.Next(40), _ => MathF.Round((float)(random.NextDouble() * 6 - 3), 2) }).ToArray())];
    }

    private static double Median(List<float[]> rows, Func<float[], double> margin) => rows.Select(margin).Order().ElementAt(rows.Count / 2);

    // Outcomes follow the model, but for every fourth row: a calibration that has something to learn.
    private static string Csv(List<string> names, List<float[]> rows, Func<float[], bool>? bad)
    {
        var text = new StringBuilder(string.Join(',', names)).Append(bad is null ? "\n" : ",bad\n");
        for (var row = 0; row < rows.Count; row++)
        {
            text.Append(string.Join(',', rows[row].Select(cell => float.IsNaN(cell) ? "" : cell.ToString("R", CultureInfo.InvariantCulture))));
            if (bad is not null) text.Append(',').Append(bad(rows[row]) != (row % 4 == 0) ? '1' : '0');
            text.Append('\n');
        }

        return text.ToString();
    }

    private Task<CommandRun> RunAsync(params string[] args) => CommandRoom.RunOnAsync(_folder.File("data"), args);
}

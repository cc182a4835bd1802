using CreditWorkbench.Core.Exchange;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Predictors;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Tests.Exchange;
using CreditWorkbench.Tests.Scenarios;
using Xunit;

namespace CreditWorkbench.Tests.Commands;

/// <summary>A model that this program trained, taken out: onnxruntime gives its margins on its own rows, and the JSON gives it back.</summary>
[Collection(CommandCollection.Name)]
public sealed class ExportModelCommandTests(CommandRoom room)
{
    [Fact]
    public async Task Export_TrainedModelAsOnnx_GivesItsMarginsInTheRuntime()
    {
        using var folder = new TemporaryFolder();
        var package = PackageEncoding.Read(await File.ReadAllBytesAsync(room.PackageFile, TestContext.Current.CancellationToken)).Value;
        var rows = package.ExplanationBackground;

        var exported = await room.RunAsync("export-model", "--model", room.PackageFile, "--format", "onnx", "--out", folder.File("model.onnx"));

        Assert.Equal((0, ""), (exported.Code, exported.Code == 0 ? "" : exported.Error));
        var numbers = rows.Columns.Select(CodeNumbers.Of).ToArray();
        var (cells, vector) = (new List<float>(), new float[rows.Columns.Count]);
        var margins = new double[rows.Rows];
        package.Predictor.Margins(rows, margins);
        for (var row = 0; row < rows.Rows; row++)
        {
            rows.CopyRow(row, vector);
            cells.AddRange(vector.Select((cell, i) => CodeNumbers.Plain(cell, numbers[i])));
        }

        var given = OnnxRuntimePeer.Run([new OnnxRun(await File.ReadAllBytesAsync(folder.File("model.onnx"), TestContext.Current.CancellationToken), [new OnnxFeed(ModelExport.Features, [.. cells], vector.Length)], [ModelExport.Margin])])[0][0];
        for (var row = 0; row < rows.Rows; row++) Assert.Equal(margins[row], given[row], 1e-5 * Math.Max(1, Math.Abs(margins[row])));
    }

    [Fact]
    public async Task Export_RegisteredModelAsJson_HoldsItsPredictor()
    {
        using var folder = new TemporaryFolder();

        var exported = await room.RunAsync("export-model", "--model", "trust", "--format", "json", "--out", folder.File("model.json"));

        Assert.Equal((0, ""), (exported.Code, exported.Code == 0 ? "" : exported.Error));
        var package = PackageEncoding.Read(await File.ReadAllBytesAsync(room.PackageFile, TestContext.Current.CancellationToken)).Value;
        var back = ModelJson.Read(await File.ReadAllBytesAsync(folder.File("model.json"), TestContext.Current.CancellationToken)).Value;
        Assert.Equal(PredictorEncoding.ToBytes(package.Predictor), PredictorEncoding.ToBytes(back.Predictor));
        var imported = await room.RunAsync("import-model", "--file", folder.File("model.json"), "--register", "trust-again");
        Assert.Equal((1, true), (imported.Code, imported.Error.Contains("[import.", StringComparison.Ordinal)));
    }

    /// <summary>Out as JSON and in again: the same margins on every row.</summary>
    [Fact]
    public async Task Export_ImportedModelAsJson_ComesBackWithItsMargins()
    {
        using var folder = new TemporaryFolder();
        var (data, rows) = (folder.File("data"), folder.Write("new.csv", "x0,x1,x2,x3\n1,2,0.5,3\n0,,-1,40\n-2.5,1,,\n"));
        await CommandRoom.RunOnAsync(data, "import-model", "--file", folder.Write("model.txt", LightGbmFile.Random(8, 20, 8, 4)), "--register", "one");
        var exported = await CommandRoom.RunOnAsync(data, "export-model", "--model", "one", "--format", "json", "--out", folder.File("model.json"));

        var imported = await CommandRoom.RunOnAsync(data, "import-model", "--file", folder.File("model.json"), "--register", "two");

        Assert.Equal((0, 0, ""), (exported.Code, imported.Code, imported.Code == 0 ? "" : imported.Error));
        foreach (var name in new[] { "one", "two" }) await CommandRoom.RunOnAsync(data, "score", "--model", name, "--input", rows, "--out", folder.File($"{name}.csv"), "--explain", "full", "--method", "path");
        var (one, two) = (Sheet.Read(folder.File("one.csv")), Sheet.Read(folder.File("two.csv")));
        Assert.Equal(3, one.Rows.Count);
        for (var row = 0; row < 3; row++) Assert.Equal(one.Number(row, "margin"), two.Number(row, "margin"));
    }

    [Theory]
    [InlineData("export-model", "--model", "trust", "--format", "pmml", "--out", "x")]
    [InlineData("export-model", "--format", "onnx", "--out", "x")]
    public async Task Export_WrongUsage_ExitsWithTwo(params string[] args) => Assert.Equal(2, (await room.RunAsync(args)).Code);

    [Fact]
    public async Task Export_UnknownModel_LeavesNoFile()
    {
        using var folder = new TemporaryFolder();

        var exported = await room.RunAsync("export-model", "--model", "nobody@7", "--format", "onnx", "--out", folder.File("model.onnx"));

        Assert.Equal((1, false), (exported.Code, File.Exists(folder.File("model.onnx"))));
    }
}

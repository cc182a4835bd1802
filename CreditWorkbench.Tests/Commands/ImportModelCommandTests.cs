using System.Globalization;
using CreditWorkbench.Tests.Exchange;
using CreditWorkbench.Tests.Scenarios;
using Xunit;

namespace CreditWorkbench.Tests.Commands;

public sealed class ImportModelCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Model => _folder.Write("model.json", XgboostFile.Stump(cut: 40.0, left: 0.375, right: -0.25).ToJsonString());

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Import_WithBackground_ScoresWithReasonsAndContributions()
    {
        var imported = await RunAsync("import-model", "--format", "xgboost", "--file", Model, "--background", Applicants(400), "--register", "foreign");

        var scored = await ScoreAsync("--explain", "full");

        Assert.Equal((0, true), (imported.Code, imported.Out.Contains("Registered as foreign@1", StringComparison.Ordinal)));
        Assert.Equal(0, scored.Run.Code);
        Assert.Equal((0.375, -0.25), (scored.Sheet!.Number(0, "margin"), scored.Sheet.Number(1, "margin")));
        Assert.Equal("C01", scored.Sheet.Column("reason1_code")[0]);
        Assert.Equal(scored.Sheet.Number(0, "margin"), scored.Sheet.Number(0, "base") + scored.Sheet.Number(0, "phi_income") + scored.Sheet.Number(0, "phi_age"), 1e-9);
    }

    /// <summary>A code that a bureau uses is a number to an imported model, and only an empty cell is missing.</summary>
    [Fact]
    public async Task Score_Codes_AreThePlainNumbersThatTheModelWasTrainedOn()
    {
        await RunAsync("import-model", "--format", "xgboost", "--file", Model, "--register", "foreign");

        var (_, sheet) = await ScoreAsync("--explain", "full", "--method", "path");

        Assert.Equal([0.375, -0.25, 0.375, -0.25], Enumerable.Range(0, 4).Select(row => sheet!.Number(row, "margin")));
    }

    [Theory]
    [InlineData("full")]
    [InlineData("top4")]
    public async Task Score_ExplainWithoutBackground_AnswersBackgroundMissing(string explain)
    {
        await RunAsync("import-model", "--format", "xgboost", "--file", Model, "--register", "foreign");

        var (run, sheet) = await ScoreAsync("--explain", explain);

        Assert.Equal((1, true, null), (run.Code, run.Error.Contains("background.missing", StringComparison.Ordinal), sheet));
    }

    [Fact]
    public async Task Score_PathMethodWithoutBackground_AddsUp()
    {
        var imported = await RunAsync("import-model", "--format", "xgboost", "--file", Model, "--register", "foreign");

        var (run, sheet) = await ScoreAsync("--explain", "full", "--method", "path");

        Assert.Contains("--background", imported.Error, StringComparison.Ordinal);
        Assert.Equal(0, run.Code);
        Assert.Equal(0.6 * 0.375 + 0.4 * -0.25, sheet!.Number(0, "base"), 1e-9);
        Assert.Equal(sheet.Number(0, "margin"), sheet.Number(0, "base") + sheet.Number(0, "phi_income") + sheet.Number(0, "phi_age"), 1e-9);
        Assert.All(sheet.Column("decision"), decision => Assert.NotEqual("decline", decision));
    }

    [Fact]
    public async Task Promote_ModelWithoutReasons_IsRefused()
    {
        await RunAsync("import-model", "--format", "xgboost", "--file", Model, "--register", "foreign");
        await RunAsync("promote", "foreign@1", "--stage", "staging", "--note", "try it");

        await RunAsync("users", "add", "approver@example.id", "--name", "Andi Wijaya", "--role", "RiskAnalyst");
        var promoted = await RunAsync("promote", "foreign@1", "--stage", "production", "--note", "now", "--as", "approver@example.id");

        Assert.Equal((1, true), (promoted.Code, promoted.Error.Contains("gate.reasons", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Import_LabelledFile_CalibratesTheMargins()
    {
        var text = new System.Text.StringBuilder("income,age,bad\n");
        for (var row = 0; row < 200; row++) text.Append(CultureInfo.InvariantCulture, $"{(row % 2 == 0 ? 10 : 90)},30,{(row % 2 == 0 ? (row % 5 < 2 ? 1 : 0) : (row % 10 < 1 || row % 20 == 7 ? 1 : 0))}\n");
        var json = _folder.File("imported.json");

        var imported = await RunAsync("import-model", "--format", "xgboost", "--file", Model, "--input", _folder.Write("labelled.csv", text.ToString()), "--target", "bad", "--bad", "1", "--register", "foreign", "--json", json);

        Assert.Equal((0, ""), (imported.Code, imported.Code == 0 ? "" : imported.Error));
        using var report = System.Text.Json.JsonDocument.Parse(File.ReadAllText(json));
        Assert.Equal(200, report.RootElement.GetProperty("imported").GetProperty("calibrationRows").GetInt32());
        Assert.NotEqual(1.0, report.RootElement.GetProperty("imported").GetProperty("slope").GetDouble());
    }

    [Theory]
    [InlineData("{\"learner\":", "xgboost.malformed")]
    [InlineData("[]", "xgboost.malformed")]
    public async Task Import_NoModel_IsRefusedAndNothingRegistered(string text, string code)
    {
        var run = await RunAsync("import-model", "--format", "xgboost", "--file", _folder.Write("bad.json", text), "--register", "foreign");

        Assert.Equal((1, true), (run.Code, run.Error.Contains(code, StringComparison.Ordinal)));
        Assert.DoesNotContain("foreign", (await RunAsync("models")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_BackgroundWithoutAFeature_NamesIt()
    {
        var run = await RunAsync("import-model", "--format", "xgboost", "--file", Model, "--background", _folder.Write("b.csv", "income,years\n1,30\n2,31\n"), "--register", "foreign");

        Assert.Equal((1, true), (run.Code, run.Error.Contains("age", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Import_BackgroundWithAWrongCell_NamesRowAndField()
    {
        var run = await RunAsync("import-model", "--format", "xgboost", "--file", Model, "--background", _folder.Write("b.csv", "income,age\n1,30\nmuch,31\n"), "--register", "foreign");

        Assert.Equal((1, true), (run.Code, run.Error.Contains("Row 2, income", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("import-model", "--format", "pmml", "--file", "x", "--register", "m")]
    [InlineData("import-model", "--format", "xgboost", "--register", "m")]
    public async Task Import_WrongUsage_ExitsWithTwo(params string[] args) => Assert.Equal(2, (await RunAsync(args)).Code);

    [Fact]
    public async Task Import_FileThatIsNotThere_SaysWhich()
    {
        var run = await RunAsync("import-model", "--format", "xgboost", "--file", _folder.File("none.json"), "--register", "m");

        Assert.Equal((1, true), (run.Code, run.Error.Contains("none.json does not exist", StringComparison.Ordinal)));
    }

    private string Applicants(int rows)
    {
        var text = new System.Text.StringBuilder("income,age\n");
        for (var row = 0; row < rows; row++) text.Append(CultureInfo.InvariantCulture, $"{row % 100},{20 + row % 50}\n");
        return _folder.Write("applicants.csv", text.ToString());
    }

    private async Task<(CommandRun Run, Sheet? Sheet)> ScoreAsync(params string[] options)
    {
        var output = _folder.File("scored.csv");
        var run = await RunAsync(["score", "--model", "foreign", "--input", _folder.Write("new.csv", "income,age\n10,30\n90,30\n-9,30\n99,\n"), "--out", output, .. options]);
        return (run, File.Exists(output) ? Sheet.Read(output) : null);
    }

    private Task<CommandRun> RunAsync(params string[] args) => CommandRoom.RunOnAsync(_folder.File("data"), args);
}

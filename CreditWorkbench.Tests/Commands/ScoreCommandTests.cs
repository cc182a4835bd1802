using System.Globalization;
using System.Text.Json;
using CreditWorkbench.Core.Registry;
using Xunit;

namespace CreditWorkbench.Tests.Commands;

[Collection(CommandCollection.Name)]
public sealed class ScoreCommandTests(CommandRoom room)
{
    private static readonly string[] Plain = ["row", "score", "scoreUnrounded", "grade", "riskLevel", "pd", "decision", "confidence", "modelVersion", "error"];

    private static readonly string[] Reasons = ["reason1_code", "reason1_points", "reason2_code", "reason2_points", "reason3_code", "reason3_points", "reason4_code", "reason4_points"];

    private static readonly string[] Features =
    [
        "utility_payment_months", "utility_payment_consistency", "monthly_transaction_count", "transaction_regularity_score", "spending_volatility", "avg_month_end_balance", "savings_growth_rate",
        "withdrawal_discipline_score", "income_regularity_score", "income_stability_months", "account_tenure_months", "address_stability_years", "discretionary_income_ratio", "payment_consistency_score",
        "transaction_stability_score", "savings_discipline_index", "volatility_index", "income_regularity_flag", "tenure_score", "financial_health_score",
    ];

    [Fact]
    public async Task Score_NoExplanation_WritesTheColumnsOfTheContract()
    {
        var rows = await ScoreAsync("plain.scored.csv");

        Assert.Equal(Plain, rows.Header);
        Assert.Equal(1_200, rows.Rows.Count);
        Assert.Equal(Enumerable.Range(1, 1_200).Select(Text), rows.Column("row"));
        Assert.All(rows.Column("modelVersion"), version => Assert.Equal("trust@1", version));
    }

    [Fact]
    public async Task Score_Top4WithId_PutsTheIdFirstAndReasonsLast() =>
        Assert.Equal(["application_id", .. Plain, .. Reasons], (await ScoreAsync("top4.scored.csv", "--id", "application_id", "--explain", "top4")).Header);

    [Fact]
    public async Task Score_Full_AddsUpInMarginAndInPointsOnEveryRow()
    {
        var rows = await ScoreAsync("full.scored.csv", "--id", "application_id", "--explain", "full");

        Assert.Equal(
            ["application_id", .. Plain, .. Reasons, "unit", "margin", "base", .. Features.Select(name => $"phi_{name}"), "base_points", .. Features.Select(name => $"points_{name}"), "rounding", "clip"],
            rows.Header);
        foreach (var row in Enumerable.Range(0, rows.Rows.Count))
        {
            var margin = rows.Number(row, "margin");
            Assert.Equal(margin, rows.Number(row, "base") + Features.Sum(name => rows.Number(row, $"phi_{name}")), 1e-9 * Math.Abs(margin));
            var unrounded = rows.Number(row, "base_points") + Features.Sum(name => rows.Number(row, $"points_{name}"));
            Assert.Equal(rows.Number(row, "scoreUnrounded"), unrounded, 1e-6);
            Assert.Equal(rows.Number(row, "score"), unrounded + rows.Number(row, "rounding") + rows.Number(row, "clip"), 1e-6);
        }
    }

    [Fact]
    public async Task Score_PathMethod_AddsUpToo()
    {
        var rows = await ScoreAsync("path.scored.csv", "--explain", "full", "--method", "path");

        Assert.All(Enumerable.Range(0, 50), row =>
            Assert.Equal(rows.Number(row, "margin"), rows.Number(row, "base") + Features.Sum(name => rows.Number(row, $"phi_{name}")), 1e-9 * Math.Abs(rows.Number(row, "margin"))));
    }

    [Fact]
    public async Task Score_Roadmap_WritesOutcomeAndStepsThatRise()
    {
        var few = room.File("few.csv");
        await File.WriteAllLinesAsync(few, (await File.ReadAllLinesAsync(room.TrustRows, Cancellation)).Take(13), Cancellation);

        var run = await room.RunAsync("score", "--model", "trust", "--input", few, "--out", room.File("road.csv"), "--roadmap");

        Assert.Equal(0, run.Code);
        var rows = Sheet.Read(room.File("road.csv"));
        Assert.Equal([.. Plain, "roadmap_outcome", "roadmap_json"], rows.Header);
        Assert.All(rows.Column("roadmap_outcome"), outcome => Assert.Contains(outcome, new[] { "found", "impossible", "timedout" }));
        foreach (var json in rows.Column("roadmap_json").Select(text => JsonDocument.Parse(text).RootElement))
        {
            Assert.All(json.GetProperty("steps").EnumerateArray(), step =>
                Assert.All(new[] { "input", "from", "to", "months", "effort", "scoreAfter" }, member => Assert.True(step.TryGetProperty(member, out _))));
            if (json.GetProperty("outcome").GetString() == "found") Assert.True(json.GetProperty("verified").GetBoolean());
        }
    }

    [Fact]
    public async Task Score_OtherNumberOfThreads_WritesTheSameBytes()
    {
        await ScoreAsync("one.scored.csv", "--explain", "full", "--threads", "1");
        await ScoreAsync("four.scored.csv", "--explain", "full", "--threads", "4");

        Assert.Equal(await File.ReadAllBytesAsync(room.File("one.scored.csv"), Cancellation), await File.ReadAllBytesAsync(room.File("four.scored.csv"), Cancellation));
    }

    [Fact]
    public async Task Score_PackageFile_ScoresAsTheRegisteredModel()
    {
        var registered = await ScoreAsync("registered.scored.csv");
        var run = await room.RunAsync("score", "--model", room.PackageFile, "--input", room.TrustRows, "--out", room.File("file.scored.csv"));

        Assert.Equal(0, run.Code);
        Assert.Equal(registered.Column("scoreUnrounded"), Sheet.Read(room.File("file.scored.csv")).Column("scoreUnrounded"));
    }

    [Fact]
    public async Task Score_BadRows_FillTheErrorColumnAndExitZero()
    {
        var file = await BadRowsAsync();

        var run = await room.RunAsync("score", "--model", "trust", "--input", file, "--out", room.File("bad.scored.csv"));

        Assert.Equal(0, run.Code);
        Assert.Contains("3 rows rejected", run.Error, StringComparison.Ordinal);
        var rows = Sheet.Read(room.File("bad.scored.csv"));
        Assert.StartsWith("utility_payment_months: \"abc\" is not a number.", rows.Column("error")[0], StringComparison.Ordinal);
        Assert.Contains("Allowed: 0 to 60.", rows.Column("error")[1], StringComparison.Ordinal);
        Assert.StartsWith("gender: \"X\" is no value", rows.Column("error")[2], StringComparison.Ordinal);
        Assert.Equal(("", ""), (rows.Column("score")[0], rows.Column("error")[3]));
    }

    [Fact]
    public async Task Score_MoreBadRowsThanAllowed_ExitsOneAndKeepsWhatWasThere()
    {
        var (file, target) = (await BadRowsAsync(), room.File("kept.csv"));
        await File.WriteAllTextAsync(target, "yesterday", Cancellation);

        var run = await room.RunAsync("score", "--model", "trust", "--input", file, "--out", target, "--max-errors", "2");

        Refused(run, "3 of the first 9 rows cannot be scored", "Row 1, utility_payment_months");
        Assert.Equal("yesterday", await File.ReadAllTextAsync(target, Cancellation));
        Assert.False(File.Exists(target + ".part"));
    }

    [Theory]
    [InlineData("", "The file is empty.")]
    [InlineData("header", "no data row")]
    [InlineData("few", "income_regularity_score: The file has no column income_regularity_score.")]
    [InlineData("twice", "The header names `age_years` twice")]
    public async Task Score_FileThatCannotBeScored_WritesNothing(string kind, string message)
    {
        var (file, target) = (room.File("refused.csv"), room.File("refused.scored.csv"));
        var lines = await File.ReadAllLinesAsync(room.TrustRows, Cancellation);
        await File.WriteAllTextAsync(file, kind switch
        {
            "header" => lines[0] + "\n",
            "few" => string.Join('\n', lines.Select(line => string.Join(',', line.Split(',').Take(5)))),
            "twice" => string.Join('\n', lines.Take(5)).Replace("gender", "age_years", StringComparison.Ordinal),
            _ => "",
        }, Cancellation);

        var run = await room.RunAsync("score", "--model", "trust", "--input", file, "--out", target);

        Refused(run, message);
        Assert.False(File.Exists(target) || File.Exists(target + ".part"));
    }

    [Theory]
    [InlineData("nobody", "There is no model nobody.")]
    [InlineData("trust@99", "There is no model trust@99.")]
    [InlineData("trust@one", "is not NAME@VERSION")]
    public async Task Score_UnknownModel_SaysSo(string model, string message) =>
        Refused(await room.RunAsync("score", "--model", model, "--input", room.TrustRows, "--out", room.File("none.csv")), message);

    [Fact]
    public async Task Score_UnknownIdColumn_SaysSo() =>
        Refused(await room.RunAsync("score", "--model", "trust", "--input", room.TrustRows, "--out", room.File("none.csv"), "--id", "number"), "The file has no column number.");

    [Fact]
    public async Task Score_AlteredPackageFile_IsRefused()
    {
        var bytes = await File.ReadAllBytesAsync(room.PackageFile, Cancellation);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(room.File("altered.cwb"), bytes, Cancellation);

        Refused(await room.RunAsync("score", "--model", room.File("altered.cwb"), "--input", room.TrustRows, "--out", room.File("none.csv")), "does not match its hash", "never loaded");
    }

    [Fact]
    public async Task Score_PackageWhosePartsDoNotFit_IsRefused()
    {
        var package = PackageEncoding.Read(await File.ReadAllBytesAsync(room.PackageFile, Cancellation)).Value;
        await File.WriteAllBytesAsync(room.File("unfit.cwb"), PackageEncoding.Write(package with { CategoryCuts = [] }), Cancellation);

        Refused(await room.RunAsync("score", "--model", room.File("unfit.cwb"), "--input", room.TrustRows, "--out", room.File("none.csv")), "do not belong together");
    }

    [Fact]
    public async Task Score_FileThatIsNoPackage_IsRefused() =>
        Refused(await room.RunAsync("score", "--model", room.TrustRows, "--input", room.TrustRows, "--out", room.File("none.csv")), "not a model package");

    [Fact]
    public async Task Evaluate_LabelledFile_MeasuresAndWritesJson()
    {
        var run = await room.RunAsync("evaluate", "--model", "trust@1", "--input", room.TrustRows, "--target", "risk_category", "--bad", "2", "--json", room.File("evaluated.json"));

        Assert.Equal(0, run.Code);
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(room.File("evaluated.json"), Cancellation));
        Assert.Equal(("trust@1", 1_200), (json.RootElement.GetProperty("model").GetString(), json.RootElement.GetProperty("rows").GetInt32()));
        Assert.InRange(json.RootElement.GetProperty("test").GetProperty("auc").GetDouble(), 0.8, 1.0);
    }

    [Theory]
    [InlineData("nothing", "2", "nothing: The file has no such column.")]
    [InlineData("risk_category", "7", "risk_category: All 1200 rows are good")]
    public async Task Evaluate_WithoutAnOutcomeToMeasure_IsRefused(string target, string bad, string message) =>
        Refused(await room.RunAsync("evaluate", "--model", "trust", "--input", room.TrustRows, "--target", target, "--bad", bad), message);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private async Task<Sheet> ScoreAsync(string output, params string[] more)
    {
        var run = await room.RunAsync(["score", "--model", "trust@1", "--input", room.TrustRows, "--out", room.File(output), .. more]);
        Assert.True(run.Code == 0, run.Error);
        return Sheet.Read(room.File(output));
    }

    private async Task<string> BadRowsAsync()
    {
        var lines = (await File.ReadAllLinesAsync(room.TrustRows, Cancellation)).Take(10).Select(line => line.Split(',')).ToArray();
        (lines[1][2], lines[2][2], lines[3][15]) = ("abc", "7000", "X");
        await File.WriteAllLinesAsync(room.File("bad.csv"), lines.Select(cells => string.Join(',', cells)), Cancellation);
        return room.File("bad.csv");
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static void Refused(CommandRun run, params string[] says)
    {
        Assert.Equal(1, run.Code);
        Assert.All(says, part => Assert.Contains(part, run.Error, StringComparison.Ordinal));
    }
}

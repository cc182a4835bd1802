using System.Text;
using System.Text.Json;
using CreditWorkbench.Core.Leakage;
using CreditWorkbench.Core.ModelBuilding;
using Xunit;

namespace CreditWorkbench.Tests.Commands;

[Collection(CommandCollection.Name)]
public sealed class TrainCommandTests(CommandRoom room)
{
    [Fact]
    public void Train_WithRegister_ExitsZeroAndNamesTheVersion()
    {
        Assert.True(room.Trained.Code == 0, room.Trained.Error);
        Assert.Contains("Registered as trust@1", room.Trained.Out, StringComparison.Ordinal);
        Assert.Contains("CrossValidation", room.Trained.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_Json_HoldsTheMembersOfTheContract()
    {
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(room.TrainingJson, TestContext.Current.CancellationToken));
        var root = json.RootElement;

        string[] members = ["scorecard", "model", "modelVersion", "rows", "positives", "split", "cv", "candidates", "test", "leakage", "quality", "fairness", "seconds"];
        string[] figures =
        [
            "auc", "aucLow", "aucHigh", "gini", "ks", "prAuc", "accuracy", "precision", "recall", "f1", "specificity", "brier", "logLoss", "eceBefore", "eceAfter", "threshold", "topDecileLift",
        ];
        Assert.All(members, member => Assert.True(root.TryGetProperty(member, out _), $"{member} is absent."));
        // A position z has no PD of its own before it is calibrated.
        Assert.All(figures, figure => Assert.Equal(figure == "eceBefore" ? JsonValueKind.Null : JsonValueKind.Number, root.GetProperty("test").GetProperty(figure).ValueKind));
        Assert.Equal(("trust", "forest", "trust@1", 1_200), (root.GetProperty("scorecard").GetString(), root.GetProperty("model").GetString(), root.GetProperty("modelVersion").GetString(), root.GetProperty("rows").GetInt32()));
        var auc = root.GetProperty("cv").GetProperty("auc");
        Assert.Equal(5, auc.GetProperty("folds").GetArrayLength());
        Assert.Equal(auc.GetProperty("folds").EnumerateArray().Average(fold => fold.GetDouble()), auc.GetProperty("mean").GetDouble(), 1e-12);
        var candidate = root.GetProperty("candidates")[0];
        Assert.True(candidate.GetProperty("cv").GetProperty("auc").TryGetProperty("sd", out _));
        Assert.True(candidate.TryGetProperty("family", out _) && candidate.TryGetProperty("seconds", out _));
        Assert.All(root.GetProperty("leakage").EnumerateArray(), finding =>
            Assert.All(new[] { "column", "kind", "severity", "evidence", "acknowledged" }, member => Assert.True(finding.TryGetProperty(member, out _), $"leakage has no {member}.")));
    }

    public static TheoryData<string, string, string, string?> SameRowsOtherwiseWritten() => new()
    {
        { "semicolon", ";", "\n", null }, { "tab", "\t", "\r\n", null }, { "pipe", "|", "\n", null }, { "cr", ",", "\r", null }, { "bom", ",", "\r\n", "bom" }, { "latin", ",", "\n", "latin1" },
    };

    [Theory]
    [MemberData(nameof(SameRowsOtherwiseWritten))]
    public async Task Train_SameRowsOtherwiseWritten_GivesTheSameFigures(string name, string delimiter, string lineEnd, string? encoding)
    {
        var plain = await TrainAsync(room.Borrowers("plain.csv"), "--json", room.File("plain.json"));
        var file = room.Borrowers($"{name}.csv", delimiter: delimiter, lineEnd: lineEnd, encoding: encoding switch { "bom" => new UTF8Encoding(true), "latin1" => Encoding.Latin1, _ => null });

        var other = await TrainAsync(file, "--json", room.File($"{name}.json"));

        Assert.Equal((0, 0), (plain.Code, other.Code));
        Assert.Equal(Folds("plain.json"), Folds($"{name}.json"));
    }

    [Fact]
    public async Task Train_TargetNotInTheFile_NamesItAndTheColumns() =>
        Refused(await RunAsync(room.Borrowers("rows.csv"), "--target", "defaulted", "--bad", "1"), "defaulted:", "Its columns are id, income, debt, job, bad.");

    [Fact]
    public async Task Train_TargetNotNamed_SaysWhichOption() => Refused(await RunAsync(room.Borrowers("rows.csv"), "--bad", "1"), "--target", "Give --target COL.");

    [Fact]
    public async Task Train_BadNotNamed_SaysWhichOption() => Refused(await RunAsync(room.Borrowers("rows.csv"), "--target", "bad"), "--bad", "Give --bad VALUE");

    [Fact]
    public async Task Train_TargetEmptyEverywhere_SaysSo() =>
        Refused(await TrainAsync(room.Borrowers("unlabelled.csv", change: (_, cells) => [.. cells[..4], ""])), "bad:", "No row has an outcome.");

    [Fact]
    public async Task Train_AllRowsBad_NeedsBothOutcomes() =>
        Refused(await TrainAsync(room.Borrowers("allbad.csv", change: (_, cells) => [.. cells[..4], "1"])), "bad:", "All 400 rows are bad");

    [Fact]
    public async Task Train_NoRowBad_NamesTheValues() =>
        Refused(await TrainAsync(room.Borrowers("allgood.csv", change: (_, cells) => [.. cells[..4], "0"])), "bad:", "No row has the outcome `1`", "The values are 0.");

    [Fact]
    public async Task Train_UnknownColumnExcluded_NamesIt() =>
        Refused(await TrainAsync(room.Borrowers("rows.csv"), "--exclude", "incone"), "incone:", "Did you mean income?");

    [Fact]
    public async Task Train_DelimiterThatSplitsNothing_SaysSo() => Refused(await TrainAsync(room.Borrowers("tilde.csv", delimiter: "~")), "Only one column was found", "delimiters");

    [Fact]
    public async Task Train_EmptyFile_SaysSo()
    {
        await File.WriteAllTextAsync(room.File("empty.csv"), "", TestContext.Current.CancellationToken);

        Refused(await TrainAsync(room.File("empty.csv")), "The file is empty.");
    }

    [Fact]
    public async Task Train_HeaderOnly_SaysNoRows() => Refused(await TrainAsync(room.Borrowers("header.csv", rows: 0)), "no data row");

    [Fact]
    public async Task Train_DuplicateHeader_NamesItWithPositions() =>
        Refused(await TrainAsync(room.Borrowers("twice.csv", header: "id,income,income,job,bad")), "income:", "twice, at positions 2 and 3", "Rename one of them");

    [Fact]
    public async Task Train_FileThatIsNotThere_SaysSo() => Refused(await TrainAsync(room.File("nowhere.csv")), "does not exist", "Check the path.");

    [Fact]
    public async Task Train_CellsThatCannotBeRead_TrainsWithoutTheirRowsAndNamesThem()
    {
        var file = room.Borrowers("typos.csv", change: (row, cells) => row switch
        {
            10 => [cells[0], "12k", .. cells[2..]],
            20 => [.. cells[..4], ""],
            _ => cells,
        });

        var run = await TrainAsync(file);

        Assert.Equal(0, run.Code);
        Assert.Contains("2 rows rejected", run.Error, StringComparison.Ordinal);
        Assert.Contains("Row 10, income: \"12k\" is not a number.", run.Error, StringComparison.Ordinal);
        Assert.Contains("Row 20, bad: The outcome is missing.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_RowsOutsideTheDictionary_AreRejectedByFieldAndRow()
    {
        var lines = await File.ReadAllLinesAsync(room.TrustRows, TestContext.Current.CancellationToken);
        lines[3] = ReplaceCell(lines[3], 2, "9000");
        lines[4] = ReplaceCell(lines[4], 15, "X");
        await File.WriteAllLinesAsync(room.File("outside.csv"), lines, TestContext.Current.CancellationToken);

        var run = await room.RunAsync("train", "--scorecard", "trust", "--input", room.File("outside.csv"), "--params", room.Parameters);

        Assert.Equal(0, run.Code);
        Assert.Contains("Row 3, utility_payment_months:", run.Error, StringComparison.Ordinal);
        Assert.Contains("Allowed: 0 to 60.", run.Error, StringComparison.Ordinal);
        Assert.Contains("Row 4, gender: \"X\" is no value of Gender.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_LeakNotAcknowledged_WritesTheReportButRegistersNothing()
    {
        var file = room.Borrowers("leaking.csv", change: (_, cells) => [cells[0], cells[1], cells[4], cells[3], cells[4]]);

        var run = await TrainAsync(file, "--register", "leaking", "--json", room.File("leaking.json"));

        Refused(run, "debt:", "acknowledge debt:");
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(room.File("leaking.json"), TestContext.Current.CancellationToken));
        Assert.Contains(json.RootElement.GetProperty("leakage").EnumerateArray(), finding => finding.GetProperty("severity").GetString() == "error" && !finding.GetProperty("acknowledged").GetBoolean());
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("modelVersion").ValueKind);
        Assert.Equal(1, (await room.RunAsync("promote", "leaking", "--stage", "staging", "--note", "n")).Code);
    }

    [Fact]
    public async Task Train_LeakAcknowledged_RegistersAndRecordsWhoWhenAndWhy()
    {
        var file = room.Borrowers("owned.csv", change: (_, cells) => [cells[0], cells[1], cells[4], cells[3], cells[4]]);

        var run = await TrainAsync(
            file, "--candidates", "boosting", "--register", "owned", "--report", room.File("owned"), "--acknowledge", "all", "--acknowledge-reason", "a trial of the checks");

        Assert.DoesNotContain("Leave the column out", run.Error, StringComparison.Ordinal);
        var record = TrainingRecordFile.ReadRecord(await File.ReadAllTextAsync(Path.Combine(room.File("owned"), "record.json"), TestContext.Current.CancellationToken)).Value;
        var finding = record.Leakage.First(finding => finding.Severity == LeakageSeverity.Error);
        Assert.Equal((Environment.UserName, "a trial of the checks"), (finding.Acknowledgement!.By, finding.Acknowledgement.Reason));
        Assert.Empty(record.Refusals);
    }

    [Fact]
    public async Task Train_TwoCandidates_JudgesBothAndComparesThem()
    {
        var run = await TrainAsync(room.Borrowers("both.csv"), "--candidates", "boosting,forest", "--segment", "job", "--json", room.File("both.json"));

        Assert.True(run.Code == 0, run.Error);
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(room.File("both.json"), TestContext.Current.CancellationToken));
        var root = json.RootElement;
        Assert.All(root.GetProperty("candidates").EnumerateArray(), candidate => Assert.Equal(JsonValueKind.Number, candidate.GetProperty("judged").GetProperty("test").GetProperty("auc").ValueKind));
        Assert.Equal(3, Assert.Single(root.GetProperty("comparison").EnumerateArray()).GetProperty("metrics").GetArrayLength());
        var evaluation = root.GetProperty("evaluation");
        string[] metrics = [.. evaluation.GetProperty("intervals").EnumerateArray().Select(interval => interval.GetProperty("metric").GetString()!)];
        Assert.Equal(["auc", "gini", "ks", "prAuc", "accuracy", "precision", "recall", "f1", "specificity", "brier", "logLoss", "eceBefore", "eceAfter", "topDecileLift", "auc"], metrics);
        Assert.Equal("job", Assert.Single(evaluation.GetProperty("segments").EnumerateArray()).GetProperty("column").GetString());
        Assert.True(evaluation.GetProperty("backTest").GetProperty("grades").GetArrayLength() > 0);
        Assert.True(evaluation.GetProperty("cutOffs").GetProperty("curve").GetArrayLength() > 1);
    }

    [Fact]
    public async Task Train_LeakWithStrict_DoesNotTrain()
    {
        var file = room.Borrowers("leaking.csv", change: (_, cells) => [cells[0], cells[1], cells[4], cells[3], cells[4]]);

        var run = await TrainAsync(file, "--strict", "--json", room.File("strict.json"));

        Refused(run, "debt:");
        Assert.False(File.Exists(room.File("strict.json")));
    }

    [Theory]
    [InlineData("""{"boosting":{"wood":3}}""", "boosting.wood")]
    [InlineData("""{"boosting":{"trees":-3}}""", "boosting.trees")]
    [InlineData("[1]", "not a JSON object")]
    [InlineData("{", "not a JSON object")]
    public async Task Train_ParametersThatMakeNoSense_AreRefused(string json, string message)
    {
        await File.WriteAllTextAsync(room.File("odd.json"), json, TestContext.Current.CancellationToken);

        Refused(await RunAsync(room.Borrowers("rows.csv"), "--target", "bad", "--bad", "1", "--id", "id", "--params", room.File("odd.json")), message);
    }

    [Fact]
    public async Task Train_UnknownCandidate_NamesTheKnownOnes() =>
        Refused(await TrainAsync(room.Borrowers("rows.csv"), "--candidates", "wizard"), "no candidate named wizard", "scorecard, logistic, forest, boosting, boosting-leafwise, blend, network");

    private Task<CommandRun> TrainAsync(string file, params string[] more) => RunAsync(file, ["--target", "bad", "--bad", "1", "--id", "id", "--params", room.Parameters, .. more]);

    private Task<CommandRun> RunAsync(string file, params string[] more) => room.RunAsync(["train", "--input", file, .. more]);

    private double[] Folds(string file)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(room.File(file)));
        return [.. json.RootElement.GetProperty("cv").GetProperty("auc").GetProperty("folds").EnumerateArray().Select(fold => fold.GetDouble())];
    }

    private static string ReplaceCell(string line, int column, string value)
    {
        var cells = line.Split(',');
        cells[column] = value;
        return string.Join(',', cells);
    }

    private static void Refused(CommandRun run, params string[] says)
    {
        Assert.Equal(1, run.Code);
        Assert.All(says, part => Assert.Contains(part, run.Error, StringComparison.Ordinal));
    }
}

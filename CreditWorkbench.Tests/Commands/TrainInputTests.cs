using System.Globalization;
using System.Text;
using System.Text.Json;
using Xunit;

namespace CreditWorkbench.Tests.Commands;

/// <summary>Rows that make no model, or only with care, through <c>train</c>.</summary>
[Collection(CommandCollection.Name)]
public sealed class TrainInputTests(CommandRoom room)
{
    [Fact]
    public async Task Train_ConstantColumn_TrainsAndGivesItNoWeight()
    {
        var run = await TrainAsync(room.Borrowers("constant.csv", change: (_, cells) => [cells[0], cells[1], cells[2], "clerk", cells[4]]), "--json", room.File("constant.json"));

        Assert.True(run.Code == 0, run.Error);
        Assert.Equal(0.0, Share("constant.json", "job"));
        Assert.True(Share("constant.json", "debt") > 0.1);
    }

    [Fact]
    public async Task Train_ColumnWithoutAnyValue_TrainsAndNamesItOrGivesItNoWeight()
    {
        var run = await TrainAsync(room.Borrowers("blank.csv", change: (_, cells) => [cells[0], cells[1], cells[2], "", cells[4]]), "--json", room.File("blank.json"));

        Assert.True(run.Code == 0, run.Error);
        Assert.True(run.Error.Contains("job", StringComparison.Ordinal) || Share("blank.json", "job") == 0.0, run.Error);
    }

    [Fact]
    public async Task Train_EveryColumnConstant_IsRefusedByName() =>
        Refused(await TrainAsync(room.Borrowers("still.csv", change: (_, cells) => [cells[0], "50", "0.5", "clerk", cells[4]])), "No column is left", "income: Every row has the same value.", "debt: Every row has the same value.");

    [Fact]
    public async Task Train_OneBadRow_SaysThatTheClassIsTooSmall() =>
        Refused(await TrainAsync(room.Borrowers("lonely.csv", change: (row, cells) => [.. cells[..4], row == 7 ? "1" : "0"])), "bad: Only 1 row is of class 1 (bad)");

    [Fact]
    public async Task Train_CategoryWithThousandsOfLevels_TrainsWithoutLearningThemByHeart()
    {
        const int rows = 30_000;
        var file = room.Borrowers("levels.csv", rows, change: (row, cells) => [.. cells[..3], $"employer {row * 7_919 % 12_000}", cells[4]]);

        var run = await TrainAsync(file, "--candidates", "boosting", "--json", room.File("levels.json"), "--acknowledge", "all");

        Assert.True(run.Code == 0, run.Error);
        Assert.InRange(Auc("levels.json"), 0.6, 0.9);
    }

    [Theory]
    [InlineData("inf")]
    [InlineData("Infinity")]
    [InlineData("1e999")]
    public async Task Train_InfiniteValue_LeavesTheRowOutAndNamesRowAndColumn(string cell)
    {
        var run = await TrainAsync(room.Borrowers("infinite.csv", change: (row, cells) => row == 5 ? [cells[0], cell, .. cells[2..]] : cells));

        Assert.True(run.Code == 0, run.Error);
        Assert.Contains("Row 5, income", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_OutcomeWithThreeValuesOfWhichOneIsBad_TakesTheOthersAsGood()
    {
        var run = await TrainAsync(room.Borrowers("three.csv", change: (row, cells) => [.. cells[..4], cells[4] == "0" && row % 3 == 0 ? "2" : cells[4]]), "--json", room.File("three.json"));

        Assert.True(run.Code == 0, run.Error);
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(room.File("three.json"), TestContext.Current.CancellationToken));
        Assert.Equal(400, json.RootElement.GetProperty("rows").GetInt32());
    }

    [Fact]
    public async Task Train_WeightColumn_IsNotLearntAndIsSaidInTheResult()
    {
        var file = Weighted("weighted.csv", row => row == 9 ? "-1" : row % 2 == 0 ? "3" : "1");

        var run = await TrainAsync(file, "--weight", "w", "--candidates", "logistic", "--json", room.File("weighted.json"));

        Assert.True(run.Code == 0, run.Error);
        Assert.Contains("Row 9, w", run.Error, StringComparison.Ordinal);
        Assert.Contains("Rows weigh by w", run.Out, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(room.File("weighted.json"), TestContext.Current.CancellationToken));
        Assert.Equal(("w", 3, 399), (json.RootElement.GetProperty("weights").GetProperty("column").GetString(), json.RootElement.GetProperty("features").GetInt32(), json.RootElement.GetProperty("rows").GetInt32()));
    }

    [Fact]
    public async Task Evaluate_WeightColumn_WeighsTheFigures()
    {
        var (plain, equal, weighted) = (await EvaluateAsync("1"), await EvaluateAsync("2", "--weight", "w"), await EvaluateAsync(null, "--weight", "w"));

        Assert.Equal(plain, equal, 1e-9);
        Assert.NotEqual(plain, weighted, 1e-6);

        async Task<double> EvaluateAsync(string? weight, params string[] more)
        {
            var lines = await File.ReadAllLinesAsync(room.TrustRows, TestContext.Current.CancellationToken);
            await File.WriteAllLinesAsync(room.File("weighed.csv"), lines.Select((line, row) => $"{line},{(row == 0 ? "w" : weight ?? (1 + row % 4).ToString(CultureInfo.InvariantCulture))}"), TestContext.Current.CancellationToken);
            var evaluated = await room.RunAsync(["evaluate", "--model", room.PackageFile, "--input", room.File("weighed.csv"), "--json", room.File("evaluated.json"), .. more]);
            Assert.True(evaluated.Code == 0, evaluated.Error);
            using var result = JsonDocument.Parse(await File.ReadAllTextAsync(room.File("evaluated.json"), TestContext.Current.CancellationToken));
            return result.RootElement.GetProperty("test").GetProperty("logLoss").GetDouble();
        }
    }

    [Theory]
    [InlineData("0", "The weight is 0")]
    [InlineData("heavy", "is no finite number")]
    public async Task Train_WeightsThatSayNothing_AreRefusedByColumnAndRow(string weight, string says) =>
        Refused(await TrainAsync(Weighted("nothing.csv", _ => weight), "--weight", "w"), "Row 1, w", says);

    [Fact]
    public async Task Train_WeightThatTheFileLacks_IsRefused() => Refused(await TrainAsync(room.Borrowers("unweighted.csv"), "--weight", "mass"), "mass");

    [Fact]
    public async Task Train_WeightThatTheDictionaryLearnsFrom_IsRefused() =>
        Refused(await room.RunAsync("train", "--scorecard", "trust", "--input", room.TrustRows, "--weight", "monthly_transaction_count"), "monthly_transaction_count", "cannot say how much a row counts");

    private string Weighted(string name, Func<int, string> weight) =>
        room.Borrowers(name, header: "id,income,debt,job,w,bad", change: (row, cells) => [.. cells[..4], weight(row), cells[4]]);

    [Fact]
    [Trait("Category", "Long")]
    public async Task Train_MillionRowsOfOneValue_IsRefusedByName()
    {
        var file = room.File("million.csv");
        await using (var writer = new StreamWriter(file, append: false, new UTF8Encoding(false)))
        {
            await writer.WriteLineAsync("amount,bad");
            for (var row = 0; row < 1_000_000; row++) await writer.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"7,{(row % 20 == 0 ? 1 : 0)}"));
        }

        Refused(await room.RunAsync("train", "--input", file, "--target", "bad", "--bad", "1"), "amount: Every row has the same value.");
    }

    private Task<CommandRun> TrainAsync(string file, params string[] more) =>
        room.RunAsync(["train", "--input", file, "--target", "bad", "--bad", "1", "--id", "id", "--params", room.Parameters, .. more]);

    private double Share(string file, string feature)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(room.File(file)));
        return json.RootElement.GetProperty("importance").EnumerateArray().Where(entry => entry.GetProperty("feature").GetString() == feature).Sum(entry => entry.GetProperty("gainShare").GetDouble());
    }

    private double Auc(string file)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(room.File(file)));
        return json.RootElement.GetProperty("cv").GetProperty("auc").GetProperty("mean").GetDouble();
    }

    private static void Refused(CommandRun run, params string[] says)
    {
        Assert.True(run.Code == 1, $"{run.Code}: {run.Out} {run.Error}");
        Assert.All(says, part => Assert.Contains(part, run.Error, StringComparison.Ordinal));
    }
}

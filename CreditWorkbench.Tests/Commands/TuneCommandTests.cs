using System.Text.Json;
using Xunit;

namespace CreditWorkbench.Tests.Commands;

[Collection(CommandCollection.Name)]
public sealed class TuneCommandTests(CommandRoom room)
{
    [Fact]
    public async Task Train_Budget_ShowsTheLeaderBoardAndReportsIt()
    {
        var run = await TrainAsync("--candidates", "boosting", "--budget", "3", "--json", room.File("tuned.json"), "--checkpoint", room.File("tuning.ndjson"));

        Assert.True(run.Code == 0, run.Error);
        Assert.Contains("1. boosting", run.Error, StringComparison.Ordinal);
        Assert.Contains("Tuning tried", run.Out, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(room.File("tuned.json"), TestContext.Current.CancellationToken));
        Assert.Equal(3, json.RootElement.GetProperty("tuning").GetProperty("budgetSeconds").GetDouble());
        Assert.True((await File.ReadAllLinesAsync(room.File("tuning.ndjson"), TestContext.Current.CancellationToken)).Length > 1);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-5")]
    public async Task Train_BudgetThatIsNone_IsRefused(string budget)
    {
        var run = await TrainAsync("--budget", budget);

        Assert.Equal(1, run.Code);
        Assert.Contains("not above 0", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_RefitWithoutRows_SaysWhatIsMissing()
    {
        var run = await room.RunAsync("train", "--refit", "trust@1");

        Assert.Equal(1, run.Code);
        Assert.Contains("Give --input FILE with --refit.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_RefitOfAForest_RegistersAChallengerInDevAndComparesIt()
    {
        var rows = room.File("later.csv");
        Assert.Equal(0, (await room.RunAsync("generate", "--scorecard", "trust", "--rows", "900", "--seed", "17", "--out", rows)).Code);

        var run = await room.RunAsync("train", "--refit", "trust@1", "--input", rows, "--params", room.Parameters, "--register", "trust-refit", "--json", room.File("refit.json"));

        Assert.True(run.Code == 0, run.Error);
        Assert.Contains("Registered as trust-refit@1", run.Out, StringComparison.Ordinal);
        Assert.Contains("trust@1 on the same", run.Out, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(room.File("refit.json"), TestContext.Current.CancellationToken));
        Assert.Equal("trust@1", json.RootElement.GetProperty("refit").GetProperty("parent").GetString());
        Assert.Equal("trust@1", json.RootElement.GetProperty("lineage").GetProperty("parent").GetProperty("model").GetString());
        Assert.Contains("trust-refit@1", (await room.RunAsync("models")).Out, StringComparison.Ordinal);
    }

    private Task<CommandRun> TrainAsync(params string[] more) =>
        room.RunAsync(["train", "--input", room.Borrowers("tune.csv"), "--target", "bad", "--bad", "1", "--id", "id", .. more]);
}

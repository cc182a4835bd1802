using CreditWorkbench.Tests.Scenarios;
using Xunit;

namespace CreditWorkbench.Tests.Commands;

public sealed class UsageTests
{
    public static TheoryData<string[], string> Wrong() => new()
    {
        { ["frobnicate"], "frobnicate" },
        { ["train", "--frob"], "--frob" },
        { ["train", "--seed", "one"], "one" },
        { ["score", "--model", "m"], "--input" },
        { ["score", "--model", "m", "--input", "i", "--out", "o", "--explain", "lots"], "lots" },
        { ["generate", "--rows", "5", "--out", "f"], "--scorecard" },
        { ["generate", "--scorecard", "trust", "--rows", "-5", "--out", "f"], "--rows is not negative." },
        { ["generate", "--scorecard", "trust", "--out", "f", "--drift", "2"], "--drift is between 0 and 1." },
        { ["promote", "trust@1", "--stage", "heaven", "--note", "n"], "heaven" },
        { ["promote", "trust@1", "--stage", "staging"], "--note" },
        { ["audit"], "Required command" },
        { ["jobs"], "Required command" },
        { ["jobs", "cancel", "seven"], "seven" },
        { ["worker", "--threads", "0"], "--threads is between 1 and 64." },
        { ["users", "add", "a@b.c", "--name", "A", "--role", "Emperor"], "Emperor" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task AnyVerb_WrongUsage_ExitsTwoAndNamesWhatIsWrong(string[] args, string named)
    {
        var run = await CommandRoom.RunOnAsync(null, args);

        Assert.Equal(2, run.Code);
        Assert.Contains(named, run.Error, StringComparison.Ordinal);
        Assert.Contains("--help", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_ExitsZeroAndListsTheVerbs()
    {
        var run = await CommandRoom.RunOnAsync(null, "--help");

        Assert.Equal(0, run.Code);
        Assert.All(new[] { "serve", "scorecards", "generate", "train", "evaluate", "score", "models", "promote", "retire", "worker", "jobs", "audit", "users" }, verb => Assert.Contains(verb, run.Out, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Train_NothingToTrainOn_SaysWhatToGive()
    {
        using var folder = new TemporaryFolder();

        var run = await CommandRoom.RunOnAsync(folder.Path, "train");

        Assert.Equal(1, run.Code);
        Assert.Contains("Give --scorecard, or --input with --target and --bad.", run.Error, StringComparison.Ordinal);
    }
}

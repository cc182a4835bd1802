using System.Diagnostics;
using CreditWorkbench.Tests.Scenarios;
using Xunit;

namespace CreditWorkbench.Tests.Commands;

/// <summary>The program in a process of its own, killed at work: nothing half-written shows afterwards.</summary>
[Collection(CommandCollection.Name)]
public sealed class KillTests(CommandRoom room)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("CrossValidation")]
    [InlineData("Evaluation")]
    [InlineData("Done")] // the judged model is being packaged
    public async Task Kill_DuringTraining_LeavesNoModelNoFileAndAStoreThatVerifies(string phase)
    {
        using var folder = new TemporaryFolder();
        var data = folder.File("data");
        await CommandRoom.RunOnAsync(data, "scorecards");
        var before = Files(folder.Path, data);

        await KillAsync(phase, "train", "--scorecard", "trust", "--input", room.TrustRows, "--register", "trust", "--report", folder.File("report"), "--json", folder.File("trained.json"), "--data", data);

        Assert.Equal(before, Files(folder.Path, data));
        var (models, verified, scored) = (
            await CommandRoom.RunOnAsync(data, "models"), await CommandRoom.RunOnAsync(data, "audit", "verify"),
            await CommandRoom.RunOnAsync(data, "score", "--model", "trust", "--input", room.TrustRows, "--out", folder.File("scored.csv")));
        Assert.Equal((0, "", 0, 1), (models.Code, models.Out, verified.Code, scored.Code));
        Assert.Contains("There is no model trust.", scored.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Kill_WhileAFileIsWritten_KeepsTheFileOfBefore()
    {
        using var folder = new TemporaryFolder();
        var target = folder.Write("rows.csv", "yesterday");

        await KillAsync("Writing rows", "generate", "--scorecard", "trust", "--rows", "5000000", "--out", target, "--data", folder.File("data"));
        var afterwards = await File.ReadAllTextAsync(target, Cancellation);
        var again = await CommandRoom.RunOnAsync(folder.File("data"), "generate", "--scorecard", "trust", "--rows", "10", "--out", target);

        Assert.Equal("yesterday", afterwards);
        Assert.Equal(0, again.Code);
        Assert.Equal(11, (await File.ReadAllLinesAsync(target, Cancellation)).Length);
        Assert.False(File.Exists(target + ".part"));
    }

    // Starts the program and kills it, without a chance to tidy up, as soon as it says that it has come to a phase.
    private static async Task KillAsync(string phase, params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "CreditWorkbench.dll"), .. args]) { RedirectStandardError = true, RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(Cancellation);
        var reached = false;
        while (!reached && await process.StandardError.ReadLineAsync(Cancellation) is { } line) reached = line == phase;
        process.Kill();
        await process.WaitForExitAsync(Cancellation);

        Assert.True(reached, $"The program ended before it came to {phase}: {await output}");
        Assert.Equal(137, process.ExitCode);
    }

    private static string[] Files(string folder, string but) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(file => !file.StartsWith(but, StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
}

using System.Diagnostics;
using System.Text.Json;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Staging;
using CreditWorkbench.Tests.Scenarios;
using CreditWorkbench.Web.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CreditWorkbench.Tests.Commands;

/// <summary>etl through the store by its verbs, and the real process killed at work.</summary>
[Collection(CommandCollection.Name)]
public sealed class StoredEtlTests
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Etl_ThroughTheStoreTwice_PublishesOnceAndTrainsOnTheSameBytesAsTheStraightFile()
    {
        using var folder = new TemporaryFolder();
        var (data, tables, straight) = (folder.File("data"), folder.File("tables"), folder.File("straight.csv"));
        await CommandRoom.RunOnAsync(null, "generate", "--scorecard", "loan-risk", "--rows", "300", "--seed", "4", "--out", tables, "--data", data);

        var (first, second, file) = (
            await CommandRoom.RunOnAsync(data, "etl", "--source", tables, "--scorecard", "loan-risk", "--json", folder.File("run.json")),
            await CommandRoom.RunOnAsync(data, "etl", "--source", tables, "--scorecard", "loan-risk"),
            await CommandRoom.RunOnAsync(data, "etl", "--source", tables, "--scorecard", "loan-risk", "--out", straight));

        Assert.Equal((0, 0, 0), (first.Code, second.Code, file.Code));
        Assert.Contains("are version 1 of the features of loan-risk.", first.Out, StringComparison.Ordinal);
        Assert.Contains("nothing was done, version 1 stays the latest.", second.Out, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(folder.File("run.json"), Now));
        Assert.Equal(("published", 1), (json.RootElement.GetProperty("state").GetString(), json.RootElement.GetProperty("version").GetInt32()));
        Assert.Equal(await File.ReadAllTextAsync(straight, Now), await ExportAsync(data));
    }

    [Fact]
    public async Task Etl_GateRefuses_ExitsOneAndSaysWhy()
    {
        using var folder = new TemporaryFolder();
        var tables = Staging.LoanRiskFiles.Write(folder.File("tables"), customers: Staging.LoanRiskFiles.OneCustomer + "8,1980-01-01,north,employed,99999999,2020-01-01\n");

        var (first, again) = (
            await CommandRoom.RunOnAsync(folder.File("data"), "etl", "--source", tables, "--scorecard", "loan-risk"),
            await CommandRoom.RunOnAsync(folder.File("data"), "etl", "--source", tables, "--scorecard", "loan-risk"));

        Assert.Equal((1, 1), (first.Code, again.Code));
        Assert.Contains("[staging.gate]", first.Error, StringComparison.Ordinal);
        Assert.Contains("which the gate refused", again.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_FromStoreWithoutFeatures_SaysWhatToDo()
    {
        using var folder = new TemporaryFolder();

        var run = await CommandRoom.RunOnAsync(folder.Path, "train", "--scorecard", "loan-risk", "--from-store");

        Assert.Equal(1, run.Code);
        Assert.Contains("[features.absent]", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Taking in")]
    [InlineData("Staging")]
    [InlineData("Writing features")]
    [InlineData("Publishing")]
    public async Task Kill_AtAnyStage_TheNextWorkerFinishesWithoutLossOrDuplicates(string phase)
    {
        using var folder = new TemporaryFolder();
        var (data, tables, straight) = (folder.File("data"), folder.File("tables"), folder.File("straight.csv"));
        await CommandRoom.RunOnAsync(null, "generate", "--scorecard", "loan-risk", "--rows", "1500", "--seed", "4", "--out", tables, "--data", data);

        await KillAsync(phase, "etl", "--source", tables, "--scorecard", "loan-risk", "--data", data);
        await DrainAsync(data);

        var again = await CommandRoom.RunOnAsync(data, "etl", "--source", tables, "--scorecard", "loan-risk");
        Assert.Contains("version 1 stays the latest.", again.Out, StringComparison.Ordinal);
        await CommandRoom.RunOnAsync(data, "etl", "--source", tables, "--scorecard", "loan-risk", "--out", straight);
        Assert.Equal(await File.ReadAllTextAsync(straight, Now), await ExportAsync(data));
        var runs = await RunsAsync(data);
        Assert.Equal([StagingRunState.Unchanged, StagingRunState.Published], runs.Select(run => run.State));
        Assert.Equal([$"analytics/{runs[1].Id:n}.features", $"staging/{runs[1].Id:n}.quarantine"], Files(Path.Combine(data, "zones")));
        Assert.Equal(0, (await CommandRoom.RunOnAsync(data, "audit", "verify")).Code);
    }

    // The killed worker's lease was told to last a second; whoever asks for work after it resumes the run.
    private static async Task DrainAsync(string data)
    {
        while (true)
        {
            using var worker = Start(["worker", "--drain", "--data", data]);
            await Task.WhenAll(worker.StandardOutput.ReadToEndAsync(Now), worker.StandardError.ReadToEndAsync(Now));
            await worker.WaitForExitAsync(Now);
            if (worker.ExitCode != 0) Assert.Fail($"The worker ended with {worker.ExitCode}.");
            var jobs = await CommandRoom.RunOnAsync(data, "jobs", "list", "--state", "queued", "--state", "running");
            if (jobs.Out.Length == 0) return;
        }
    }

    // Starts the program and kills it, without a chance to tidy up, as soon as it says that it has come to a phase.
    private static async Task KillAsync(string phase, params string[] args)
    {
        using var process = Start(args);
        var output = process.StandardOutput.ReadToEndAsync(Now);
        var reached = false;
        while (!reached && await process.StandardError.ReadLineAsync(Now) is { } line) reached = line == phase;
        process.Kill();
        await process.WaitForExitAsync(Now);
        await output;
        Assert.True(reached, $"The program never came to {phase}.");
    }

    private static Process Start(string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "CreditWorkbench.dll"), .. args]) { RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["Workbench__Jobs__LeaseSeconds"] = "1";
        return Process.Start(start)!;
    }

    private static async Task<string> ExportAsync(string data)
    {
        await using var app = await WorkbenchHost.OpenAsync(data, Now);
        using var text = new StringWriter();
        Assert.True((await app.Services.GetRequiredService<FeatureDesk>().ExportAsync("loan-risk", null, null, text, Actor.System, Now)).Succeeded);
        return text.ToString();
    }

    private static async Task<IReadOnlyList<StagingRun>> RunsAsync(string data)
    {
        await using var app = await WorkbenchHost.OpenAsync(data, Now);
        return (await app.Services.GetRequiredService<IStagingStore>().ListAsync(new StagingQuery(), 1, 10, Now)).Items;
    }

    private static IEnumerable<string> Files(string zones) =>
        Directory.EnumerateFileSystemEntries(zones, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(zones, path)).Where(path => path.Contains('/', StringComparison.Ordinal)).Order(StringComparer.Ordinal);
}

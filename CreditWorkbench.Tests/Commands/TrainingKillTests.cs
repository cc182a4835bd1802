using System.Diagnostics;
using CreditWorkbench.Core.Jobs;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.ModelBuilding;
using CreditWorkbench.Tests.Scenarios;
using CreditWorkbench.Tests.Web;
using CreditWorkbench.Web.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CreditWorkbench.Tests.Commands;

/// <summary>A worker that trains is killed in the middle; the next one ends the run with the bytes of an undisturbed one.</summary>
[Trait("Category", "Long")]
public sealed class TrainingKillTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    private static LabRequest Request => new()
    {
        Title = "Killed",
        Data = new LabData(LabDataKind.Scorecard, "consumer") { Rows = 1_500, Seed = 7 },
        Candidates = ["boosting"],
        Folds = 3,
        BudgetSeconds = 3_600,
        BudgetTrials = 24,
        ConfidenceRefits = 0,
    };

    [Fact]
    public async Task Run_WorkerKilledWhileTuning_EndsWithTheBytesOfAnUndisturbedOne()
    {
        await using var host = await WorkbenchHost.OpenAsync(_folder.Path, Now);
        await host.Services.GetRequiredService<ScorecardSeeds>().ImportAsync(Now);
        var desk = host.Services.GetRequiredService<TrainingDesk>();
        var killed = (await desk.StartAsync(Request, Actor.System, Now)).Value;
        using (var worker = Work())
        {
            await UntilAsync(async () => (await ViewAsync(desk, killed)).Checkpoint.Trials.Count >= 3);
            worker.Kill(entireProcessTree: true);
            await worker.WaitForExitAsync(Now);
        }

        var left = await ViewAsync(desk, killed);
        using (var worker = Work())
        {
            await UntilAsync(async () => (await ViewAsync(desk, killed)) is { IsAtWork: false });
            worker.Kill(entireProcessTree: true);
        }

        Assert.Null(left.Run.Summary);
        var ended = await ViewAsync(desk, killed);
        Assert.True(ended.Run.Summary is not null, ended.Job?.Error);
        Assert.Equal(2, ended.Job!.Attempt);
        var calm = await UndisturbedAsync(host.Services, desk);
        var store = host.Services.GetRequiredService<ILabStore>();
        foreach (var part in new[] { LabParts.Rows, LabParts.Package("boosting") })
            Assert.Equal(await store.PartAsync(calm.Id, part, Now), await store.PartAsync(killed.Id, part, Now));
        Assert.Equal(await RecordAsync(store, calm), await RecordAsync(store, killed));
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    // The date of the request is all that tells two runs of one design apart.
    private static async Task<byte[]> RecordAsync(ILabStore store, LabRun run)
    {
        var record = LabRecord.Of((await store.PartAsync(run.Id, LabParts.Record, Now))!);
        return (record with { Training = record.Training with { Lineage = record.Training.Lineage with { At = DateTimeOffset.UnixEpoch } } }).ToBytes();
    }

    private static async Task<LabView> ViewAsync(TrainingDesk desk, LabRun run) => (await desk.FindAsync(run.Id, Actor.System, Now)).Value;

    private static async Task<LabRun> UndisturbedAsync(IServiceProvider services, TrainingDesk desk)
    {
        var run = (await desk.StartAsync(Request, Actor.System, Now)).Value;
        await services.GetRequiredService<JobWorker>().RunOneAsync(Now);
        return (await ViewAsync(desk, run)).Run;
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        while (!await holds()) await Task.Delay(100, Now);
    }

    private Process Work()
    {
        var program = Path.Combine(RepositoryFiles.Web, "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", "CreditWorkbench.dll");
        return Process.Start(new ProcessStartInfo("dotnet", [program, "worker", "--data", _folder.Path])) ?? throw new InvalidOperationException("The worker did not start.");
    }
}

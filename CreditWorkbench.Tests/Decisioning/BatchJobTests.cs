using System.Diagnostics;
using System.Text;
using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Jobs;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Tests.Endpoints;
using CreditWorkbench.Web.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CreditWorkbench.Tests.Decisioning;

/// <summary>Batches whose worker stops at one point or another, by itself or killed: whoever takes the job up again ends with the same bytes.</summary>
public sealed class BatchJobTests(ConsumerHost host) : IClassFixture<ConsumerHost>
{
    private const string Instruction = "WORKBENCH_BATCH_KILL";
    private const int Rows = 2_100;
    private const int PartRows = 512;
    private static readonly Actor Caller = new(Guid.CreateVersion7(), "caller", ActorKind.Client, new HashSet<Permission> { Permission.ScoreStateless });

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    private IServiceProvider Services => host.Host.App.Services;

    public static TheoryData<string> Points => ["before:0", "after:0", "before:2", "after:4", "before:publish", "after:publish"];

    [Theory, MemberData(nameof(Points))]
    public async Task Run_StoppedAtAPoint_GoesOnBehindTheLastPart(string point)
    {
        var expected = await UninterruptedAsync();
        var batch = await TakeAsync();
        var (stopping, counting) = (new Watched(Services.GetRequiredService<IBatchFiles>()) { StopsAt = point }, new Watched(Services.GetRequiredService<IBatchFiles>()));
        var job = (await Services.GetRequiredService<IJobStore>().FindAsync(batch.Id, Now))!;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Job(stopping).RunAsync(job, new Progress<JobProgress>(), Now));
        var again = await Job(counting).RunAsync(job, new Progress<JobProgress>(), Now);

        Assert.True(again.Succeeded, string.Join(' ', again.Problems));
        Assert.Empty(stopping.Written.Where((_, i) => i < stopping.Written.Count - (point.StartsWith("before", StringComparison.Ordinal) ? 1 : 0)).Intersect(counting.Written));
        Assert.Equal(expected, await ResultsAsync(batch.Id));
        Assert.Equal(await HashAsync(batch.Id), (await Services.GetRequiredService<BatchDesk>().FindAsync(batch.Id, Caller, Now)).Value.ResultHash);
    }

    [Fact]
    public async Task Run_AfterTheEnd_ChangesNothing()
    {
        var batch = await TakeAsync();
        var job = (await Services.GetRequiredService<IJobStore>().FindAsync(batch.Id, Now))!;
        await Job(Services.GetRequiredService<IBatchFiles>()).RunAsync(job, new Progress<JobProgress>(), Now);
        var watched = new Watched(Services.GetRequiredService<IBatchFiles>());

        var again = await Job(watched).RunAsync(job, new Progress<JobProgress>(), Now);

        Assert.True(again.Succeeded);
        Assert.Empty(watched.Written);
    }

    [Fact]
    public async Task Worker_Killed_IsFollowedByOneThatEndsWithTheSameBytes()
    {
        var expected = await UninterruptedAsync();
        var batch = await TakeAsync();
        var marker = Path.Combine(host.Host.Data, "killed.txt");
        using var worker = StartWorker(batch.Id, marker);
        while (!File.Exists(marker))
        {
            Assert.False(worker.HasExited, "The worker ended by itself.");
            await Task.Delay(20, Now);
        }

        worker.Kill();
        await worker.WaitForExitAsync(Now);
        var left = (await Services.GetRequiredService<IBatchFiles>().PartsAsync(batch.Id, Now)).Count;
        var job = (await Services.GetRequiredService<IJobStore>().FindAsync(batch.Id, Now))!;
        var watched = new Watched(Services.GetRequiredService<IBatchFiles>());
        await Job(watched).RunAsync(job, new Progress<JobProgress>(), Now);

        Assert.Equal(2, left);
        Assert.Equal([2, 3, 4], watched.Written);
        Assert.Equal(expected, await ResultsAsync(batch.Id));
    }

    /// <summary>What the killed process does: not a test of its own, it runs only when the test above starts it.</summary>
    [Fact(Explicit = true)]
    public async Task Worker()
    {
        var instruction = Environment.GetEnvironmentVariable(Instruction);
        Assert.SkipWhen(instruction is null, "Started by the kill test only.");
        var (data, id, marker) = instruction!.Split('\n') is [var one, var two, var three] ? (one, Guid.Parse(two), three) : throw new InvalidOperationException();
        await using var app = await WorkbenchHost.OpenAsync(data, Now);
        var job = (await app.Services.GetRequiredService<IJobStore>().FindAsync(id, Now))!;
        await Job(app.Services, new Watched(app.Services.GetRequiredService<IBatchFiles>()) { HangsAt = 2, Marker = marker }).RunAsync(job, new Progress<JobProgress>(), Now);
    }

    private Process StartWorker(Guid id, string marker)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { "exec", typeof(BatchJobTests).Assembly.Location, "-method", $"{typeof(BatchJobTests).FullName}.{nameof(Worker)}", "-explicit", "only" },
            Environment = { [Instruction] = string.Join('\n', host.Host.Data, id, marker) },
            RedirectStandardOutput = true,
        };
        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        return process;
    }

    private async Task<string> UninterruptedAsync()
    {
        var batch = await TakeAsync();
        var job = (await Services.GetRequiredService<IJobStore>().FindAsync(batch.Id, Now))!;
        Assert.True((await Job(Services.GetRequiredService<IBatchFiles>()).RunAsync(job, new Progress<JobProgress>(), Now)).Succeeded);
        var lines = await ResultsAsync(batch.Id);
        Assert.Equal(Rows + 2, lines.Split('\n').Length);
        return lines;
    }

    // Jobs are run by hand here, so they do not wait in the queue of the other tests.
    private async Task<Batch> TakeAsync()
    {
        var request = new BatchRequest("consumer", SheetExplanation.Top4, "ref", ["contract"], null);
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(ConsumerHost.Csv(Rows, seed: 33, change: (row, name, text) => row % 700 == 5 && name == "monthly_income" ? "?" : text)));
        var taken = await Services.GetRequiredService<BatchDesk>().TakeAsync(request, content, Caller, DateTimeOffset.UtcNow, Now);
        Assert.True(taken.Succeeded, string.Join(' ', taken.Problems));
        return taken.Value;
    }

    private async Task<string> ResultsAsync(Guid id)
    {
        await using var results = (await Services.GetRequiredService<BatchDesk>().OpenResultsAsync(id, Caller, Now)).Value;
        using var reader = new StreamReader(results.Csv);
        return await reader.ReadToEndAsync(Now);
    }

    private async Task<ContentHash?> HashAsync(Guid id) => ContentHash.Of(await ResultsAsync(id));

    private BatchJob Job(IBatchFiles files) => Job(Services, files);

    private static BatchJob Job(IServiceProvider services, IBatchFiles files) => new(
        services.GetRequiredService<IBatchStore>(), files, services.GetRequiredService<ServingLines>(), services.GetRequiredService<BatchEnding>(),
        new BatchWork(services.GetRequiredService<IJobStore>(), TimeProvider.System, threads: 2, PartRows));

    /// <summary>Files that notice what is written, and stop or hang at a point.</summary>
    private sealed class Watched(IBatchFiles inner) : IBatchFiles
    {
        public string? StopsAt { get; init; }

        public int? HangsAt { get; init; }

        public string? Marker { get; init; }

        public List<int> Written { get; } = [];

        public Task<Outcome<BatchInput>> TakeAsync(Guid id, Stream content, CancellationToken cancellationToken) => inner.TakeAsync(id, content, cancellationToken);

        public Stream OpenInput(Guid id) => inner.OpenInput(id);

        public Task<IReadOnlyList<BatchPart>> PartsAsync(Guid id, CancellationToken cancellationToken) => inner.PartsAsync(id, cancellationToken);

        public async Task WritePartAsync(Guid id, BatchPart part, ReadOnlyMemory<byte> lines, CancellationToken cancellationToken)
        {
            Written.Add(part.Index);
            Stop($"before:{part.Index}");
            if (HangsAt == part.Index)
            {
                await File.WriteAllTextAsync(Marker!, "here", cancellationToken);
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }

            await inner.WritePartAsync(id, part, lines, cancellationToken);
            Stop($"after:{part.Index}");
        }

        public void Publish(Guid id)
        {
            Stop("before:publish");
            inner.Publish(id);
            Stop("after:publish");
        }

        public bool HasResults(Guid id) => inner.HasResults(id);

        public Stream? OpenResults(Guid id) => inner.OpenResults(id);

        public void Remove(Guid id) => inner.Remove(id);

        public Task SweepAsync(Func<Guid, CancellationToken, Task<bool>> isKnown, DateTimeOffset before, CancellationToken cancellationToken) => inner.SweepAsync(isKnown, before, cancellationToken);

        private void Stop(string point)
        {
            if (StopsAt == point) throw new OperationCanceledException();
        }
    }
}

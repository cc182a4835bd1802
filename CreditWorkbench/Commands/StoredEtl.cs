using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using CreditWorkbench.Core.Jobs;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Staging;
using CreditWorkbench.Web.Hosting;
using CreditWorkbench.Web.Queue;

namespace CreditWorkbench.Web.Commands;

/// <summary><c>etl</c> through the store: a job like any other, done by this process unless another worker is faster.</summary>
internal static class StoredEtl
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    /// <summary>Runs a delivery through the zones of the store and says what became of it.</summary>
    public static async Task<int> RunAsync(string? data, string scorecard, string folder, DateOnly? asOf, DateOnly? loadDay, string? json, CancellationToken cancellationToken)
    {
        await using var app = await WorkbenchHost.OpenAsync(data, cancellationToken);
        var staging = app.Services.GetRequiredService<StagingJobs>();
        var work = staging.Work(scorecard, Path.GetFullPath(folder), asOf, StagingTrigger.Demand);
        if (loadDay is { } day) work = work with { LoadDay = day };
        if (!(await staging.AskAsync(work, null, Actor.System, cancellationToken)).TryGet(out var job, out var problems)) return CommandLine.Refuse(problems);
        var progress = new ConsoleProgress();
        job = await FollowAsync(app.Services, job, progress, cancellationToken);
        progress.Done();
        var run = await app.Services.GetRequiredService<IStagingStore>().FindAsync(job.Id, CancellationToken.None);
        if (run is null) return CommandLine.Refuse([new Problem("job.failed", job.Error ?? "The run was called off.") { Remedy = "Run it again." }]);
        if (json is not null) await ResultFile.WriteTextAsync(json, JsonSerializer.Serialize(View(run), Json), CancellationToken.None);
        return Tell(run);
    }

    private static async Task<Job> FollowAsync(IServiceProvider services, Job job, ConsoleProgress progress, CancellationToken cancellationToken)
    {
        var (worker, jobs) = (services.GetRequiredService<JobWorker>(), services.GetRequiredService<IJobDesk>());
        var observer = new DirectProgress<JobProgress>(step => progress.Report((Words(step.Phase), step.Share)));
        if (await worker.RunThisAsync(job.Id, observer, cancellationToken))
        {
            if (cancellationToken.IsCancellationRequested) await jobs.CancelAsync(job.Id, Actor.System, CancellationToken.None);
            return (await jobs.FindAsync(job.Id, Actor.System, CancellationToken.None))!;
        }

        await foreach (var now in jobs.WatchAsync(job.Id, Actor.System, cancellationToken))
        {
            job = now;
            progress.Report((Words(now.Phase), now.Progress));
        }

        return job;
    }

    private static int Tell(StagingRun run)
    {
        foreach (var table in run.Report?.Tables ?? [])
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{table.Table,-20} {table.RowsRead,10} rows read {table.RowsUsed,10} used  {string.Join(", ", table.Findings.Select(code => $"{code.Key} {code.Value}"))}"));
        if (run.Findings > 0) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{run.Findings} findings are kept with run {run.Id}."));
        foreach (var alert in run.Alerts.Where(alert => alert.Kind != "gate")) Console.Error.WriteLine($"Alert: {alert.Text}");
        switch (run.State)
        {
            case StagingRunState.Published:
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{run.Report!.Rows} rows are version {run.Version} of the features of {run.ScorecardId}."));
                return 0;
            case StagingRunState.Unchanged when run.Version is not null:
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"The same files, dictionary and as-of date as run {run.SameAs}: nothing was done, version {run.Version} stays the latest."));
                return 0;
            case StagingRunState.Unchanged:
                return CommandLine.Refuse([new Problem("staging.gate", $"The same files, dictionary and as-of date as run {run.SameAs}, which the gate refused.") { Remedy = "Correct the delivery; the last good features stay in use." }]);
            case StagingRunState.Refused:
                return CommandLine.Refuse([.. run.Report!.Gate.Select(objection => new Problem("staging.gate", objection) { Remedy = "Correct the delivery; the last good features stay in use." })]);
            default:
                return CommandLine.Refuse(run.Problems.Count > 0 ? run.Problems : [new Problem("job.cancelled", "The run was called off.") { Remedy = "Run it again." }]);
        }
    }

    private static object View(StagingRun run) => new
    {
        run = run.Id,
        scorecard = run.ScorecardId,
        run.State,
        run.Version,
        run.SameAs,
        run.Findings,
        delivery = run.Delivery?.Hash.Hex,
        definition = run.DefinitionHash.Hex,
        run.StartedAt,
        run.EndedAt,
        run.Report,
        run.Alerts,
        problems = run.Problems.Select(problem => new { problem.Code, problem.Message, problem.Field, problem.Remedy }),
    };

    private static string Words(string phase) => phase switch
    {
        nameof(StagingPhase.TakingIn) => "Taking in",
        nameof(StagingPhase.Writing) => "Writing features",
        _ => phase,
    };
}

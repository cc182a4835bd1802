using System.CommandLine;
using CreditWorkbench.Core.Jobs;
using CreditWorkbench.Web.Hosting;

namespace CreditWorkbench.Web.Commands;

/// <summary><c>worker [--threads N]</c>: takes jobs from the store until it is stopped, without serving pages. Several may run, on several machines.</summary>
public static class WorkerCommand
{
    private const int Most = 64;

    /// <summary>The verb.</summary>
    public static Command Build()
    {
        var threads = new Option<int>("--threads") { Description = "Jobs at the same time (default 1).", DefaultValueFactory = _ => 1 };
        threads.Validators.Add(result => { if (result.GetValueOrDefault<int>() is < 1 or > Most) result.AddError($"--threads is between 1 and {Most}."); });
        var once = new Option<bool>("--drain") { Description = "End when no job is left to take." };
        var data = SharedOptions.Data();
        var worker = new Command("worker", "Do queued jobs until stopped.") { threads, once, data };
        worker.SetAction(async (parsed, cancellationToken) =>
        {
            await using var app = await WorkbenchHost.OpenAsync(parsed.GetValue(data), cancellationToken);
            var jobs = app.Services.GetRequiredService<JobWorker>();
            await Console.Error.WriteLineAsync("Waiting for jobs. Ctrl+C stops; a job that is being done then goes back to the queue.");
            var drain = parsed.GetValue(once);
            var counts = app.Services.GetServices<IHostedService>().OfType<UnseenWorker>().Single();
            await counts.StartAsync(cancellationToken); // batches count for the guardrails of canaries
            await Task.WhenAll(Enumerable.Range(0, parsed.GetValue(threads)).Select(_ => Task.Run(() => drain ? DrainAsync(jobs, cancellationToken) : jobs.RunAsync(cancellationToken), CancellationToken.None)));
            await counts.StopAsync(CancellationToken.None);
            return 0;
        });
        return worker;
    }

    private static async Task DrainAsync(JobWorker jobs, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested && await jobs.RunOneAsync(cancellationToken))
        {
        }
    }
}

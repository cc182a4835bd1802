using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using CreditWorkbench.Core.Jobs;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Web.Hosting;

namespace CreditWorkbench.Web.Commands;

/// <summary><c>jobs list</c> and <c>jobs cancel ID</c>: long work without a browser.</summary>
public static class JobsCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>The verb.</summary>
    public static Command Build() => new("jobs", "List jobs or cancel one.") { List(), Cancel() };

    private static Command List()
    {
        var states = new Option<JobState[]>("--state") { Description = "Only these: queued, running, completed, failed, cancelled." };
        var take = new Option<int>("--take") { Description = "Newest so many (default 50).", DefaultValueFactory = _ => 50 };
        take.Validators.Add(result => { if (result.GetValueOrDefault<int>() is < 1 or > 10_000) result.AddError("--take is between 1 and 10000."); });
        var (json, data) = (SharedOptions.Json(), SharedOptions.Data());
        var list = new Command("list", "List jobs, newest first.") { states, take, json, data };
        list.SetAction(async (parsed, cancellationToken) =>
        {
            await using var app = await WorkbenchHost.OpenAsync(parsed.GetValue(data), cancellationToken);
            var query = new JobQuery { States = parsed.GetValue(states) is { Length: > 0 } wanted ? wanted : null };
            var jobs = await app.Services.GetRequiredService<IJobDesk>().ListAsync(query, 1, parsed.GetValue(take), Actor.System, cancellationToken);
            if (parsed.GetValue(json) is { } file) await ResultFile.WriteTextAsync(file, JsonSerializer.Serialize(jobs.Items.Select(View), Json), cancellationToken);
            foreach (var job in jobs.Items)
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{job.Id}  {job.CreatedAt:yyyy-MM-dd HH:mm}  {job.Kind,-8} {StateOf(job),-10} {job.Progress,4:0%}  {job.Title}{(job.Error is null ? "" : $": {job.Error}")}"));
            return 0;
        });
        return list;
    }

    private static Command Cancel()
    {
        var id = new Argument<Guid>("id") { Description = "The job, as jobs list shows it." };
        var data = SharedOptions.Data();
        var cancel = new Command("cancel", "Cancel a job: a queued one at once, a running one as soon as it notices.") { id, data };
        cancel.SetAction(async (parsed, cancellationToken) =>
        {
            await using var app = await WorkbenchHost.OpenAsync(parsed.GetValue(data), cancellationToken);
            var outcome = await app.Services.GetRequiredService<IJobDesk>().CancelAsync(parsed.GetRequiredValue(id), Actor.System, cancellationToken);
            if (!outcome.TryGet(out var job, out var problems)) return CommandLine.Refuse(problems);
            Console.WriteLine(job.State == JobState.Cancelled ? $"Job {job.Id} is cancelled." : $"Job {job.Id} is asked to stop.");
            return 0;
        });
        return cancel;
    }

    private static string StateOf(Job job) => job.CancelRequested && job.EndedAt is null ? "cancelling" : job.State.ToString().ToLowerInvariant();

    private static object View(Job job) => new
    {
        job.Id,
        job.Kind,
        job.Title,
        State = StateOf(job),
        job.Phase,
        job.Progress,
        job.Attempt,
        job.CreatedBy,
        job.CreatedAt,
        job.EndedAt,
        job.Error,
    };
}

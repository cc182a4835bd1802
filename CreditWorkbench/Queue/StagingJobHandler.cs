using System.Text.Json;
using CreditWorkbench.Core.Jobs;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Staging;

namespace CreditWorkbench.Web.Queue;

/// <summary>Does runs of staging. The job's identity is the run's, so a job that is taken up again resumes its run.</summary>
public sealed class StagingJobHandler(StagingLoad load, IStagingStore runs, IJobStore jobs, IScorecardCatalog scorecards) : IJobHandler
{
    private const int MostAbandoned = 100;

    /// <inheritdoc/>
    public string Kind => StagingJobs.Kind;

    /// <inheritdoc/>
    public async Task<Outcome<string>> RunAsync(Job job, IProgress<JobProgress> progress, CancellationToken cancellationToken)
    {
        var work = JsonSerializer.Deserialize<StagingWork>(job.PayloadJson)!;
        // Whoever asked was allowed to when the job was queued.
        var actor = new Actor(job.CreatedBy, "", job.CreatedBy == Actor.System.Id ? ActorKind.System : ActorKind.User, new HashSet<Permission> { Permission.BuildModels });
        await EndAbandonedAsync(job.Id, actor, cancellationToken);
        if (await scorecards.FindAsync(work.Scorecard, cancellationToken) is not { } definition) return new Problem("scorecard.notFound", $"There is no scorecard {work.Scorecard}.");
        var order = new StagingOrder(job.Id, work.Folder, work.LoadDay) { AsOf = work.AsOf, Trigger = work.Trigger, Threads = Environment.ProcessorCount };
        var told = new Told(progress);
        try
        {
            return (await load.RunAsync(definition, order, actor, told, cancellationToken)).Then(ResultOf);
        }
        catch (OperationCanceledException)
        {
            if (await jobs.FindAsync(job.Id, CancellationToken.None) is { CancelRequested: true }) await EndAsync(job.Id, StagingRunState.Cancelled, [], actor);
            throw;
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            var problem = new Problem("staging.disk", broken.Message) { Remedy = "Check the folder, its rights and the free space, then run again." };
            await EndAsync(job.Id, StagingRunState.Failed, [problem], actor);
            return problem;
        }
    }

    private static Outcome<string> ResultOf(StagingRun run) => run.State switch
    {
        StagingRunState.Refused => Outcome<string>.Refused([.. run.Report!.Gate.Select(objection => new Problem("staging.gate", objection) { Remedy = "Correct the delivery; the last good features stay in use." })]),
        StagingRunState.Failed => Outcome<string>.Refused(run.Problems),
        _ => JsonSerializer.Serialize(new { run = run.Id, state = run.State.ToString(), version = run.Version, rows = run.Report?.Rows }),
    };

    // A job that was called off, or given up, while its worker was dead never came back here to end its run.
    private async Task EndAbandonedAsync(Guid current, Actor actor, CancellationToken cancellationToken)
    {
        foreach (var run in (await runs.ListAsync(new StagingQuery { States = [StagingRunState.Running] }, 1, MostAbandoned, cancellationToken)).Items.Where(run => run.Id != current))
        {
            var job = await jobs.FindAsync(run.Id, cancellationToken);
            if (job is { EndedAt: null }) continue;
            var problem = new Problem("staging.abandoned", job?.Error ?? "The run was never finished.") { Remedy = "Run it again." };
            await load.EndAsync(run with { State = job?.State == JobState.Cancelled ? StagingRunState.Cancelled : StagingRunState.Failed, Problems = job?.State == JobState.Cancelled ? [] : [problem] }, actor, cancellationToken);
        }
    }

    private async Task EndAsync(Guid id, StagingRunState state, IReadOnlyList<Problem> problems, Actor actor)
    {
        if (await runs.FindAsync(id, CancellationToken.None) is { State: StagingRunState.Running } run) await load.EndAsync(run with { State = state, Problems = problems }, actor, CancellationToken.None);
    }

    private sealed class Told(IProgress<JobProgress> progress) : IProgress<StagingProgress>
    {
        public void Report(StagingProgress value) => progress.Report(new JobProgress(value.Phase.ToString(), value.Share));
    }
}

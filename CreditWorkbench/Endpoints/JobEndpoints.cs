using CreditWorkbench.Core.Jobs;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Web.Identity;

namespace CreditWorkbench.Web.Endpoints;

/// <summary>Long work over REST: the caller's own, or anybody's for whoever may manage jobs.</summary>
public static class JobEndpoints
{
    /// <summary>Maps it.</summary>
    public static void MapJobs(this IEndpointRouteBuilder api) =>
        api.MapGet("/jobs/{id:guid}", FindAsync).RequireAuthorization().WithName("getJob").WithSummary("State and progress of a job.").WithTags("jobs").Produces<JobView>().ProducesProblem(404);

    private static async Task<IResult> FindAsync(Guid id, HttpContext context, IJobDesk desk, CancellationToken cancellationToken)
    {
        if (!ApiCaller.Of(context).TryGet(out var actor, out var problems)) return ApiProblems.Of(problems);
        return await desk.FindAsync(id, actor, cancellationToken) is { } job
            ? Results.Json(JobView.Of(job), ApiJson.Options)
            : ApiProblems.Of(new Problem("job.notFound", "There is no such job."));
    }
}

/// <summary>A job.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Kind">batch, train, etl ...</param>
/// <param name="Title">What it is about.</param>
/// <param name="State">queued, running, completed, failed or cancelled.</param>
/// <param name="Phase">What is being done.</param>
/// <param name="Progress">Share done, in [0, 1].</param>
/// <param name="Attempt">How often it was taken up.</param>
/// <param name="CancelRequested">Whether somebody asked to stop.</param>
/// <param name="CreatedAt">When asked for.</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="Error">Why it failed.</param>
public sealed record JobView(Guid Id, string Kind, string Title, JobState State, string Phase, double Progress, int Attempt, bool CancelRequested, DateTimeOffset CreatedAt, DateTimeOffset? EndedAt, string? Error)
{
    /// <summary>The view of a job.</summary>
    public static JobView Of(Job job) => new(job.Id, job.Kind, job.Title, job.State, job.Phase, job.Progress, job.Attempt, job.CancelRequested, job.CreatedAt, job.EndedAt, job.Error);
}

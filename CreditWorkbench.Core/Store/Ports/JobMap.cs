using CreditWorkbench.Core.Jobs;
using CreditWorkbench.Core.Store.Rows;

namespace CreditWorkbench.Core.Store.Ports;

/// <summary>Job to row and back.</summary>
internal static class JobMap
{
    /// <summary>A job as it is queued.</summary>
    public static JobRow Write(Job job) => new()
    {
        Id = job.Id,
        Kind = job.Kind,
        Title = job.Title,
        PayloadJson = job.PayloadJson,
        CreatedBy = job.CreatedBy,
        CreatedAt = job.CreatedAt,
        State = JobState.Queued,
    };

    public static Job Read(JobRow row) => new()
    {
        Id = row.Id,
        Kind = row.Kind,
        Title = row.Title,
        PayloadJson = row.PayloadJson,
        CreatedBy = row.CreatedBy,
        CreatedAt = row.CreatedAt,
        State = row.State,
        Owner = row.Owner,
        LeaseUntil = row.LeaseUntil,
        Attempt = row.Attempt,
        FencingToken = row.FencingToken,
        Checkpoint = row.Checkpoint,
        CancelRequested = row.CancelRequested,
        Phase = row.Phase,
        Progress = row.Progress,
        ResultJson = row.ResultJson,
        Error = row.Error,
        EndedAt = row.EndedAt,
    };
}

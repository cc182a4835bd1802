using CreditWorkbench.Core.Decisioning;

namespace CreditWorkbench.Web.Endpoints;

/// <summary>The answer to a batch that was taken in.</summary>
/// <param name="BatchId">Ask for it at <c>/batches/{batchId}</c>.</param>
public sealed record BatchTaken(Guid BatchId);

/// <summary>A row that could not be scored.</summary>
/// <param name="Row">One-based data row.</param>
/// <param name="Code">Stable code.</param>
/// <param name="Field">Field at fault; null when it is the row.</param>
/// <param name="Message">What is wrong and what to do.</param>
public sealed record BatchErrorView(long Row, string Code, string? Field, string Message);

/// <summary>A batch.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Scorecard">Scorecard.</param>
/// <param name="State">queued, running, completed, failed or cancelled.</param>
/// <param name="Model">Model in production when it was taken in, as NAME@VERSION; rows that a canary drew name the challenger themselves.</param>
/// <param name="Release">Hash of its release.</param>
/// <param name="Explain">none, top4 or full.</param>
/// <param name="Format">How the rows came: csv or ndjson.</param>
/// <param name="LegalBasis">Legal basis.</param>
/// <param name="InputHash">SHA-256 of the bytes as they came, unpacked where the transport had packed them.</param>
/// <param name="InputBytes">How many.</param>
/// <param name="Rows">Rows done.</param>
/// <param name="Rejected">Rows among them that could not be scored.</param>
/// <param name="Share">Share of the input done, in [0, 1].</param>
/// <param name="CreatedAt">When it was taken in.</param>
/// <param name="StartedAt">When work began.</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="Errors">The first rejected rows.</param>
/// <param name="ResultHash">SHA-256 of the results as CSV.</param>
/// <param name="Problem">Why it failed.</param>
/// <param name="RemovedAt">When input and results were removed.</param>
public sealed record BatchView(
    Guid Id, string Scorecard, BatchState State, string Model, string Release, SheetExplanation Explain, BatchFormat Format, string LegalBasis, string InputHash, long InputBytes, long Rows, long Rejected,
    double Share, DateTimeOffset CreatedAt, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, IReadOnlyList<BatchErrorView> Errors, string? ResultHash, string? Problem, DateTimeOffset? RemovedAt)
{
    /// <summary>The view of a batch.</summary>
    public static BatchView Of(Batch batch) => new(
        batch.Id, batch.ScorecardId, batch.State, batch.Model, batch.Release.Hex, batch.Explanation, batch.Format, batch.LegalBasis, batch.InputHash.Hex, batch.InputBytes, batch.Rows, batch.Rejected,
        batch.Share, batch.CreatedAt, batch.StartedAt, batch.EndedAt, [.. batch.Errors.Select(error => new BatchErrorView(error.Row, error.Code, error.Field, error.Message))], batch.ResultHash?.Hex, batch.Problem, batch.RemovedAt);
}

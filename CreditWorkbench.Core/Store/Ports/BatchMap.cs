using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Store.Rows;

namespace CreditWorkbench.Core.Store.Ports;

/// <summary>Batch to row and back.</summary>
internal static class BatchMap
{
    public static BatchRow Write(Batch batch) => new()
    {
        Id = batch.Id,
        OwnerId = batch.OwnerId,
        ScorecardId = batch.ScorecardId,
        Release = batch.Release.Hex,
        Model = batch.Model,
        Format = batch.Format,
        Explanation = batch.Explanation,
        IdColumn = batch.IdColumn,
        LegalBasis = batch.LegalBasis,
        InputHash = batch.InputHash.Hex,
        InputBytes = batch.InputBytes,
        CreatedAt = batch.CreatedAt,
        StartedAt = batch.StartedAt,
        EndedAt = batch.EndedAt,
        State = batch.State,
        Rows = batch.Rows,
        Rejected = batch.Rejected,
        ErrorsJson = StoreJson.Write(batch.Errors),
        ResultHash = batch.ResultHash?.Hex,
        Problem = batch.Problem,
        RemovedAt = batch.RemovedAt,
    };

    public static Batch Read(BatchRow row) => new()
    {
        Id = row.Id,
        OwnerId = row.OwnerId,
        ScorecardId = row.ScorecardId,
        Release = new ContentHash(row.Release),
        Model = row.Model,
        Format = row.Format,
        Explanation = row.Explanation,
        IdColumn = row.IdColumn,
        LegalBasis = row.LegalBasis,
        InputHash = new ContentHash(row.InputHash),
        InputBytes = row.InputBytes,
        CreatedAt = row.CreatedAt,
        StartedAt = row.StartedAt,
        EndedAt = row.EndedAt,
        State = row.State,
        Rows = row.Rows,
        Rejected = row.Rejected,
        Share = row.State == BatchState.Completed ? 1 : 0,
        Errors = StoreJson.Read<List<BatchError>>(row.ErrorsJson),
        ResultHash = row.ResultHash is { } hex ? new ContentHash(hex) : null,
        Problem = row.Problem,
        RemovedAt = row.RemovedAt,
    };
}

using System.Linq.Expressions;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Core.Store.Rows;

namespace CreditWorkbench.Core.Store.Ports;

/// <summary>Model version to row and back.</summary>
internal static class ModelMap
{
    /// <summary>Every column but the report.</summary>
    public static readonly Expression<Func<ModelRow, ModelRow>> Brief = row => new ModelRow
    {
        Id = row.Id,
        Name = row.Name,
        Version = row.Version,
        ScorecardId = row.ScorecardId,
        Family = row.Family,
        PackageHash = row.PackageHash,
        ReleaseHash = row.ReleaseHash,
        ScoringHash = row.ScoringHash,
        Stage = row.Stage,
        CreatedBy = row.CreatedBy,
        CreatedAt = row.CreatedAt,
        StageSince = row.StageSince,
        PresentationHash = row.PresentationHash,
        PolicyHash = row.PolicyHash,
        ApproveFrom = row.ApproveFrom,
        DeclineBelow = row.DeclineBelow,
        SignedBy = row.SignedBy,
        RowVersion = row.RowVersion,
    };

    public static ModelRow Write(RegisteredModel model) => new()
    {
        Id = model.Id,
        Name = model.Name,
        Version = model.Version,
        ScorecardId = model.ScorecardId,
        Family = model.Family,
        PackageHash = model.PackageHash.Hex,
        ReleaseHash = model.ReleaseHash.Hex,
        ScoringHash = model.ScoringHash.Hex,
        Stage = model.Stage,
        ReportJson = model.ReportJson,
        CreatedBy = model.CreatedBy,
        CreatedAt = model.CreatedAt,
        StageSince = model.StageSince,
        PresentationHash = model.PresentationHash?.Hex,
        PolicyHash = model.PolicyHash?.Hex,
        ApproveFrom = model.ApproveFrom,
        DeclineBelow = model.DeclineBelow,
        SignedBy = model.SignedBy,
        RowVersion = model.RowVersion,
    };

    public static RegisteredModel Read(ModelRow row) => new()
    {
        Id = row.Id,
        Name = row.Name,
        Version = row.Version,
        ScorecardId = row.ScorecardId,
        Family = row.Family,
        PackageHash = new ContentHash(row.PackageHash),
        ReleaseHash = new ContentHash(row.ReleaseHash),
        ScoringHash = new ContentHash(row.ScoringHash),
        Stage = row.Stage,
        ReportJson = row.ReportJson,
        CreatedBy = row.CreatedBy,
        CreatedAt = row.CreatedAt,
        StageSince = row.StageSince,
        PresentationHash = row.PresentationHash is { } presentation ? new ContentHash(presentation) : null,
        PolicyHash = row.PolicyHash is { } policy ? new ContentHash(policy) : null,
        ApproveFrom = row.ApproveFrom,
        DeclineBelow = row.DeclineBelow,
        SignedBy = row.SignedBy,
        RowVersion = row.RowVersion,
    };

    public static StageChangeRow Write(StageChange change) => new()
    {
        ModelId = change.ModelId,
        From = change.From,
        To = change.To,
        ActorId = change.ActorId,
        Note = change.Note,
        At = change.At,
        IsRollback = change.IsRollback,
    };

    public static StageChange Read(StageChangeRow row) => new(row.ModelId, row.From, row.To, row.ActorId, row.Note, row.At) { IsRollback = row.IsRollback };
}

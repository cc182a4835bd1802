using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Staging;
using CreditWorkbench.Core.Store.Rows;

namespace CreditWorkbench.Core.Store.Ports;

/// <summary>Runs and feature sets to rows and back.</summary>
internal static class StagingMap
{
    /// <summary>Writes what may change in the course of a run; the rest is fixed when it begins.</summary>
    public static void Write(StagingRun run, StagingRunRow row)
    {
        (row.EndedAt, row.State, row.Key, row.Findings, row.RowsAfterLoad, row.SameAs, row.Version) = (run.EndedAt, run.State, run.Key?.Hex, run.Findings, run.RowsAfterLoad, run.SameAs, run.Version);
        row.DefinitionHash = run.DefinitionHash.Hex; // a run that is resumed follows the dictionary of that day
        row.DeliveryJson = run.Delivery is null ? null : StoreJson.Write(run.Delivery.Files);
        row.ReportJson = run.Report is null ? null : StoreJson.Write(run.Report);
        row.ProblemsJson = StoreJson.Write(run.Problems);
        row.AlertsJson = StoreJson.Write(run.Alerts);
    }

    public static StagingRunRow Write(StagingRun run)
    {
        var row = new StagingRunRow
        {
            Id = run.Id,
            ScorecardId = run.ScorecardId,
            Folder = run.Folder,
            LoadDay = run.LoadDay,
            AsOf = run.AsOf,
            Trigger = run.Trigger,
            RequestedBy = run.RequestedBy,
            StartedAt = run.StartedAt,
        };
        Write(run, row);
        return row;
    }

    public static StagingRun Read(StagingRunRow row) => new()
    {
        Id = row.Id,
        ScorecardId = row.ScorecardId,
        DefinitionHash = new ContentHash(row.DefinitionHash),
        Folder = row.Folder,
        LoadDay = row.LoadDay,
        AsOf = row.AsOf,
        Trigger = row.Trigger,
        RequestedBy = row.RequestedBy,
        StartedAt = row.StartedAt,
        EndedAt = row.EndedAt,
        State = row.State,
        Key = row.Key is null ? null : new ContentHash(row.Key),
        Delivery = row.DeliveryJson is null ? null : new Delivery(StoreJson.Read<IReadOnlyList<DeliveredFile>>(row.DeliveryJson)),
        Report = row.ReportJson is null ? null : StoreJson.Read<StagingReport>(row.ReportJson),
        Problems = StoreJson.Read<IReadOnlyList<Problem>>(row.ProblemsJson),
        Alerts = StoreJson.Read<IReadOnlyList<StagingAlert>>(row.AlertsJson),
        Findings = row.Findings,
        RowsAfterLoad = row.RowsAfterLoad,
        SameAs = row.SameAs,
        Version = row.Version,
    };

    public static FeatureSetRow Write(FeatureSet set) => new()
    {
        Id = set.Id,
        ScorecardId = set.ScorecardId,
        Version = set.Version,
        DefinitionHash = set.DefinitionHash.Hex,
        ScoringHash = set.ScoringHash.Hex,
        ContentHash = set.ContentHash.Hex,
        Rows = set.Rows,
        Columns = set.Columns,
        Bytes = set.Bytes,
        NewestAsOf = set.NewestAsOf,
        PublishedAt = set.PublishedAt,
        RetiredAt = set.RetiredAt,
    };

    public static FeatureSet Read(FeatureSetRow row) => new()
    {
        Id = row.Id,
        ScorecardId = row.ScorecardId,
        Version = row.Version,
        DefinitionHash = new ContentHash(row.DefinitionHash),
        ScoringHash = new ContentHash(row.ScoringHash),
        ContentHash = new ContentHash(row.ContentHash),
        Rows = row.Rows,
        Columns = row.Columns,
        Bytes = row.Bytes,
        NewestAsOf = row.NewestAsOf,
        PublishedAt = row.PublishedAt,
        RetiredAt = row.RetiredAt,
    };
}

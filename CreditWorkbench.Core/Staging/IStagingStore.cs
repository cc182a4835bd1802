using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Staging;

/// <summary>Manifests of runs and feature sets, and the rows that were written one by one. What lies in files counts only once it stands here.</summary>
public interface IStagingStore
{
    /// <summary>Writes a run down, unless one of its identity is there already.</summary>
    /// <returns>The run as it is stored.</returns>
    Task<StagingRun> BeginAsync(StagingRun run, AuditDraft audit, CancellationToken cancellationToken);

    /// <summary>Keeps what the run has come to; it goes on.</summary>
    Task KeepAsync(StagingRun run, CancellationToken cancellationToken);

    /// <summary>Ends a run. A feature set becomes the next version in the same transaction, unless the latest one came of the same work
    /// meanwhile: then the run ends as <see cref="StagingRunState.Unchanged"/>.</summary>
    /// <param name="run">With its last state.</param>
    /// <param name="set">What it publishes; null for nothing.</param>
    /// <param name="audit">What to write into the trail.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The run as it is stored; one that had ended before stays as it was.</returns>
    Task<StagingRun> EndAsync(StagingRun run, FeatureSet? set, IReadOnlyList<AuditDraft> audit, CancellationToken cancellationToken);

    /// <summary>One run; null when unknown.</summary>
    Task<StagingRun?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Runs, newest first.</summary>
    Task<Page<StagingRun>> ListAsync(StagingQuery query, int page, int pageSize, CancellationToken cancellationToken);

    /// <summary>Feature sets, newest first; retired ones too.</summary>
    /// <param name="scorecardId">Scorecard; null for all.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<IReadOnlyList<FeatureSet>> SetsAsync(string? scorecardId, CancellationToken cancellationToken);

    /// <summary>Marks a set as retired, before its file goes.</summary>
    Task RetireAsync(FeatureSet set, AuditDraft audit, CancellationToken cancellationToken);

    /// <summary>Adds a row; earlier ones of the same entity stay.</summary>
    Task AddRowAsync(WrittenFeatureRow row, AuditDraft audit, CancellationToken cancellationToken);

    /// <summary>The row of an entity with the newest as-of instant that is not after a limit; the one written last where instants are equal.</summary>
    Task<WrittenFeatureRow?> FindRowAsync(string scorecardId, string entity, DateTimeOffset limit, CancellationToken cancellationToken);
}

/// <summary>Which runs a list shows; null members do not filter.</summary>
public sealed record StagingQuery
{
    /// <summary>Of this scorecard.</summary>
    public string? ScorecardId { get; init; }
    /// <summary>In one of these states.</summary>
    public IReadOnlyList<StagingRunState>? States { get; init; }
    /// <summary>Begun before.</summary>
    public DateTimeOffset? Before { get; init; }
}

/// <summary>A row of features that somebody wrote by itself.</summary>
/// <param name="Id">Identity.</param>
/// <param name="ScorecardId">Scorecard.</param>
/// <param name="Entity">Entity.</param>
/// <param name="AsOf">Up to when its values count.</param>
/// <param name="WrittenAt">When it became known.</param>
/// <param name="WrittenBy">Who wrote it.</param>
/// <param name="ScoringHash">Dictionary that it was checked against.</param>
/// <param name="Values">Values as in the feature file; null for a missing one.</param>
public sealed record WrittenFeatureRow(
    Guid Id, string ScorecardId, string Entity, DateTimeOffset AsOf, DateTimeOffset WrittenAt, Guid WrittenBy, ContentHash ScoringHash, IReadOnlyDictionary<string, string?> Values);

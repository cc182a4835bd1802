using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Staging;

/// <summary>Where people look at runs of staging and at what was kept out.</summary>
public sealed class StagingDesk(IStagingStore store, StagingZones zones, IAuditTrail trail)
{
    /// <summary>Runs, newest first.</summary>
    public async Task<Outcome<Page<StagingRun>>> ListAsync(StagingQuery query, int page, int pageSize, Actor actor, CancellationToken cancellationToken) =>
        actor.Lacks(Permission.ReadModels) is { } refusal ? refusal : await store.ListAsync(query, page, pageSize, cancellationToken);

    /// <summary>One run; <c>staging.run.unknown</c> when there is none.</summary>
    public async Task<Outcome<StagingRun>> FindAsync(Guid id, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.ReadModels) is { } refusal) return refusal;
        return await store.FindAsync(id, cancellationToken) is { } run ? run : new Problem("staging.run.unknown", "There is no such run.") { Remedy = "See the list of runs." };
    }

    /// <summary>The run of the same scorecard before this one that has a report of its own; null when this is the first.</summary>
    public async Task<StagingRun?> BeforeAsync(StagingRun run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        var query = new StagingQuery { ScorecardId = run.ScorecardId, States = [StagingRunState.Published, StagingRunState.Refused], Before = run.StartedAt };
        return await store.ListAsync(query, 1, 1, cancellationToken) is { Items: [var before, ..] } ? before : null;
    }

    /// <summary>The first findings of a run as CSV lines, the header first.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public Outcome<IReadOnlyList<string>> Sample(StagingRun run, int lines, Actor actor)
    {
        ArgumentNullException.ThrowIfNull(run);
        return actor.Lacks(Permission.ReadModels) is { } refusal ? refusal : Outcome<IReadOnlyList<string>>.Success([.. zones.Quarantine(SourceOf(run)).Take(lines + 1)]);
    }

    /// <summary>All findings of a run as CSV lines, the header first. The download is written down before the first line.</summary>
    public async Task<Outcome<IEnumerable<string>>> DownloadAsync(StagingRun run, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (actor.Lacks(Permission.ReadModels) is { } refusal) return refusal;
        await trail.AppendAsync([new AuditDraft(actor, "staging.quarantineDownloaded", run.Id.ToString(), new Dictionary<string, string?> { ["scorecard"] = run.ScorecardId })], cancellationToken);
        return Outcome<IEnumerable<string>>.Success(zones.Quarantine(SourceOf(run)));
    }

    // A run that found nothing new shows the findings of the run that did the work.
    private static Guid SourceOf(StagingRun run) => run.SameAs ?? run.Id;
}

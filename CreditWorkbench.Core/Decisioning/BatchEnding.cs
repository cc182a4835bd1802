using System.Globalization;
using System.Text.Json;
using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Jobs;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Decisioning;

/// <summary>Ends batches: one entry in the trail with the hashes of what came and what went, and word to whoever wants to be told.</summary>
public sealed class BatchEnding(IBatchStore batches, IBatchFiles files, IWebhookStore webhooks, TimeProvider clock)
{
    /// <summary>Event: the results are there.</summary>
    public const string Completed = "batch.completed";

    /// <summary>Event: it was given up.</summary>
    public const string Failed = "batch.failed";

    /// <summary>Event: it was called off.</summary>
    public const string Cancelled = "batch.cancelled";

    /// <summary>Everything is done.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="counts">What it came to.</param>
    /// <param name="challenged">Rows that challengers of canaries scored, by release.</param>
    /// <param name="results">Hash of the results.</param>
    /// <param name="cancellationToken">Cancels.</param>
    internal Task CompletedAsync(Batch batch, BatchCounts counts, IReadOnlyDictionary<ContentHash, long> challenged, ContentHash results, CancellationToken cancellationToken) =>
        EndAsync(
            batch with { State = BatchState.Completed, Rows = counts.Rows, Rejected = counts.Rejected, Errors = counts.Errors, ResultHash = results }, Completed, cancellationToken, challenged);

    /// <summary>It cannot be done.</summary>
    internal async Task FailedAsync(Batch batch, BatchCounts counts, string problem, CancellationToken cancellationToken)
    {
        if (await EndAsync(batch with { State = BatchState.Failed, Rows = counts.Rows, Rejected = counts.Rejected, Errors = counts.Errors, Problem = problem }, Failed, cancellationToken)) files.Remove(batch.Id);
    }

    /// <summary>It was called off: nothing of it is kept.</summary>
    internal async Task CancelledAsync(Batch batch, CancellationToken cancellationToken)
    {
        if (await EndAsync(batch with { State = BatchState.Cancelled }, Cancelled, cancellationToken)) files.Remove(batch.Id);
    }

    /// <summary>Tells of a batch that has ended; however often it is called, the event is told once.</summary>
    internal Task TellAsync(Batch ended, CancellationToken cancellationToken)
    {
        var kind = ended.State switch { BatchState.Completed => Completed, BatchState.Cancelled => Cancelled, _ => Failed };
        return webhooks.RaiseAsync(ended.OwnerId, kind, $"{kind}:{ended.Id}", Payload(ended, kind), clock.GetUtcNow(), cancellationToken);
    }

    // False when somebody else ended it before, perhaps otherwise: then that is what is told.
    private async Task<bool> EndAsync(Batch batch, string kind, CancellationToken cancellationToken, IReadOnlyDictionary<ContentHash, long>? challenged = null)
    {
        var ended = batch with { EndedAt = clock.GetUtcNow() };
        var first = await batches.EndAsync(ended, Entry(ended, kind, challenged ?? new Dictionary<ContentHash, long>()), cancellationToken);
        if ((first ? ended : await batches.FindAsync(batch.Id, cancellationToken)) is { EndedAt: not null } told) await TellAsync(told, cancellationToken);
        return first;
    }

    private static AuditDraft Entry(Batch batch, string kind, IReadOnlyDictionary<ContentHash, long> challenged) =>
        new(new Actor(batch.OwnerId, "", ActorKind.Client, new HashSet<Permission>()), kind, batch.Id.ToString(), new Dictionary<string, string?>
        {
            ["scorecard"] = batch.ScorecardId,
            ["model"] = batch.Model,
            ["legalBasis"] = batch.LegalBasis,
            ["input"] = batch.InputHash.Hex,
            ["results"] = batch.ResultHash?.Hex,
            ["rows"] = batch.Rows.ToString(CultureInfo.InvariantCulture),
            ["rejected"] = batch.Rejected.ToString(CultureInfo.InvariantCulture),
            ["problem"] = batch.Problem,
            ["challenged"] = challenged.Count == 0 ? null : string.Join(", ", challenged.OrderBy(release => release.Key.Hex, StringComparer.Ordinal).Select(release => string.Create(CultureInfo.InvariantCulture, $"{release.Key.Hex}: {release.Value}"))),
        })
        { Releases = [batch.Release, .. challenged.Keys] };

    private static string Payload(Batch batch, string kind) => JsonSerializer.Serialize(new
    {
        @event = kind,
        batchId = batch.Id,
        scorecard = batch.ScorecardId,
        state = batch.State.ToString().ToLowerInvariant(),
        rows = batch.Rows,
        rejected = batch.Rejected,
        endedAt = batch.EndedAt?.UtcDateTime,
    });
}

using System.Collections.Concurrent;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Registry;

/// <summary>Dictionaries of the store, parsed once per content and re-read at most a second after a change.</summary>
public sealed class ScorecardCatalog(IModelStore models, TimeProvider clock) : IScorecardCatalog
{
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<ContentHash, ScorecardDefinition> _parsed = new();
    private volatile Snapshot? _snapshot;

    /// <inheritdoc/>
    public async ValueTask<ScorecardDefinition?> FindAsync(string scorecardId, CancellationToken cancellationToken) =>
        (await CurrentAsync(cancellationToken)).FirstOrDefault(definition => definition.Id == scorecardId);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<ScorecardDefinition>> ListAsync(CancellationToken cancellationToken) => await CurrentAsync(cancellationToken);

    private async ValueTask<IReadOnlyList<ScorecardDefinition>> CurrentAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetTimestamp();
        if (_snapshot is { } fresh && clock.GetElapsedTime(fresh.ReadAt, now) < Freshness) return fresh.Definitions;
        var sources = await models.ScorecardsAsync(cancellationToken);
        var definitions = sources.OrderBy(source => source.Key, StringComparer.Ordinal).Select(source => Parse(source.Key, source.Value)).ToList();
        _snapshot = new Snapshot(now, definitions);
        return definitions;
    }

    // The store only holds dictionaries that were checked on the way in; one that no longer reads is a bug, not bad input.
    private ScorecardDefinition Parse(string id, string source) => _parsed.GetOrAdd(ContentHash.Of(source), _ => ScorecardReader.Read(source, id).Value);

    private sealed record Snapshot(long ReadAt, IReadOnlyList<ScorecardDefinition> Definitions);
}

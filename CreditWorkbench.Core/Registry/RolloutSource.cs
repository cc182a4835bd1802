using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Registry;

/// <summary>Rollouts in force, at most a second old: a change holds on every node within two seconds.</summary>
public sealed class RolloutSource(IRolloutStore rollouts, TimeProvider clock)
{
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);
    private volatile Snapshot? _snapshot;

    /// <summary>Rollouts in force whose champion is the given release: one whose champion was replaced meanwhile holds no more.</summary>
    /// <param name="scorecardId">Scorecard.</param>
    /// <param name="champion">Release in production.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async ValueTask<IReadOnlyList<Rollout>> RunningAsync(string scorecardId, ContentHash champion, CancellationToken cancellationToken)
    {
        var now = clock.GetTimestamp();
        if (_snapshot is not { } fresh || clock.GetElapsedTime(fresh.ReadAt, now) >= Freshness)
            _snapshot = fresh = new Snapshot(now, (await rollouts.RunningAsync(cancellationToken)).ToLookup(rollout => rollout.ScorecardId));
        if (!fresh.Rollouts.Contains(scorecardId)) return [];
        return [.. fresh.Rollouts[scorecardId].Where(rollout => rollout.ChampionRelease == champion)];
    }

    /// <summary>The canary whose challenger decided on somebody at an instant; null when the release was in production by itself.</summary>
    /// <param name="scorecardId">Scorecard.</param>
    /// <param name="release">Release that scored.</param>
    /// <param name="at">When.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<Rollout?> ThatIssuedAsync(string scorecardId, ContentHash release, DateTimeOffset at, CancellationToken cancellationToken) =>
        (await rollouts.ListAsync(scorecardId, cancellationToken)).FirstOrDefault(rollout =>
            rollout.Mode == RolloutMode.Canary && rollout.ChallengerRelease == release && rollout.StartedAt <= at && (rollout.EndedAt is not { } ended || at <= ended.AddSeconds(2)));

    private sealed record Snapshot(long ReadAt, ILookup<string, Rollout> Rollouts);
}

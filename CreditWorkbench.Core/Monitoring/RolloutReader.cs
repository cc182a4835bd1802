using System.Collections.Concurrent;
using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Core.Scoring;

namespace CreditWorkbench.Core.Monitoring;

/// <summary>A rollout with what it came to and how that stands to its limits.</summary>
/// <param name="Rollout">The rollout.</param>
/// <param name="Figures">Figures of its window.</param>
/// <param name="Readings">One per guardrail.</param>
public sealed record WatchedRollout(Rollout Rollout, RolloutFigures Figures, IReadOnlyList<GuardrailReading> Readings);

/// <summary>Reads what rollouts come to. Counts are always fresh; groups, which cost a look into the vault, are ten seconds old at most.</summary>
public sealed class RolloutReader(IRolloutStore rollouts, IRolloutEvidence evidence, ReleaseSource releases, SensitiveGroupReader groups, TimeProvider clock)
{
    private const int MostCompared = 5_000;
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(10);
    private readonly ConcurrentDictionary<Guid, (long ReadAt, int Compared, IReadOnlyList<GroupFigures> Groups)> _groups = new();

    /// <summary>One rollout with its figures; needs <see cref="Permission.ReadModels"/>; <c>rollout.notFound</c>.</summary>
    public async Task<Outcome<WatchedRollout>> WatchAsync(Guid id, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.ReadModels) is { } refusal) return refusal;
        return await rollouts.FindAsync(id, cancellationToken) is { } rollout
            ? await WatchAsync(rollout, cancellationToken)
            : new Problem("rollout.notFound", "There is no such rollout.") { Remedy = "See the list of rollouts." };
    }

    internal async Task<WatchedRollout> WatchAsync(Rollout rollout, CancellationToken cancellationToken)
    {
        var end = rollout.EndedAt ?? clock.GetUtcNow();
        var window = end.AddHours(-rollout.Guardrails.WindowHours);
        var from = window > rollout.StartedAt ? window : rollout.StartedAt.AddMinutes(-1); // counts are kept per minute
        var counts = await evidence.CountsAsync(rollout.Id, from, cancellationToken);
        var (compared, found) = await GroupsAsync(rollout, from, cancellationToken);
        var figures = new RolloutFigures(from, ArmFigures.Of(counts, RolloutArm.Champion), ArmFigures.Of(counts, RolloutArm.Challenger), compared, found);
        var streaks = await rollouts.StreaksAsync(rollout.Id, cancellationToken);
        return new WatchedRollout(
            rollout, figures, [.. GuardrailJudge.Judge(rollout.Guardrails, figures).Select(reading => reading with { Streak = streaks.GetValueOrDefault($"{reading.Guardrail}") })]);
    }

    private async Task<(int Compared, IReadOnlyList<GroupFigures> Groups)> GroupsAsync(Rollout rollout, DateTimeOffset from, CancellationToken cancellationToken)
    {
        var now = clock.GetTimestamp();
        if (_groups.TryGetValue(rollout.Id, out var kept) && clock.GetElapsedTime(kept.ReadAt, now) < Freshness) return (kept.Compared, kept.Groups);
        var cases = await evidence.DecisionsAsync(rollout.Id, from, MostCompared, cancellationToken);
        IReadOnlyList<GroupFigures> found = [];
        if (cases.Count >= GroupFigures.FewestCases && (await releases.ByHashAsync(rollout.ChampionRelease, cancellationToken)).TryGet(out var release, out _))
        {
            var byInput = await groups.ReadAsync(release.Definition, [.. cases.Select(one => one.ApplicationId).Distinct()], cancellationToken);
            found = [.. byInput.SelectMany(input => GroupFigures.Of(input.Key, cases.Select(one =>
                (input.Value.GetValueOrDefault(one.ApplicationId), one.Champion == Recommendation.Approve, one.Challenger == Recommendation.Approve))))];
        }

        _groups[rollout.Id] = (now, cases.Count, found);
        return (cases.Count, found);
    }
}

using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Monitoring;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Core.Scoring;

namespace CreditWorkbench.Web.Hosting.Demo;

/// <summary>Gives the demo a challenger: one look that was stopped because it was slow, with the alert of that, and one that runs, over the demo's own
/// cases.</summary>
public sealed class DemoRollouts(RolloutDesk desk, IRolloutEvidence evidence, PairedRescoring rescoring, AlertDesk alerts, TimeProvider clock)
{
    private const int MostCases = 200;
    private const double SlowMilliseconds = 143.2, UsualMilliseconds = 61.5;
    private static readonly RolloutGuardrails Limits = new();

    /// <summary>Starts them where the scorecard has no rollout yet.</summary>
    /// <param name="challenger">A version in staging.</param>
    /// <param name="starter">Who starts; not its builder.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Rollouts made.</returns>
    public async Task<Outcome<int>> StartAsync(RegisteredModel challenger, Actor starter, CancellationToken cancellationToken)
    {
        if (!(await desk.ListAsync(challenger.ScorecardId, starter, cancellationToken)).TryGet(out var known, out var problems)) return Outcome<int>.Refused(problems);
        if (known.Count > 0) return 0;
        var request = new RolloutRequest(challenger.Reference, RolloutMode.Shadow, 0, Limits, "See whom a smaller forest would decide otherwise.");
        if (!(await desk.StartAsync(request, starter, cancellationToken)).TryGet(out var first, out problems)) return Outcome<int>.Refused(problems);
        if (!(await StopAsync(first, cancellationToken)).TryGet(out _, out problems)) return Outcome<int>.Refused(problems);
        if (!(await desk.StartAsync(request with { Note = "Again, now that the machine has room." }, starter, cancellationToken)).TryGet(out var second, out problems)) return Outcome<int>.Refused(problems);
        if (!(await rescoring.RecentAsync(second.ChallengerRelease, MostCases, cancellationToken)).TryGet(out var pairs, out problems)) return Outcome<int>.Refused(problems);
        await evidence.AddAsync(TalliesOf(second, pairs), [.. pairs.Select(pair => pair with { Id = Guid.CreateVersion7(second.StartedAt), RolloutId = second.Id, At = second.StartedAt })], cancellationToken);
        return 2;
    }

    private async Task<Outcome<Rollout>> StopAsync(Rollout rollout, CancellationToken cancellationToken)
    {
        var facts = new Dictionary<string, string>
        {
            ["champion"] = rollout.Champion,
            ["challenger"] = rollout.Challenger,
            ["mode"] = $"{rollout.Mode}",
            ["guardrail"] = $"{Guardrail.Latency}",
            ["value"] = FormattableString.Invariant($"{SlowMilliseconds}"),
            ["limit"] = FormattableString.Invariant($"{Limits.LatencyMilliseconds}"),
            ["championValue"] = FormattableString.Invariant($"{UsualMilliseconds}"),
            ["challengerValue"] = FormattableString.Invariant($"{SlowMilliseconds}"),
            ["example"] = "demo",
        };
        await alerts.RaiseAsync(new AlertRequest("rollout.rolledBack", AlertSeverity.Critical, $"rollout.rolledBack:{rollout.Id}", rollout.ScorecardId, rollout.Id.ToString(), facts), Actor.System, cancellationToken);
        var note = FormattableString.Invariant($"Guardrail Latency: {SlowMilliseconds}, limit {Limits.LatencyMilliseconds}; champion {UsualMilliseconds}, challenger {SlowMilliseconds} (an example of the demo).");
        return await desk.RollBackAsync(rollout.Id, rollout.RowVersion, note, Actor.System, cancellationToken);
    }

    // What the watch counts of a shadow: both sides attempted and decided every case.
    private List<RolloutTally> TalliesOf(Rollout rollout, IReadOnlyList<RolloutPair> pairs)
    {
        var minute = clock.GetUtcNow();
        minute = minute.AddTicks(-(minute.UtcTicks % TimeSpan.TicksPerMinute));
        List<RolloutTally> tallies = [];
        if (pairs.Count == 0) return tallies;
        foreach (var (arm, milliseconds, decisions) in new[] { (RolloutArm.Champion, 3.0, pairs.Select(pair => pair.Champion.Decision)), (RolloutArm.Challenger, 1.5, pairs.Select(pair => pair.Challenger.Decision)) })
        {
            tallies.Add(new(rollout.Id, arm, minute, RolloutMeasures.Run, 0, pairs.Count));
            tallies.Add(new(rollout.Id, arm, minute, RolloutMeasures.Latency, RolloutMeasures.LatencyBin(TimeSpan.FromMilliseconds(milliseconds)), pairs.Count));
            tallies.AddRange(decisions.CountBy(decision => decision).Select(count => new RolloutTally(rollout.Id, arm, minute, RolloutMeasures.Decision, (int)count.Key, count.Value)));
        }

        return tallies;
    }
}

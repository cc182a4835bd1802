using System.Diagnostics.Metrics;
using CreditWorkbench.Core.Registry;

namespace CreditWorkbench.Core.Decisioning;

/// <summary>Figures of rollouts, for the metrics endpoint.</summary>
public static class RolloutMetrics
{
    private static readonly Meter Meter = new("CreditWorkbench");
    private static readonly Counter<long> Decisions = Meter.CreateCounter<long>("workbench_rollout_decisions_total", description: "Decisions while a rollout is in force, by scorecard and side.");
    private static readonly Counter<long> Unseen = Meter.CreateCounter<long>("workbench_rollout_unseen_total", description: "Cases that a challenger or champion scored unseen, by scorecard and result.");
    private static readonly Counter<long> Drops = Meter.CreateCounter<long>("workbench_rollout_dropped_total", description: "Cases that were not compared because the queue was full, by scorecard.");

    /// <summary>Counts issued decisions.</summary>
    public static void Decided(string scorecardId, RolloutArm arm, long count = 1) => Decisions.Add(count, new("scorecard", scorecardId), new("arm", arm == RolloutArm.Champion ? "champion" : "challenger"));

    /// <summary>Counts a case scored unseen.</summary>
    public static void Compared(string scorecardId, bool failed) => Unseen.Add(1, new("scorecard", scorecardId), new("result", failed ? "failed" : "ok"));

    /// <summary>Counts a case that was not compared.</summary>
    public static void Dropped(string scorecardId) => Drops.Add(1, new KeyValuePair<string, object?>("scorecard", scorecardId));
}

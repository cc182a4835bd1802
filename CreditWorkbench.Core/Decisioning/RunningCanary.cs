using CreditWorkbench.Core.Registry;
using CreditWorkbench.Core.Scoring;

namespace CreditWorkbench.Core.Decisioning;

/// <summary>A canary in force, for whoever decides on many rows at a time. Its cases are counted for the guardrails but not compared: a file of a million rows
/// would crowd out the cases that single calls bring.</summary>
/// <param name="Rollout">The rollout.</param>
/// <param name="Challenger">The challenger's line.</param>
/// <param name="Recorder">Hears of decisions; null: nobody does.</param>
public sealed record RunningCanary(Rollout Rollout, ServingLine Challenger, RolloutRecorder? Recorder)
{
    /// <summary>Whether the challenger decides on a subject.</summary>
    public bool Takes(string subject) => RolloutDraw.Takes(Rollout, subject);

    /// <summary>Tells of decisions of one side.</summary>
    public void Issued(RolloutArm arm, Recommendation decision, long count) => Recorder?.Issued(Rollout, arm, decision, count);

    /// <summary>Tells of cases that the challenger could not score.</summary>
    public void Failed(long count) => Recorder?.Failed(Rollout, count);
}

using System.Threading.Channels;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Core.Scoring;

namespace CreditWorkbench.Core.Decisioning;

/// <summary>A case that waits to be scored by those who did not decide.</summary>
/// <param name="Choice">Who decided, and who else is to see it.</param>
/// <param name="Decided">The case.</param>
/// <param name="At">When.</param>
public sealed record UnseenCase(ServingChoice Choice, DecidedCase Decided, DateTimeOffset At);

/// <summary>Takes down what was decided while rollouts are in force. Whoever tells it never waits: counts are kept in memory until they are
/// fetched, cases go into a queue of bounded length, and one that finds it full is counted and let go.</summary>
public sealed class RolloutRecorder(TimeProvider clock)
{
    /// <summary>Cases that wait at most.</summary>
    public const int Capacity = 2_048;

    private readonly Channel<UnseenCase> _waiting = Channel.CreateBounded<UnseenCase>(new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.Wait });
    private readonly Lock _gate = new();
    private Dictionary<(Guid, RolloutArm, DateTimeOffset, string, int), long> _counts = [];

    /// <summary>Cases to be scored unseen.</summary>
    public ChannelReader<UnseenCase> Waiting => _waiting.Reader;

    /// <summary>Takes down a decision.</summary>
    public void Decided(ServingChoice choice, DecidedCase decided)
    {
        RolloutMetrics.Decided(choice.Champion.Release.Definition.Id, choice.Arm);
        foreach (var contest in choice.Contests)
        {
            // A shadow counts both sides when it has compared them; so both have seen the same cases.
            if (contest.Rollout.Mode == RolloutMode.Canary) Count(contest.Rollout.Id, ArmOf(contest, choice), decided);
            if (contest.Challenger is null) CountFailure(contest.Rollout.Id, RolloutArm.Challenger);
        }

        if (_waiting.Writer.TryWrite(new UnseenCase(choice, decided, clock.GetUtcNow()))) return;
        RolloutMetrics.Dropped(choice.Champion.Release.Definition.Id);
        foreach (var contest in choice.Contests) Add(contest.Rollout.Id, RolloutArm.Challenger, RolloutMeasures.Dropped, 0);
    }

    /// <summary>Takes down that the chosen line failed.</summary>
    public void Failed(ServingChoice choice)
    {
        foreach (var contest in choice.Contests)
            if (contest.Rollout.Mode == RolloutMode.Canary || choice.Arm == RolloutArm.Champion) CountFailure(contest.Rollout.Id, ArmOf(contest, choice));
    }

    /// <summary>Takes down decisions of a canary on rows of a file. They have no time of their own, and nobody compares them.</summary>
    internal void Issued(Rollout rollout, RolloutArm arm, Recommendation decision, long count)
    {
        if (count == 0) return;
        RolloutMetrics.Decided(rollout.ScorecardId, arm, count);
        Add(rollout.Id, arm, RolloutMeasures.Run, 0, count);
        Add(rollout.Id, arm, RolloutMeasures.Decision, (int)decision, count);
    }

    /// <summary>Takes down rows of a file that the challenger could not score.</summary>
    internal void Failed(Rollout rollout, long count)
    {
        Add(rollout.Id, RolloutArm.Challenger, RolloutMeasures.Run, 0, count);
        Add(rollout.Id, RolloutArm.Challenger, RolloutMeasures.Error, 0, count);
    }

    /// <summary>Counts a decision of a side with the time that it took.</summary>
    internal void Count(Guid rolloutId, RolloutArm arm, DecidedCase decided)
    {
        Add(rolloutId, arm, RolloutMeasures.Run, 0);
        Add(rolloutId, arm, RolloutMeasures.Decision, (int)decided.Decision);
        Add(rolloutId, arm, RolloutMeasures.Latency, RolloutMeasures.LatencyBin(decided.Elapsed));
    }

    /// <summary>Counts an attempt that failed.</summary>
    internal void CountFailure(Guid rolloutId, RolloutArm arm)
    {
        Add(rolloutId, arm, RolloutMeasures.Run, 0);
        Add(rolloutId, arm, RolloutMeasures.Error, 0);
    }

    /// <summary>Counts an attempt that nobody saw and that went well.</summary>
    internal void CountRun(Guid rolloutId, RolloutArm arm) => Add(rolloutId, arm, RolloutMeasures.Run, 0);

    /// <summary>Hands out the counts since the last time.</summary>
    public IReadOnlyList<RolloutTally> Fetch()
    {
        Dictionary<(Guid, RolloutArm, DateTimeOffset, string, int), long> counts;
        lock (_gate) (counts, _counts) = (_counts, []);
        return [.. counts.Select(count => new RolloutTally(count.Key.Item1, count.Key.Item2, count.Key.Item3, count.Key.Item4, count.Key.Item5, count.Value))];
    }

    /// <summary>Takes counts back that could not be stored.</summary>
    public void Return(IReadOnlyList<RolloutTally> tallies)
    {
        lock (_gate)
        {
            foreach (var tally in tallies) Increase((tally.RolloutId, tally.Arm, tally.Minute, tally.Measure, tally.Bin), tally.Count);
        }
    }

    private void Add(Guid rolloutId, RolloutArm arm, string measure, int bin, long count = 1)
    {
        var now = clock.GetUtcNow();
        var minute = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMinute));
        lock (_gate) Increase((rolloutId, arm, minute, measure, bin), count);
    }

    private void Increase((Guid, RolloutArm, DateTimeOffset, string, int) key, long by) => _counts[key] = _counts.GetValueOrDefault(key) + by;

    // The challenger of one rollout that decided is the champion's side of no other.
    private static RolloutArm ArmOf(Contest contest, ServingChoice choice) => contest.Challenger == choice.Line ? RolloutArm.Challenger : RolloutArm.Champion;
}

using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Core.Scoring;

namespace CreditWorkbench.Core.Monitoring;

/// <summary>What one side of a rollout did over a window.</summary>
public sealed record ArmFigures
{
    private readonly IReadOnlyList<(int Bin, long Count)> _latency;

    private ArmFigures(IReadOnlyList<(int Bin, long Count)> latency) => _latency = latency;

    /// <summary>Attempts to score, seen or not.</summary>
    public required long Runs { get; init; }
    /// <summary>Attempts that failed.</summary>
    public required long Errors { get; init; }
    /// <summary>Cases recommended for approval.</summary>
    public required long Approved { get; init; }
    /// <summary>Cases referred to a person.</summary>
    public required long Referred { get; init; }
    /// <summary>Cases recommended for decline.</summary>
    public required long Declined { get; init; }
    /// <summary>Cases that could not be compared, because the queue was full.</summary>
    public required long Dropped { get; init; }

    /// <summary>Cases decided.</summary>
    public long Cases => Approved + Referred + Declined;

    /// <summary>Share approved; null without a case.</summary>
    public double? ApprovalRate => Cases == 0 ? null : (double)Approved / Cases;

    /// <summary>Share of attempts that failed; null without one.</summary>
    public double? ErrorShare => Runs == 0 ? null : (double)Errors / Runs;

    /// <summary>95th percentile of the time to score and explain, milliseconds, to the border of its bin; null without a case.</summary>
    public double? LatencyMilliseconds => AtRank(0.95, 0);

    /// <summary>Reads one side out of counts.</summary>
    public static ArmFigures Of(IReadOnlyList<RolloutCount> counts, RolloutArm arm)
    {
        var own = counts.Where(count => count.Arm == arm).ToLookup(count => count.Measure);
        return new ArmFigures([.. own[RolloutMeasures.Latency].OrderBy(count => count.Bin).Select(count => (count.Bin, count.Count))])
        {
            Runs = own[RolloutMeasures.Run].Sum(count => count.Count),
            Errors = own[RolloutMeasures.Error].Sum(count => count.Count),
            Approved = Decided(Recommendation.Approve),
            Referred = Decided(Recommendation.Refer),
            Declined = Decided(Recommendation.Decline),
            Dropped = own[RolloutMeasures.Dropped].Sum(count => count.Count),
        };

        long Decided(Recommendation recommendation) => own[RolloutMeasures.Decision].Where(count => count.Bin == (int)recommendation).Sum(count => count.Count);
    }

    /// <summary>A limit that the 95th percentile lies above, but for chance: the order statistic that is <paramref name="deviations"/> standard
    /// deviations of a binomial rank below it.</summary>
    public double? LatencyAtLeast(double deviations) => AtRank(0.95, deviations);

    private double? AtRank(double share, double deviations)
    {
        var total = _latency.Sum(bin => bin.Count);
        if (total == 0) return null;
        var rank = share * total - deviations * Math.Sqrt(total * share * (1 - share));
        var below = 0L;
        foreach (var (bin, count) in _latency)
        {
            below += count;
            if (below >= rank) return RolloutMeasures.MillisecondsOf(bin);
        }

        return RolloutMeasures.MillisecondsOf(_latency[^1].Bin);
    }
}

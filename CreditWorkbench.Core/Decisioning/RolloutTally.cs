using CreditWorkbench.Core.Registry;

namespace CreditWorkbench.Core.Decisioning;

/// <summary>A number of cases of one side of a rollout.</summary>
/// <param name="RolloutId">Rollout.</param>
/// <param name="Arm">Side.</param>
/// <param name="Minute">Minute, UTC.</param>
/// <param name="Measure">One of <see cref="RolloutMeasures"/>.</param>
/// <param name="Bin">Zero-based; 0 where the measure has one only.</param>
/// <param name="Count">Cases.</param>
public sealed record RolloutTally(Guid RolloutId, RolloutArm Arm, DateTimeOffset Minute, string Measure, int Bin, long Count);

/// <summary>What is counted of a rollout.</summary>
public static class RolloutMeasures
{
    /// <summary>Decisions, by recommendation: those that were issued in a canary, all in a shadow.</summary>
    public const string Decision = "decision";
    /// <summary>Attempts to score, seen or not.</summary>
    public const string Run = "run";
    /// <summary>Attempts that failed.</summary>
    public const string Error = "error";
    /// <summary>Time to score and explain of the counted decisions, by <see cref="LatencyBin"/>.</summary>
    public const string Latency = "latency";
    /// <summary>Cases that were not compared, because the queue was full.</summary>
    public const string Dropped = "dropped";

    private const int BinsPerOctave = 8;

    /// <summary>Bin of a duration: eight to each doubling, from a microsecond on.</summary>
    public static int LatencyBin(TimeSpan elapsed) => elapsed.TotalMicroseconds <= 1 ? 0 : (int)Math.Ceiling(BinsPerOctave * Math.Log2(elapsed.TotalMicroseconds));

    /// <summary>Upper border of a bin, milliseconds.</summary>
    public static double MillisecondsOf(int bin) => Math.Pow(2, (double)bin / BinsPerOctave) / 1_000;
}

namespace CreditWorkbench.Benchmarks.Peers;

/// <summary>What one run of a task took.</summary>
/// <param name="Value">The figure, in the task's unit.</param>
/// <param name="Timing">The clocks behind it.</param>
/// <param name="Quality">What the work is worth, so that speed is not bought: AUC of a training, largest error of a computation; null
/// where it has none.</param>
internal sealed record PeerMeasure(double Value, PeerTiming Timing, double? Quality)
{
    /// <summary>A measure in seconds.</summary>
    public static PeerMeasure Seconds(PeerTiming timing, double? quality = null) => new(timing.WallSeconds, timing, quality);

    /// <summary>A measure in rows per second.</summary>
    public static PeerMeasure Rate(PeerTiming timing, long rows, double? quality = null) => new(rows / timing.WallSeconds, timing, quality);

    /// <summary>A measure in microseconds per call, where a timing covers many calls or knows their median.</summary>
    public static PeerMeasure Microseconds(double microseconds, PeerTiming timing, double? quality = null) => new(microseconds, timing, quality);
}

/// <summary>Clocks of a repeated piece of work.</summary>
/// <param name="WallSeconds">Median over the repetitions.</param>
/// <param name="CpuSeconds">Mean over the repetitions, all threads of the process.</param>
/// <param name="Busy">CPU seconds over (wall seconds x threads), all repetitions together.</param>
/// <param name="Repetitions">How often the work was timed.</param>
/// <param name="ResidentBefore">Resident memory before the work began, in MiB.</param>
/// <param name="ResidentPeak">Most resident memory during the work, in MiB; what comes after the clock does not count.</param>
internal sealed record PeerTiming(double WallSeconds, double CpuSeconds, double Busy, int Repetitions, double ResidentBefore, double ResidentPeak);

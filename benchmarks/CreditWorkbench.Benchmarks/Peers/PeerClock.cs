using System.Diagnostics;

namespace CreditWorkbench.Benchmarks.Peers;

/// <summary>Times work inside a task's process.</summary>
/// <remarks>The peers are compiled code, ours is compiled while it first runs. So work is warmed up before the clock: it is called until it
/// was called three times and two seconds have passed, or once when that took over three seconds, and the compiler's background thread
/// gets a moment to finish. Then, as in <c>peer_task.py</c>, the median of at least three calls and one second counts.</remarks>
internal static class PeerClock
{
    private const double WarmSeconds = 2.0;
    private const double LongCallSeconds = 3.0;
    private const int WarmCalls = 3;

    /// <summary>Warms up and times.</summary>
    /// <param name="threads">Threads that the work may use, for the share of them that it kept busy.</param>
    /// <param name="work">The work; each call does all of it again.</param>
    /// <param name="warmUp">Smaller work that runs the same code, where the work itself takes long; the work itself by default.</param>
    /// <param name="repetitions">Fewest timed calls.</param>
    /// <param name="seconds">Fewest timed seconds.</param>
    public static PeerTiming Time(int threads, Action work, Action? warmUp = null, int repetitions = 3, double seconds = 1.0)
    {
        GC.Collect();
        ProcessMemory.ResetPeak();
        var resident = ProcessMemory.ResidentMebibytes();
        WarmUp(warmUp ?? work);
        var walls = new List<double>();
        var cpu = 0.0;
        while (walls.Count < repetitions || walls.Sum() < seconds)
        {
            var (wallFrom, cpuFrom) = (Stopwatch.GetTimestamp(), CpuSeconds());
            work();
            cpu += CpuSeconds() - cpuFrom;
            walls.Add(Stopwatch.GetElapsedTime(wallFrom).TotalSeconds);
        }

        return new PeerTiming(Samples.Median(walls), cpu / walls.Count, cpu / (walls.Sum() * threads), walls.Count, resident, ProcessMemory.PeakMebibytes());
    }

    private static void WarmUp(Action work)
    {
        var start = Stopwatch.GetTimestamp();
        for (var calls = 1; ; calls++)
        {
            work();
            var passed = Stopwatch.GetElapsedTime(start).TotalSeconds;
            if (passed > LongCallSeconds || (calls >= WarmCalls && passed > WarmSeconds)) break;
        }

        Thread.Sleep(200);
    }

    private static double CpuSeconds() => Environment.CpuUsage.TotalTime.TotalSeconds;
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace CreditWorkbench.Benchmarks.Peers;

/// <summary>One comparison, medians over the clean rounds.</summary>
/// <param name="Task">Our task.</param>
/// <param name="Ours">Our figure.</param>
/// <param name="Peer">The peer's figure.</param>
/// <param name="PeerName">The peer's task.</param>
/// <param name="Unit">What both figures are in.</param>
/// <param name="Ratio">Above 1: ours is faster, so many times.</param>
/// <param name="OursQuality">AUC of a training, error of a computation; null where there is none.</param>
/// <param name="PeerQuality">The same of the peer.</param>
/// <param name="OursPeakMiB">Most resident memory of our process.</param>
/// <param name="PeerPeakMiB">Most resident memory of the peer's process.</param>
/// <param name="Busy">CPU over (wall x threads) of our runs.</param>
/// <param name="PeerBusy">The same of the peer's runs.</param>
/// <param name="OursExtraMiB">Our peak less what was resident before the work (data, opened model).</param>
/// <param name="PeerExtraMiB">The same of the peer; null where it does not say.</param>
/// <param name="Rounds">Clean rounds behind the medians, of the side that has fewer.</param>
internal sealed record PeerRow(
    string Task, double Ours, double Peer, string PeerName, PeerUnit Unit, double Ratio, double? OursQuality, double? PeerQuality,
    double? OursPeakMiB, double? PeerPeakMiB, double? Busy, double? PeerBusy, double? OursExtraMiB, double? PeerExtraMiB, int Rounds)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter<PeerUnit>() },
    };

    /// <summary>Compares the clean runs of both sides; null when a side has none or a peer's answer lacks the field.</summary>
    /// <param name="task">Our task's name.</param>
    /// <param name="unit">Its unit.</param>
    /// <param name="ours">Our clean runs.</param>
    /// <param name="peerName">Name as in <see cref="IPeerTask.PeerNames"/>.</param>
    /// <param name="peers">The peer's clean runs.</param>
    public static PeerRow? Of(string task, PeerUnit unit, IReadOnlyList<TaskRun> ours, string peerName, IReadOnlyList<TaskRun> peers)
    {
        if (Median(ours, "value") is not { } own || Median(peers, FieldOf(peerName, unit)) is not { } other) return null;
        return new PeerRow(
            task, own, other, peerName, unit, unit == PeerUnit.RowsPerSecond ? own / other : other / own,
            Median(ours, "quality"), Median(peers, "auc") ?? Median(peers, "max_additivity_error"),
            Median(ours, "peak_rss_mib"), Median(peers, "peak_rss_mib"),
            MedianOf(ours.Select(run => run.Busy)), MedianOf(peers.Select(run => run.Busy)),
            Extra(ours), Extra(peers), Math.Min(ours.Count, peers.Count));
    }

    /// <summary>Task part of a peer's name.</summary>
    public static string TaskOf(string peerName) => peerName.Split(':')[0];

    /// <summary>The rows as a JSON array.</summary>
    public static string ToJson(IEnumerable<PeerRow> rows) => JsonSerializer.Serialize(rows, Json);

    private static string FieldOf(string peerName, PeerUnit unit) =>
        peerName.Split(':') is [_, var field] ? field : unit == PeerUnit.RowsPerSecond ? "rows_per_s" : "wall_s";

    private static double? Extra(IReadOnlyList<TaskRun> runs) => MedianOf(runs.Select(run => run["peak_rss_mib"] - run["rss_before_mib"]));

    private static double? Median(IReadOnlyList<TaskRun> runs, string field) => MedianOf(runs.Select(run => run[field]));

    private static double? MedianOf(IEnumerable<double?> values)
    {
        var known = values.OfType<double>().ToArray();
        return known.Length == 0 ? null : Samples.Median(known);
    }
}

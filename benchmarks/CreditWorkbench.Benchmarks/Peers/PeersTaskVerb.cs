using System.Globalization;
using System.Text.Json;

namespace CreditWorkbench.Benchmarks.Peers;

/// <summary>The hidden verb behind <c>peers</c>: one task in this process, one JSON line on standard output.</summary>
internal static class PeersTaskVerb
{
    /// <summary>Name on the command line.</summary>
    public const string Name = "peers-task";

    /// <summary>Runs <c>NAME --data DIR --work DIR --threads N [--prepare]</c>.</summary>
    /// <returns>Exit code: 0 done, 1 no such task, 2 wrong usage.</returns>
    public static int Run(string[] arguments)
    {
        if (arguments is not [var name, "--data", var folder, "--work", var work, "--threads", var threadsText, .. var rest]
            || !int.TryParse(threadsText, NumberStyles.None, CultureInfo.InvariantCulture, out var threads))
        {
            Console.Error.WriteLine($"Usage: {Name} NAME --data DIR --work DIR --threads N [--prepare]");
            return 2;
        }

        if (PeerTasks.All.SingleOrDefault(candidate => candidate.Name == name) is not { } task)
        {
            Console.Error.WriteLine($"No such task: {name}.");
            return 1;
        }

        var data = new PeerData(folder, work, threads);
        if (rest is ["--prepare"])
        {
            task.Prepare(data);
            return 0;
        }

        var measure = task.Run(data);
        Console.WriteLine(JsonSerializer.Serialize(new Dictionary<string, object?>
        {
            ["task"] = name,
            ["threads"] = threads,
            ["value"] = measure.Value,
            ["wall_s"] = measure.Timing.WallSeconds,
            ["cpu_s"] = measure.Timing.CpuSeconds,
            ["busy"] = measure.Timing.Busy,
            ["reps"] = measure.Timing.Repetitions,
            ["rss_before_mib"] = measure.Timing.ResidentBefore,
            ["peak_rss_mib"] = measure.Timing.ResidentPeak,
            ["quality"] = measure.Quality,
        }));
        return 0;
    }
}

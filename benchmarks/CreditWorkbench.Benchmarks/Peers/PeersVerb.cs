using System.Runtime.InteropServices;

namespace CreditWorkbench.Benchmarks.Peers;

/// <summary>The <c>peers</c> verb: our tasks and the packaged peers, interleaved on the same bytes.</summary>
/// <remarks>A round runs every task of ours and every peer once, each in a process of its own. Runs during which somebody else had the
/// cores are thrown away (<see cref="Samples.Clean"/>) and repeated, at most as often as there are rounds.</remarks>
internal sealed class PeersVerb
{
    /// <summary>Name on the command line.</summary>
    public const string Name = "peers";

    private readonly PeersOptions _options;
    private readonly PeerBench _bench;
    private readonly IPeerTask[] _tasks;
    private readonly Dictionary<string, List<TaskRun>> _ours = [];
    private readonly Dictionary<(string Peer, int Rows, int Threads), List<TaskRun>> _peers = [];

    private PeersVerb(PeersOptions options) =>
        (_options, _bench, _tasks) = (options, new PeerBench(options), [.. PeerTasks.All.Where(task => options.Only.IsMatch(task.Name))]);

    /// <summary>Runs the verb.</summary>
    /// <param name="arguments">Without the verb.</param>
    /// <returns>Exit code: 0 done, 1 refused or failed, 2 wrong usage.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        if (PeersOptions.Parse(arguments) is not { } options) return Refuse(2, $"Usage: {PeersOptions.Usage}");
        if (!File.Exists(Path.Combine(options.Peers, "peer_task.py"))) return Refuse(1, $"{options.Peers} has no peer_task.py: name the folder of the peers' scripts.");
        string versions;
        try
        {
            versions = await PeerBench.VersionsAsync();
        }
        catch (ProcessFailedException missing)
        {
            return Refuse(1, $"The peers cannot run; install python3-xgboost, python3-sklearn and python3-pandas. {missing.Message.Trim()}");
        }

        var verb = new PeersVerb(options);
        if (verb._tasks.Length == 0) return Refuse(1, $"No task matches {options.Only}; there are: {string.Join(", ", PeerTasks.All.Select(task => task.Name))}.");
        try
        {
            await verb.RunRoundsAsync();
        }
        catch (ProcessFailedException failure)
        {
            return Refuse(1, $"A task failed: {failure.Message.Trim()}");
        }

        Console.WriteLine($"{RuntimeInformation.FrameworkDescription}, {Environment.ProcessorCount} processors ({Processor()}), {RuntimeInformation.OSDescription}");
        Console.WriteLine(versions.Trim());
        Console.WriteLine(PeerTable.Render(verb.Rows()));
        return 0;
    }

    private static string Processor() =>
        File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "unknown";

    private static int Refuse(int code, string message)
    {
        Console.Error.WriteLine(message);
        return code;
    }

    private async Task RunRoundsAsync()
    {
        foreach (var task in _tasks)
        {
            await Console.Error.WriteLineAsync($"prepare {task.Name}");
            await _bench.PrepareAsync(task);
        }

        for (var round = 0; round < 2 * _options.Rounds; round++)
        {
            var ran = false;
            foreach (var task in _tasks) ran |= await RunTaskAsync(task, round);
            if (!ran) break;
            await File.WriteAllTextAsync(_options.Json, PeerRow.ToJson(Rows()));
        }
    }

    /// <summary>One round of a task and its peers. A peer that several tasks share runs once a round; after the last regular round only
    /// what lacks clean runs goes on.</summary>
    private async Task<bool> RunTaskAsync(IPeerTask task, int round)
    {
        var ran = false;
        var own = RunsOf(task);
        if (Wants(own, round))
        {
            own.Add(await _bench.RunOursAsync(task));
            await ReportAsync(round, task.Name, own[^1]);
            ran = true;
        }

        foreach (var peer in task.PeerNames.Select(PeerRow.TaskOf).Distinct())
        {
            var runs = RunsOf(task, peer);
            if (!Wants(runs, round)) continue;
            runs.Add(await _bench.RunPeerAsync(task, peer));
            await ReportAsync(round, peer, runs[^1]);
            ran = true;
        }

        return ran;
    }

    private bool Wants(List<TaskRun> runs, int round) => runs.Count <= round && (round < _options.Rounds || Samples.Clean(runs).Count < _options.Rounds);

    private List<TaskRun> RunsOf(IPeerTask task) => _ours.TryGetValue(task.Name, out var runs) ? runs : _ours[task.Name] = [];

    private List<TaskRun> RunsOf(IPeerTask task, string peer)
    {
        var key = (peer, task.Rows, PeerBench.ThreadsOf(task, peer));
        return _peers.TryGetValue(key, out var runs) ? runs : _peers[key] = [];
    }

    private IEnumerable<PeerRow> Rows() =>
        from task in _tasks
        from peer in task.PeerNames
        let row = PeerRow.Of(task.Name, task.Unit, Samples.Clean(RunsOf(task)), peer, Samples.Clean(RunsOf(task, PeerRow.TaskOf(peer))))
        where row is not null
        select row;

    private static Task ReportAsync(int round, string name, TaskRun run) =>
        Console.Error.WriteLineAsync(FormattableString.Invariant($"{round + 1} {name}: {run["value"] ?? run["rows_per_s"] ?? run["wall_s"]:G5}, busy {run.Busy:F2}"));
}

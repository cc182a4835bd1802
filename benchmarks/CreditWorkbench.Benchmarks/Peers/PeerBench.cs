using System.Globalization;

namespace CreditWorkbench.Benchmarks.Peers;

/// <summary>The files and processes behind the runner: data sets, runs of ours, runs of peers.</summary>
internal sealed class PeerBench(PeersOptions options)
{
    // These use one thread whatever they are told.
    private static readonly HashSet<string> OneThread = ["skl_isotonic", "np_boot_auc", "skl_boot_auc", "xgb_one_row"];

    private readonly string _work = Path.Combine(options.Folder, "work");
    private readonly HashSet<(string, int)> _trained = [];

    /// <summary>The peers' versions, as one line.</summary>
    /// <exception cref="ProcessFailedException">A peer's package is missing.</exception>
    public static Task<string> VersionsAsync() => Processes.PythonAsync(
        "-c", "import numpy, sklearn, xgboost; print('XGBoost', xgboost.__version__ + ', scikit-learn', sklearn.__version__ + ', NumPy', numpy.__version__)");

    /// <summary>Makes what a task and its peers need and is not there yet: data, our models, the peers' models.</summary>
    public async Task PrepareAsync(IPeerTask task)
    {
        Directory.CreateDirectory(_work);
        var rows = task.Rows.ToString(CultureInfo.InvariantCulture);
        if (task.ReadsTables)
        {
            if (!File.Exists(Path.Combine(DataOf(task), "loan_applications.csv"))) await Processes.PythonAsync(Path.Combine(options.Peers, "gen_etl.py"), "--out", DataOf(task));
            return;
        }

        if (!File.Exists(Path.Combine(DataOf(task), "train.npy")) || !File.Exists(Path.Combine(DataOf(task), "test.npy")))
            await Processes.PythonAsync(Path.Combine(options.Peers, "gen_data.py"), "--rows", rows, "--out", DataOf(task));
        if (task.PeerScript is { } script) await Processes.PythonAsync("-c", script, _work);
        await Processes.SelfAsync([.. TaskArguments(task), "--prepare"]);
        foreach (var peer in task.PeerNames.Select(PeerRow.TaskOf))
        {
            var (model, trainer) = ModelOf(peer);
            if (model is null || File.Exists(Path.Combine(_work, $"b{rows}_{model}")) || !_trained.Add((trainer!, task.Rows))) continue;
            await RunPeerAsync(task, trainer!);
        }
    }

    /// <summary>One run of ours.</summary>
    public async Task<TaskRun> RunOursAsync(IPeerTask task) => TaskRun.Parse(await Processes.SelfAsync(TaskArguments(task)), task.Threads);

    /// <summary>One run of a peer.</summary>
    public async Task<TaskRun> RunPeerAsync(IPeerTask task, string peer)
    {
        var threads = ThreadsOf(task, peer);
        if (task.ReadsTables)
            return TaskRun.Parse(await Processes.PythonAsync(Path.Combine(options.Peers, peer + ".py"), "--data", DataOf(task), "--out", Path.Combine(_work, peer + ".csv")), threads);
        var output = await Processes.PythonAsync(
            Path.Combine(options.Peers, "peer_task.py"), peer, "--data", DataOf(task), "--work", _work, "--threads", threads.ToString(CultureInfo.InvariantCulture));
        return TaskRun.Parse(output, threads);
    }

    /// <summary>Threads that a peer is given beside a task.</summary>
    public static int ThreadsOf(IPeerTask task, string peer) => OneThread.Contains(peer) ? 1 : task.Threads;

    private string DataOf(IPeerTask task) => Path.Combine(options.Folder, "data", task.ReadsTables ? "etl" : string.Create(CultureInfo.InvariantCulture, $"b{task.Rows}"));

    private string[] TaskArguments(IPeerTask task) =>
        [PeersTaskVerb.Name, task.Name, "--data", DataOf(task), "--work", _work, "--threads", task.Threads.ToString(CultureInfo.InvariantCulture)];

    /// <summary>The saved model that a peer's task opens, and the task that saves it.</summary>
    private static (string? Model, string? Trainer) ModelOf(string peer)
    {
        if (peer.EndsWith("_train", StringComparison.Ordinal)) return (null, null);
        if (peer == "xgb_one_row" || peer.StartsWith("xgb_gbdt_", StringComparison.Ordinal)) return ("xgb_gbdt.json", "xgb_gbdt_train");
        if (peer.StartsWith("xgb_rf_", StringComparison.Ordinal)) return ("xgb_rf.json", "xgb_rf_train");
        if (peer.StartsWith("skl_hgb_", StringComparison.Ordinal)) return ("skl_hgb.pkl", "skl_hgb_train");
        return peer.StartsWith("skl_rf_", StringComparison.Ordinal) ? ("skl_rf.pkl", "skl_rf_train") : (null, null);
    }
}

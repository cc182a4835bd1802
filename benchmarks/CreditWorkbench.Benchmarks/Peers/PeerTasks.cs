namespace CreditWorkbench.Benchmarks.Peers;

/// <summary>Every task that the runner knows, in the order of its rows.</summary>
internal static class PeerTasks
{
    /// <summary>The tasks.</summary>
    public static IReadOnlyList<IPeerTask> All { get; } =
    [
        .. BoostingTrainTask.All,
        new ForestTrainTask(),
        .. ShapBench.Tasks,
        PredictTask.Boosting,
        PredictTask.Forest,
        new ForestShapTask(),
        new DeepInterventionalTask(),
        new InteractionsTask(meansOnly: false),
        new InteractionsTask(meansOnly: true),
        new IsotonicTask(),
        new BootstrapTask(),
        new EtlTask(),
        new EtlStoreTask(),
    ];
}

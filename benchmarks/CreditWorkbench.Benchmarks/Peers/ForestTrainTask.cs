using CreditWorkbench.Core.Predictors;
using CreditWorkbench.Core.Training;

namespace CreditWorkbench.Benchmarks.Peers;

/// <summary>Random forest of 100 trees of depth 10 on 100,000 rows, binning included; quality is the AUC on the test rows.</summary>
internal sealed class ForestTrainTask : IPeerTask
{
    private static readonly ForestSettings Settings = new() { Trees = 100, Depth = 10, MinLeaf = 10, Balanced = false };

    /// <inheritdoc/>
    public string Name => "forest-train-100k";

    /// <inheritdoc/>
    public IReadOnlyList<string> PeerNames => ["skl_rf_train", "xgb_rf_train"];

    /// <inheritdoc/>
    public PeerUnit Unit => PeerUnit.Seconds;

    /// <inheritdoc/>
    public int Threads => 2;

    /// <summary>The forest on a data set.</summary>
    public static TreeEnsemble Train(LabelledRows rows, int threads) =>
        ForestTrainer.Train(rows.Features, rows.Bad, ForestTarget.Binary, Settings, seed: 1, threads);

    /// <inheritdoc/>
    public PeerMeasure Run(PeerData data)
    {
        var train = data.Train;
        TreeEnsemble? ensemble = null;
        var timing = PeerClock.Time(data.Threads, () => ensemble = Train(train, data.Threads));
        return PeerMeasure.Seconds(timing, data.Test.Auc(ensemble!));
    }
}

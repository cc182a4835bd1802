using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Predictors;
using CreditWorkbench.Core.Training;

namespace CreditWorkbench.Benchmarks.Peers;

/// <summary>Gradient boosting of 300 trees of depth 6, binning included, with the peers' hyper-parameters (learning rate .1, 255 bins,
/// L2 1, minimum hessian 1, start at log-odds 0); quality is the AUC on the test rows.</summary>
internal sealed class BoostingTrainTask : IPeerTask
{
    private static readonly BoostingSettings Settings = new() { Trees = 300, Depth = 6, LearningRate = 0.1, Bins = 255, L2 = 1, MinHessian = 1, RowShare = 1, ColumnShare = 1, BaseMargin = 0 };

    private readonly BoostingSettings _settings;
    private readonly int _copies;

    private BoostingTrainTask(string name, int rows, int threads, BoostingSettings settings, int copies = 1) =>
        (Name, Rows, Threads, _settings, _copies) = (name, rows, threads, settings, copies);

    /// <summary>The tasks: both sizes, one thread instead of two, leaf-wise growth, and ten million rows beside a hundred thousand with
    /// as many trees (these two have no peer; run them by name).</summary>
    public static IReadOnlyList<IPeerTask> All { get; } =
    [
        new BoostingTrainTask("boosting-100k", 100_000, 2, Settings),
        new BoostingTrainTask("boosting-100k-one-thread", 100_000, 1, Settings),
        new BoostingTrainTask("boosting-100k-leafwise", 100_000, 2, Settings with { Depth = 16, MaxLeaves = 64 }),
        new BoostingTrainTask("boosting-1m", 1_000_000, 2, Settings),
        new BoostingTrainTask("boosting-100k-trees-60", 100_000, 2, Settings with { Trees = 60 }),
        new BoostingTrainTask("boosting-10m-trees-60", 1_000_000, 2, Settings with { Trees = 60 }, copies: 10),
    ];

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> PeerNames => _settings.Trees < Settings.Trees ? [] : Rows > 100_000 ? ["xgb_gbdt_train"] : ["xgb_gbdt_train", "skl_hgb_train"];

    /// <inheritdoc/>
    public PeerUnit Unit => PeerUnit.Seconds;

    /// <inheritdoc/>
    public int Threads { get; }

    /// <inheritdoc/>
    public int Rows { get; }

    /// <inheritdoc/>
    public PeerMeasure Run(PeerData data)
    {
        var (features, bad) = Copies(data.Train.Features, data.Train.Bad, _copies);

        // Memory is one training's: later calls would add what is not collected yet of earlier ones. A long training warms up by it.
        GC.Collect();
        ProcessMemory.ResetPeak();
        var resident = ProcessMemory.ResidentMebibytes();
        var ensemble = Train();
        var peak = ProcessMemory.PeakMebibytes();
        var isLong = Rows > 100_000;
        var timing = PeerClock.Time(data.Threads, () => ensemble = Train(), isLong ? static () => { } : null, isLong ? 1 : 3);
        return PeerMeasure.Seconds(timing with { ResidentBefore = resident, ResidentPeak = peak }, data.Test.Auc(ensemble));

        TreeEnsemble Train() => BoostingTrainer.Train(features, bad, null, _settings, seed: 1, data.Threads);
    }

    /// <summary>Rows several times over; the values of all but the first copy that are no whole numbers are moved by up to a hundredth,
    /// so that they fall where other values would.</summary>
    private static (FeatureMatrix Features, byte[] Bad) Copies(FeatureMatrix features, byte[] bad, int copies)
    {
        if (copies == 1) return (features, bad);
        var random = new RandomStream(1);
        var rows = features.Rows;
        var values = new float[(long)features.Values.Length * copies];
        for (var column = 0; column < features.Columns.Count; column++)
        {
            for (var copy = 0; copy < copies; copy++)
            {
                var to = values.AsSpan((column * copies + copy) * rows, rows);
                features.Column(column).CopyTo(to);
                for (var row = 0; copy > 0 && row < rows; row++)
                {
                    if (!float.IsNaN(to[row]) && to[row] != MathF.Floor(to[row])) to[row] *= (float)(0.99 + 0.02 * random.NextDouble());
                }
            }
        }

        return (new FeatureMatrix(features.Columns, rows * copies, values), [.. Enumerable.Range(0, copies).SelectMany(_ => bad)]);
    }
}

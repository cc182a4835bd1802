using CreditWorkbench.Core.Predictors;
using CreditWorkbench.Core.Training;

namespace CreditWorkbench.Benchmarks.Peers;

/// <summary>Margins of 50,000 rows of raw floats, row-major as the peers get them. Quality is the largest difference to the one-row walk.</summary>
/// <param name="name">Name of the row.</param>
/// <param name="peers">Peers to pair with.</param>
/// <param name="model">Name of the kept model.</param>
/// <param name="train">Trains it.</param>
internal sealed class PredictTask(string name, IReadOnlyList<string> peers, string model, Func<LabelledRows, TreeEnsemble> train) : IPeerTask
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public IReadOnlyList<string> PeerNames => peers;

    /// <inheritdoc/>
    public PeerUnit Unit => PeerUnit.RowsPerSecond;

    /// <inheritdoc/>
    public int Threads => 2;

    /// <summary>300 boosted trees of depth 6.</summary>
    public static PredictTask Boosting { get; } = new(
        "predict-boosting-300x6", ["xgb_gbdt_predict", "xgb_gbdt_predict:inplace_rows_per_s"], "boosting-300x6",
        rows => BoostingTrainer.Train(rows.Features, rows.Bad, null, new BoostingSettings { Trees = 300, Depth = 6 }, seed: 1, threads: 2));

    /// <summary>A forest of 100 trees of depth 10.</summary>
    public static PredictTask Forest { get; } = new(
        "predict-forest-100x10", ["xgb_rf_predict", "xgb_rf_predict:inplace_rows_per_s", "skl_rf_predict"], "forest-100x10",
        rows => ForestTrainTask.Train(rows, threads: 2));

    /// <inheritdoc/>
    public void Prepare(PeerData data) => data.Ensemble(model, train);

    /// <inheritdoc/>
    public PeerMeasure Run(PeerData data)
    {
        var (ensemble, test) = (data.Ensemble(model, train), data.Test);
        var margins = new double[test.Count];
        var timing = PeerClock.Time(data.Threads, () => ensemble.MarginsOfRows(test.RowMajor, margins, data.Threads));
        var worst = 0.0;
        var columns = test.Features.Columns.Count;
        for (var row = 0; row < test.Count; row++)
            worst = Math.Max(worst, Math.Abs(ensemble.Margin(test.RowMajor.AsSpan(row * columns, columns)) - margins[row]));
        return PeerMeasure.Rate(timing, test.Count, worst);
    }
}

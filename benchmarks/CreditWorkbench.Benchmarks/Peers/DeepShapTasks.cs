using CreditWorkbench.Core.Exchange;
using CreditWorkbench.Core.Explanation;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Benchmarks.Peers;

/// <summary>What the tasks on deep trees and interactions share: XGBoost's own models, read from their files, and the rows that it
/// explains.</summary>
internal static class DeepShapBench
{
    /// <summary>A peer's model.</summary>
    /// <exception cref="InvalidOperationException">Its file cannot be read.</exception>
    public static TreeEnsemble Model(PeerData data, string name)
    {
        using var stream = File.OpenRead(data.PeerModel(name));
        return XgboostModel.Read(stream).Value.Ensemble;
    }

    /// <summary>The first test rows.</summary>
    public static FeatureMatrix Rows(PeerData data, int rows) => data.Test.Features.Take([.. Enumerable.Range(0, rows)]);

    /// <summary>Largest difference to what the peer saved of its last run; null where it saved nothing.</summary>
    /// <param name="path">A NumPy file, shape [rows x columns].</param>
    /// <param name="ours">Value of a row and column.</param>
    /// <param name="rows">Rows of ours.</param>
    /// <param name="columns">Columns to compare.</param>
    public static double? LargestDifference(string path, Func<int, int, float> ours, int rows, int columns)
    {
        if (!File.Exists(path)) return null;
        var theirs = NpyFile.Read(path);
        var largest = 0.0;
        for (var row = 0; row < Math.Min(theirs.Rows, rows); row++)
        {
            for (var column = 0; column < columns; column++) largest = Math.Max(largest, Math.Abs(theirs.Values[row * theirs.Columns + column] - ours(row, column)));
        }

        return largest;
    }
}

/// <summary>Path-dependent values of a forest of 100 trees of depth 10; quality is the largest difference to XGBoost's own values.</summary>
internal sealed class ForestShapTask : IPeerTask
{
    private const int Explained = 10_000;

    /// <inheritdoc/>
    public string Name => "shap-forest-depth-10";

    /// <inheritdoc/>
    public IReadOnlyList<string> PeerNames => ["xgb_rf_shap"];

    /// <inheritdoc/>
    public PeerUnit Unit => PeerUnit.RowsPerSecond;

    /// <inheritdoc/>
    public int Threads => 2;

    /// <inheritdoc/>
    public PeerMeasure Run(PeerData data)
    {
        var (model, rows) = (DeepShapBench.Model(data, "xgb_rf.json"), DeepShapBench.Rows(data, Explained));
        PortfolioShap? shap = null;
        var timing = PeerClock.Time(data.Threads, () => shap = PortfolioExplainers.PathDependent(model).Explain(rows, data.Threads).Value);
        var difference = DeepShapBench.LargestDifference(data.PeerModel("xgb_rf_shap.npy"), (row, i) => shap!.Row(row)[i], Explained, model.FeatureCount);
        return PeerMeasure.Rate(timing, Explained, difference);
    }
}

/// <summary>Interaction matrices of 10,000 rows, 31 x 31, for 300 trees of depth 6, or only their means.</summary>
/// <param name="meansOnly">Whether the matrices are thrown away.</param>
internal sealed class InteractionsTask(bool meansOnly) : IPeerTask
{
    private const int Explained = 10_000;

    /// <inheritdoc/>
    public string Name => meansOnly ? "interactions-means" : "interactions";

    /// <inheritdoc/>
    public IReadOnlyList<string> PeerNames => ["xgb_gbdt_inter"];

    /// <inheritdoc/>
    public PeerUnit Unit => PeerUnit.RowsPerSecond;

    /// <inheritdoc/>
    public int Threads => 2;

    /// <inheritdoc/>
    public PeerMeasure Run(PeerData data)
    {
        var (model, rows) = (DeepShapBench.Model(data, "xgb_gbdt.json"), DeepShapBench.Rows(data, Explained));
        var timing = PeerClock.Time(data.Threads, () =>
        {
            var explainer = InteractionPortfolios.PathDependent(model);
            if (meansOnly) _ = explainer.Means(rows, data.Threads).Value;
            else _ = explainer.Explain(rows, data.Threads).Value;
        });
        return PeerMeasure.Rate(timing, Explained);
    }
}

/// <summary>Interventional values of 2,000 rows against 1,000 background rows for a forest of 100 trees of depth 10; the peer's values are
/// path-dependent, for it has no others.</summary>
internal sealed class DeepInterventionalTask : IPeerTask
{
    private const int Explained = 2_000;
    private const int Background = 1_000;

    /// <inheritdoc/>
    public string Name => "shap-forest-depth-10-interventional";

    /// <inheritdoc/>
    public IReadOnlyList<string> PeerNames => ["xgb_rf_shap"];

    /// <inheritdoc/>
    public PeerUnit Unit => PeerUnit.RowsPerSecond;

    /// <inheritdoc/>
    public int Threads => 2;

    /// <inheritdoc/>
    public PeerMeasure Run(PeerData data)
    {
        var (model, rows) = (DeepShapBench.Model(data, "xgb_rf.json"), DeepShapBench.Rows(data, Explained));
        var background = data.Test.Features.Take([.. Enumerable.Range(Explained, Background)]);
        var timing = PeerClock.Time(data.Threads, () => _ = PortfolioExplainers.Interventional(model, background).Explain(rows, data.Threads).Value);
        return PeerMeasure.Rate(timing, Explained);
    }
}

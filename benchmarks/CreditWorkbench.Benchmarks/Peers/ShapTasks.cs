using System.Diagnostics;
using CreditWorkbench.Core.Exchange;
using CreditWorkbench.Core.Explanation;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Benchmarks.Peers;

/// <summary>What the explanation tasks share: XGBoost's own model of 300 trees of depth 6, read from its file, and the rows that its
/// task explains, the first 10,000 test rows.</summary>
internal static class ShapBench
{
    /// <summary>Rows explained.</summary>
    public const int Rows = 10_000;

    /// <summary>The peer that explains them.</summary>
    public const string Peer = "xgb_gbdt_shap";

    /// <summary>The tasks.</summary>
    public static IEnumerable<IPeerTask> Tasks =>
    [
        new ShapPortfolioTask(resident: true),
        new ShapPortfolioTask(resident: false),
        new ShapOneRowTask(),
        new ShapInterventionalTask(100, resident: false),
        new ShapInterventionalTask(1_000, resident: false),
        new ShapInterventionalTask(100, resident: true),
        new ShapInterventionalTask(1_000, resident: true),
        new ShapInterventionalTask(10_000, resident: true),
    ];

    /// <summary>The peer's model.</summary>
    /// <exception cref="InvalidOperationException">Its file cannot be read.</exception>
    public static TreeEnsemble Model(PeerData data)
    {
        using var stream = File.OpenRead(data.PeerModel("xgb_gbdt.json"));
        return XgboostModel.Read(stream).Value.Ensemble;
    }

    /// <summary>The rows.</summary>
    public static FeatureMatrix Explained(PeerData data) => data.Test.Features.Take([.. Enumerable.Range(0, Rows)]);

    /// <summary>Background rows: test rows behind the explained ones.</summary>
    public static FeatureMatrix Background(PeerData data, int rows) => data.Test.Features.Take([.. Enumerable.Range(Rows, rows)]);

    /// <summary>Largest difference to what the peer saved of its last run; null where it saved nothing.</summary>
    public static double? LargestDifference(PeerData data, PortfolioShap shap)
    {
        var path = data.PeerModel("xgb_gbdt_shap.npy");
        if (!File.Exists(path)) return null;
        var theirs = NpyFile.Read(path);
        var largest = 0.0;
        for (var row = 0; row < Math.Min(theirs.Rows, shap.Rows); row++)
        {
            for (var i = 0; i < shap.Features; i++) largest = Math.Max(largest, Math.Abs(theirs.Values[row * theirs.Columns + i] - shap.Row(row)[i]));
        }

        return largest;
    }
}

/// <summary>Path-dependent values of 10,000 rows; quality is the largest difference to XGBoost's own values.</summary>
/// <param name="resident">Whether the tables are there before the clock starts.</param>
internal sealed class ShapPortfolioTask(bool resident) : IPeerTask
{
    /// <inheritdoc/>
    public string Name => resident ? "shap-resident" : "shap-in-call";

    /// <inheritdoc/>
    public IReadOnlyList<string> PeerNames => [ShapBench.Peer];

    /// <inheritdoc/>
    public PeerUnit Unit => PeerUnit.RowsPerSecond;

    /// <inheritdoc/>
    public int Threads => 2;

    /// <inheritdoc/>
    public PeerMeasure Run(PeerData data)
    {
        var (model, rows) = (ShapBench.Model(data), ShapBench.Explained(data));
        var built = resident ? PortfolioExplainers.PathDependent(model) : null;
        PortfolioShap? shap = null;
        var timing = PeerClock.Time(data.Threads, () => shap = (built ?? PortfolioExplainers.PathDependent(model)).Explain(rows, data.Threads).Value);
        return PeerMeasure.Rate(timing, ShapBench.Rows, ShapBench.LargestDifference(data, shap!));
    }
}

/// <summary>Interventional values of 10,000 rows.</summary>
/// <param name="background">Background rows.</param>
/// <param name="resident">Whether the tables are there before the clock starts.</param>
internal sealed class ShapInterventionalTask(int background, bool resident) : IPeerTask
{
    /// <inheritdoc/>
    public string Name => FormattableString.Invariant($"shap-interventional-{background}{(resident ? "-resident" : "")}");

    /// <inheritdoc/>
    public IReadOnlyList<string> PeerNames => [ShapBench.Peer];

    /// <inheritdoc/>
    public PeerUnit Unit => PeerUnit.RowsPerSecond;

    /// <inheritdoc/>
    public int Threads => 2;

    /// <inheritdoc/>
    public PeerMeasure Run(PeerData data)
    {
        var (model, rows, reference) = (ShapBench.Model(data), ShapBench.Explained(data), ShapBench.Background(data, background));
        var built = resident ? PortfolioExplainers.Interventional(model, reference) : null;
        var timing = PeerClock.Time(data.Threads, () => _ = (built ?? PortfolioExplainers.Interventional(model, reference)).Explain(rows, data.Threads).Value);
        return PeerMeasure.Rate(timing, ShapBench.Rows);
    }
}

/// <summary>Median of explaining one row in process, as a page or an API call does: in double, additive to 1e-9.</summary>
internal sealed class ShapOneRowTask : IPeerTask
{
    private const int Calls = 20_000;

    /// <inheritdoc/>
    public string Name => "shap-one-row";

    /// <inheritdoc/>
    public IReadOnlyList<string> PeerNames => ["xgb_one_row:dmatrix_contribs_us"];

    /// <inheritdoc/>
    public PeerUnit Unit => PeerUnit.Microseconds;

    /// <inheritdoc/>
    public int Threads => 1;

    /// <inheritdoc/>
    public PeerMeasure Run(PeerData data)
    {
        var (attributor, rows) = (Attributors.PathDependent(ShapBench.Model(data)), ShapBench.Explained(data));
        var vectors = new float[ShapBench.Rows][];
        for (var row = 0; row < vectors.Length; row++) rows.CopyRow(row, vectors[row] = new float[rows.Columns.Count]);
        var times = new double[Calls];
        var timing = PeerClock.Time(data.Threads, () =>
        {
            for (var call = 0; call < Calls; call++)
            {
                var start = Stopwatch.GetTimestamp();
                _ = attributor.Explain(vectors[call % vectors.Length]).Value;
                times[call] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
            }
        });
        return PeerMeasure.Microseconds(Samples.Median(times), timing);
    }
}

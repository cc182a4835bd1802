using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.Explanation;

/// <summary>A portfolio explained from pattern tables in float32: for each subtree of height at most 2 one table row per outcome of its
/// tests and its path's tests. A row costs the same for both kinds of values, whatever the size of the background.</summary>
/// <remarks>Tables take 32 bytes x 2^bits per subtree: 15 MiB for 300 full trees of depth 6, 75 MiB at depth 7.</remarks>
internal sealed class PatternPortfolio : PortfolioExplainer
{
    private readonly PatternPlan _plan;
    private readonly AlignedTable<float>? _table;
    private readonly PlaneTables? _planes;
    private readonly PatternEngine _engine;
    private readonly double _baseQuantity;

    /// <summary>Fills the tables.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="background">Background rows; null for path-dependent values.</param>
    /// <param name="engine">The engine; <see cref="PatternEngines.Best"/> but in tests.</param>
    public PatternPortfolio(PatternPlan plan, FeatureMatrix? background, PatternEngine engine)
    {
        (_plan, _engine, BackgroundRows) = (plan, engine, background?.Rows ?? 0);
        var counts = background is null ? null : new BackgroundCounts(plan, background, engine != PatternEngine.Scalar);
        _baseQuantity = counts?.MeanQuantity() ?? plan.CoverMean();
        var tables = new PatternTables(plan, counts);
        if (engine == PatternEngine.Avx512)
        {
            _planes = new PlaneTables(plan);
            tables.Fill(_planes.Write);
            return;
        }

        _table = new AlignedTable<float>(plan.Rows * Subtree.Width);
        tables.Fill((subtree, table) =>
        {
            var to = _table.Slice(plan.Subtrees[subtree].FirstRow * Subtree.Width, table.Length);
            for (var i = 0; i < to.Length; i++) to[i] = (float)table[i];
        });
    }

    /// <summary>Bytes that the tables of a plan take.</summary>
    public static long BytesOf(PatternPlan plan, PatternEngine engine) =>
        engine == PatternEngine.Avx512 ? PlaneTables.BytesOf(plan) : (long)plan.Rows * Subtree.Width * sizeof(float);

    /// <inheritdoc/>
    public override AttributionMethod Method => BackgroundRows == 0 ? AttributionMethod.PathDependent : AttributionMethod.Interventional;

    /// <inheritdoc/>
    public override Predictor Predictor => _plan.Ensemble;

    /// <inheritdoc/>
    public override int BackgroundRows { get; }

    /// <inheritdoc/>
    public override string Engine => PatternEngines.NameOf(_engine);

    /// <inheritdoc/>
    internal override double BaseMargin => _plan.Ensemble.Link.ToMargin(_baseQuantity);

    /// <inheritdoc/>
    internal override TileExplainer NewTile() => new PatternTile(_plan, _table, _planes, _engine, _baseQuantity);
}

using System.Buffers;
using System.Runtime.Intrinsics;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.Explanation;

/// <summary>Exact Shapley values of single rows of an ensemble of depth at most 7, from pattern tables in double: what is issued. A row
/// costs one cache line per subtree, for both kinds of values and whatever the size of the background.</summary>
/// <remarks>The tables are filled at the first row, so that a release that explains nothing has none. Sums run in one order on every
/// machine: a row's values have the same bits whichever instructions found its patterns.</remarks>
internal sealed unsafe class PatternAttributor : IAttributor
{
    private readonly PatternPlan _plan;
    private readonly RowPlan _rows;
    private readonly LaneSums _lanes;
    private readonly RowWalk _walk;
    private readonly Lazy<(AlignedTable<double> Table, double BaseQuantity)> _filled;

    /// <summary>Takes a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="background">Background rows; null for path-dependent values.</param>
    /// <param name="engine">Null: the fastest of this machine.</param>
    /// <exception cref="ArgumentException">A background without rows or with other columns.</exception>
    public PatternAttributor(PatternPlan plan, FeatureMatrix? background, RowEngine? engine = null)
    {
        if (background is not null && (background.Rows == 0 || background.Columns.Count != plan.Ensemble.FeatureCount))
            throw new ArgumentException("A background has rows with the columns of the ensemble.", nameof(background));
        (_plan, _rows, BackgroundRows) = (plan, RowPlanBuilder.Build(plan), background?.Rows ?? 0);
        (_lanes, _walk) = (LaneAllocator.Allocate(_rows), new RowWalk(_rows, engine ?? RowWalk.Best));
        _filled = new Lazy<(AlignedTable<double>, double)>(() => Fill(background, engine != RowEngine.Scalar));
    }

    /// <summary>The attributor of an ensemble; null where the trees are too deep, a feature has too many cuts, or the tables would be
    /// larger than the limit.</summary>
    /// <param name="ensemble">What is explained.</param>
    /// <param name="background">Background rows; null for path-dependent values.</param>
    /// <param name="limits">Null: the default ones.</param>
    /// <param name="players">Columns joined into players; null: every column for itself.</param>
    public static PatternAttributor? TryBuild(TreeEnsemble ensemble, FeatureMatrix? background, ExplanationLimits? limits, Players? players = null)
    {
        if (PatternPlanBuilder.TryBuild(ensemble, players) is not { } plan || plan.Codes.TestedFeatures.Count() > LaneSums.MaxPlayers) return null;
        return BytesOf(plan) <= (limits ?? ExplanationLimits.Default).TableBytes ? new PatternAttributor(plan, background) : null;
    }

    /// <summary>Bytes that the tables of a plan take.</summary>
    public static long BytesOf(PatternPlan plan) => (long)plan.Rows * Subtree.Width * sizeof(double);

    /// <inheritdoc/>
    public AttributionMethod Method => BackgroundRows == 0 ? AttributionMethod.PathDependent : AttributionMethod.Interventional;

    /// <inheritdoc/>
    public Predictor Predictor => _plan.Ensemble;

    /// <inheritdoc/>
    public int BackgroundRows { get; }

    /// <inheritdoc/>
    public double Base => _plan.Ensemble.Link.ToMargin(_filled.Value.BaseQuantity);

    /// <inheritdoc/>
    public Outcome<Attribution> Explain(ReadOnlySpan<float> row) => ExplainAll([this], row)[0];

    /// <summary>Whether rows have the same patterns here and there, so that one walk serves both.</summary>
    public bool WalksWith(PatternAttributor other) => ReferenceEquals(_plan.Ensemble, other._plan.Ensemble);

    /// <summary>Explains a row by several attributors of one ensemble, against several backgrounds or for several kinds of players.</summary>
    /// <param name="attributors">Attributors that <see cref="WalksWith"/> each other; two with the same players are quicker side by side.</param>
    /// <param name="row">Shape [features].</param>
    /// <returns>What each <see cref="Explain"/> gives, bit for bit.</returns>
    public static Outcome<Attribution>[] ExplainAll(ReadOnlySpan<PatternAttributor> attributors, ReadOnlySpan<float> row)
    {
        var length = 0;
        foreach (var attributor in attributors) length += attributor._lanes.Slots;
        var sums = ArrayPool<double>.Shared.Rent(length);
        Array.Clear(sums, 0, length);
        fixed (double* to = sums) AddAll(attributors, row, to);

        var explained = new Outcome<Attribution>[attributors.Length];
        var quantity = attributors[0]._plan.Ensemble.Quantity(row);
        var first = 0;
        for (var (i, count) = (0, 0); i < attributors.Length; i += count)
        {
            count = TogetherFrom(attributors, i);
            for (var table = 0; table < count; table++) explained[i + table] = attributors[i + table].Carried(quantity, sums.AsSpan(first), count, table);
            first += count * attributors[i]._lanes.Slots;
        }

        ArrayPool<double>.Shared.Return(sums);
        return explained;
    }

    private static void AddAll(ReadOnlySpan<PatternAttributor> attributors, ReadOnlySpan<float> row, double* sums)
    {
        var tables = new TableSums[attributors.Length];
        var groups = 0;
        for (var (i, count) = (0, 0); i < attributors.Length; i += count)
        {
            count = TogetherFrom(attributors, i);
            tables[groups++] = new TableSums(attributors[i]._lanes, attributors[i].Table, count == 2 ? attributors[i + 1].Table : null, sums);
            sums += count * attributors[i]._lanes.Slots;
        }

        attributors[0]._walk.Add(row, tables.AsSpan(0, groups));
    }

    // How many attributors from a place on are added side by side: two of the same players, or one.
    private static int TogetherFrom(ReadOnlySpan<PatternAttributor> attributors, int first) =>
        first + 1 < attributors.Length && attributors[first]._plan.HasPlayersOf(attributors[first + 1]._plan) ? 2 : 1;

    // The table lives as long as the attributor.
    private double* Table => _filled.Value.Table.Pointer;

    private Outcome<Attribution> Carried(double quantity, ReadOnlySpan<double> sums, int step, int table)
    {
        var contributions = new double[_plan.PlayerCount];
        _lanes.CopyTo(sums, step, table, contributions);
        return Additivity.Carry(Method, _plan.Ensemble, _filled.Value.BaseQuantity, contributions, quantity);
    }

    private (AlignedTable<double>, double) Fill(FeatureMatrix? background, bool vectors)
    {
        var counts = background is null ? null : new BackgroundCounts(_plan, background, vectors);
        var table = new AlignedTable<double>(_plan.Rows * Subtree.Width);
        new PatternTables(_plan, counts).Fill((subtree, values) => Arrange(subtree, values, table));
        return (table, counts?.MeanQuantity() ?? _plan.CoverMean());
    }

    // A shuffle gives 0 to a place that is no lane's.
    private void Arrange(int subtree, ReadOnlySpan<double> values, AlignedTable<double> table)
    {
        var places = _lanes.PlacesOf(subtree);
        for (var pattern = 0; pattern < _plan.Subtrees[subtree].Patterns; pattern++)
        {
            var lanes = Vector512.Create(values.Slice(pattern * Subtree.Width, Subtree.Width));
            Vector512.Shuffle(lanes, places).CopyTo(table.Slice(_rows.RowOfPattern(subtree, pattern) * Subtree.Width, Subtree.Width));
        }
    }
}

using System.Buffers;
using System.Runtime.Intrinsics.X86;
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
    // Sums of one feature are spread over so many columns: the same feature is met in subtree after subtree, and an addition
    // would wait for the one before.
    private const int Spread = 4;

    // Trees between asking memory for a table row and adding it.
    private const int Ahead = 12;

    private readonly PatternPlan _plan;
    private readonly RowPlan _rows;
    private readonly RowOutcomes _outcomes;
    private readonly ushort[] _slotOf;
    private readonly int[] _playerOf;
    private readonly Lazy<(AlignedTable<double> Table, double BaseQuantity)> _filled;

    /// <summary>Takes a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="background">Background rows; null for path-dependent values.</param>
    /// <param name="vectors">False for the scalar twin.</param>
    /// <exception cref="ArgumentException">A background without rows or with other columns.</exception>
    public PatternAttributor(PatternPlan plan, FeatureMatrix? background, bool vectors = true)
    {
        if (background is not null && (background.Rows == 0 || background.Columns.Count != plan.Ensemble.FeatureCount))
            throw new ArgumentException("A background has rows with the columns of the ensemble.", nameof(background));
        (_plan, _rows, BackgroundRows) = (plan, new RowPlan(plan), background?.Rows ?? 0);
        _outcomes = new RowOutcomes(_rows, vectors);
        _playerOf = [.. plan.Codes.TestedFeatures.Select(feature => plan.PlayerOf[feature]).Distinct().Order()];
        _slotOf = SlotsOf(plan, _playerOf);
        _filled = new Lazy<(AlignedTable<double>, double)>(() => Fill(plan, background, vectors));
    }

    /// <summary>The attributor of an ensemble; null where the trees are too deep, a feature has too many cuts, or the tables would be
    /// larger than the limit.</summary>
    /// <param name="ensemble">What is explained.</param>
    /// <param name="background">Background rows; null for path-dependent values.</param>
    /// <param name="limits">Null: the default ones.</param>
    /// <param name="players">Columns joined into players; null: every column for itself.</param>
    public static PatternAttributor? TryBuild(TreeEnsemble ensemble, FeatureMatrix? background, ExplanationLimits? limits, Players? players = null)
    {
        if (PatternPlanBuilder.TryBuild(ensemble, players) is not { } plan || plan.Codes.TestedFeatures.Count() > MaxSlots) return null;
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

    private const int MaxSlots = ushort.MaxValue - Subtree.Width;

    // Columns of sums: the players that tests concern, then one per lane for what nobody reads.
    private int Slots => _playerOf.Length + Subtree.Width;

    /// <inheritdoc/>
    public Outcome<Attribution> Explain(ReadOnlySpan<float> row)
    {
        var (table, baseQuantity) = _filled.Value;
        var sums = ArrayPool<double>.Shared.Rent(Spread * Slots);
        var places = ArrayPool<int>.Shared.Rent(_plan.Subtrees.Length);
        Array.Clear(sums, 0, Spread * Slots);
        Walk(row, table.Pointer, places, sums);

        var contributions = new double[_plan.PlayerCount];
        for (var slot = 0; slot < _playerOf.Length; slot++)
            contributions[_playerOf[slot]] = sums[slot] + sums[Slots + slot] + (sums[2 * Slots + slot] + sums[3 * Slots + slot]);
        ArrayPool<int>.Shared.Return(places);
        ArrayPool<double>.Shared.Return(sums);
        GC.KeepAlive(table);
        return Additivity.Carry(Method, _plan.Ensemble, baseQuantity, contributions, _plan.Ensemble.Quantity(row));
    }

    private void Walk(ReadOnlySpan<float> row, double* table, int[] places, double[] sums)
    {
        var columns = Math.Max(_plan.Codes.Columns, RowOutcomes.MaxRegisterColumns);
        Span<byte> codes = columns <= 1024 ? stackalloc byte[columns] : new byte[columns];
        _plan.Codes.Encode(row, codes);
        var (trees, nextSet) = (_plan.Ensemble.TreeCount, 0);
        fixed (double* to = sums)
        {
            for (var tree = 0; tree < trees + Ahead; tree++)
            {
                if (tree < trees) Find(tree, codes, ref nextSet, table, places);
                if (tree >= Ahead) Add(tree - Ahead, table, places, to);
            }
        }
    }

    // Where each subtree's table has the row's pattern; memory is asked for it.
    private void Find(int tree, ReadOnlySpan<byte> codes, ref int nextSet, double* table, int[] places)
    {
        var (low, high) = _outcomes.Of(tree, codes, ref nextSet);
        for (var subtree = _plan.TreeSubtree[tree]; subtree < _plan.TreeSubtree[tree + 1]; subtree++)
        {
            var lowMask = _rows.LowMask[subtree];
            var pattern = RowOutcomes.Extract(low, lowMask);
            if (_rows.HighMask[subtree] is not 0 and var highMask)
                pattern |= RowOutcomes.Extract(high, highMask) << System.Numerics.BitOperations.PopCount(lowMask);
            var place = (_plan.Subtrees[subtree].FirstRow + (int)pattern) * Subtree.Width;
            places[subtree] = place;
            if (Sse.IsSupported) Sse.Prefetch0(table + place);
        }
    }

    private void Add(int tree, double* table, int[] places, double* sums)
    {
        fixed (ushort* slots = _slotOf)
        {
            for (var subtree = _plan.TreeSubtree[tree]; subtree < _plan.TreeSubtree[tree + 1]; subtree++)
            {
                var values = table + places[subtree];
                var slot = slots + subtree * Subtree.Width;
                var to = sums + (subtree & (Spread - 1)) * Slots;
                to[slot[0]] += values[0];
                to[slot[1]] += values[1];
                to[slot[2]] += values[2];
                to[slot[3]] += values[3];
                if (_plan.Subtrees[subtree].Lanes <= 4) continue;
                to[slot[4]] += values[4];
                to[slot[5]] += values[5];
                to[slot[6]] += values[6];
                to[slot[7]] += values[7];
            }
        }
    }

    private static ushort[] SlotsOf(PatternPlan plan, int[] playerOf)
    {
        var slots = new ushort[plan.LanePlayer.Length];
        for (var i = 0; i < slots.Length; i++)
        {
            var player = plan.LanePlayer[i];
            slots[i] = (ushort)(player < 0 ? playerOf.Length + i % Subtree.Width : Array.BinarySearch(playerOf, player));
        }

        return slots;
    }

    private static (AlignedTable<double>, double) Fill(PatternPlan plan, FeatureMatrix? background, bool vectors)
    {
        var counts = background is null ? null : new BackgroundCounts(plan, background, vectors);
        var table = new AlignedTable<double>(plan.Rows * Subtree.Width);
        new PatternTables(plan, counts).Fill((subtree, values) => values.CopyTo(table.Slice(plan.Subtrees[subtree].FirstRow * Subtree.Width, values.Length)));
        return (table, counts?.MeanQuantity() ?? plan.CoverMean());
    }
}

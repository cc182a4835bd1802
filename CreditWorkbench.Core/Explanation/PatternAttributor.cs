using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
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
        var table = _filled.Value.Table;
        var sums = ArrayPool<double>.Shared.Rent(Spread * Slots);
        Array.Clear(sums, 0, Spread * Slots);
        fixed (double* to = sums) Walk(row, new One(table.Pointer, to));
        var explained = Carried(_plan.Ensemble.Quantity(row), sums, step: 1, first: 0);
        ArrayPool<double>.Shared.Return(sums);
        GC.KeepAlive(table);
        return explained;
    }

    /// <summary>Whether rows have the same patterns here and there, so that one walk serves both.</summary>
    public bool SharesPlanWith(PatternAttributor other) =>
        ReferenceEquals(_plan, other._plan) || (ReferenceEquals(_plan.Ensemble, other._plan.Ensemble) && _plan.PlayerOf.SequenceEqual(other._plan.PlayerOf));

    /// <summary>Explains a row against two backgrounds; see <see cref="SharesPlanWith"/>.</summary>
    /// <returns>What each <see cref="Explain"/> gives, bit for bit.</returns>
    public (Outcome<Attribution> Own, Outcome<Attribution> Other) ExplainWith(PatternAttributor other, ReadOnlySpan<float> row)
    {
        var (own, others) = (_filled.Value.Table, other._filled.Value.Table);
        var sums = ArrayPool<double>.Shared.Rent(2 * Spread * Slots);
        Array.Clear(sums, 0, 2 * Spread * Slots);
        fixed (double* to = sums) Walk(row, new Two(own.Pointer, others.Pointer, to));
        var quantity = _plan.Ensemble.Quantity(row);
        var explained = (Carried(quantity, sums, step: 2, first: 0), other.Carried(quantity, sums, step: 2, first: 1));
        ArrayPool<double>.Shared.Return(sums);
        GC.KeepAlive(own);
        GC.KeepAlive(others);
        return explained;
    }

    // Sums of several tables lie side by side: every step-th from the first is one table's.
    private Outcome<Attribution> Carried(double quantity, double[] sums, int step, int first)
    {
        var contributions = new double[_plan.PlayerCount];
        var spread = Slots * step;
        for (var slot = 0; slot < _playerOf.Length; slot++)
        {
            var at = slot * step + first;
            contributions[_playerOf[slot]] = sums[at] + sums[spread + at] + (sums[2 * spread + at] + sums[3 * spread + at]);
        }

        return Additivity.Carry(Method, _plan.Ensemble, _filled.Value.BaseQuantity, contributions, quantity);
    }

    // The walk is compiled at once as well as it can be: a busy machine takes long to find out that it should be.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Walk<TTables>(ReadOnlySpan<float> row, TTables tables) where TTables : struct, ITables
    {
        var columns = Math.Max(_plan.Codes.Columns, RowOutcomes.MaxRegisterColumns);
        Span<byte> codes = columns <= 1024 ? stackalloc byte[columns] : new byte[columns];
        _plan.Codes.Encode(row, codes);
        var places = ArrayPool<int>.Shared.Rent(_plan.Subtrees.Length);
        var (trees, nextSet) = (_plan.Ensemble.TreeCount, 0);
        for (var tree = 0; tree < trees + Ahead; tree++)
        {
            if (tree < trees) Find(tree, codes, ref nextSet, tables, places);
            if (tree >= Ahead) Add(tree - Ahead, tables, places);
        }

        ArrayPool<int>.Shared.Return(places);
    }

    // Where the tables have the row's pattern of each subtree; memory is asked for it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Find<TTables>(int tree, ReadOnlySpan<byte> codes, ref int nextSet, TTables tables, Span<int> places) where TTables : struct, ITables
    {
        var (low, high) = _outcomes.Of(tree, codes, ref nextSet);
        var (first, count) = (_plan.TreeSubtree[tree], _plan.TreeSubtree[tree + 1] - _plan.TreeSubtree[tree]);
        var subtrees = _plan.Subtrees.AsSpan(first, count);
        var lowMasks = _rows.LowMask.AsSpan(first, count);
        var highMasks = _rows.HighMask.AsSpan(first, count);
        places = places.Slice(first, count);
        for (var i = 0; i < subtrees.Length; i++)
        {
            var pattern = RowOutcomes.Extract(low, lowMasks[i]);
            if (highMasks[i] is not 0 and var highMask)
                pattern |= RowOutcomes.Extract(high, highMask) << System.Numerics.BitOperations.PopCount(lowMasks[i]);
            var place = (subtrees[i].FirstRow + (int)pattern) * Subtree.Width;
            places[i] = place;
            tables.Fetch(place);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Add<TTables>(int tree, TTables tables, int[] places) where TTables : struct, ITables
    {
        fixed (ushort* slots = _slotOf)
        {
            for (var subtree = _plan.TreeSubtree[tree]; subtree < _plan.TreeSubtree[tree + 1]; subtree++)
            {
                var slot = slots + subtree * Subtree.Width;
                var (place, first) = ((nuint)(uint)places[subtree], (nuint)(uint)((subtree & (Spread - 1)) * Slots));
                AddFour(tables, place, slot, first);
                if (_plan.Subtrees[subtree].Lanes > 4) AddFour(tables, place + 4, slot + 4, first);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddFour<TTables>(TTables tables, nuint place, ushort* slot, nuint first) where TTables : struct, ITables
    {
        tables.Add(place, first, slot[0]);
        tables.Add(place + 1, first, slot[1]);
        tables.Add(place + 2, first, slot[2]);
        tables.Add(place + 3, first, slot[3]);
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

    private interface ITables
    {
        // Asks memory for a row.
        void Fetch(int place);

        // Adds an entry to the slot of the sums that start at the first.
        void Add(nuint place, nuint first, nuint slot);
    }

    private readonly struct One(double* table, double* sums) : ITables
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Fetch(int place)
        {
            if (Sse.IsSupported) Sse.Prefetch0(table + place);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Add(nuint place, nuint first, nuint slot) => (sums + first)[slot] += table[place];
    }

    private readonly struct Two(double* one, double* other, double* sums) : ITables
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Fetch(int place)
        {
            if (!Sse.IsSupported) return;
            Sse.Prefetch0(one + place);
            Sse.Prefetch0(other + place);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Add(nuint place, nuint first, nuint slot)
        {
            var to = sums + 2 * first + 2 * slot;
            (Vector128.Load(to) + Vector128.Create(one[place], other[place])).Store(to);
        }
    }
}

using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.Explanation;

/// <summary>One thread's way through tiles of rows with pattern tables.</summary>
internal sealed unsafe class PatternTile : TileExplainer
{
    private const int RowsPerWalk = 64;

    private readonly PatternPlan _plan;
    private readonly AlignedTable<float>? _table;
    private readonly PlaneTables? _planes;
    private readonly PatternEngine _engine;
    private readonly double _baseQuantity;
    private readonly byte[] _codes;
    private readonly int[] _columnOf;
    private readonly AlignedTable<float> _sums;
    private readonly byte[] _leaves = new byte[MaxRows];
    private readonly float[] _row;
    private readonly Adder _adder;

    /// <summary>Takes its scratch memory.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="table">Tables by rows; null where the engine has planes.</param>
    /// <param name="planes">Tables by planes; null elsewhere.</param>
    /// <param name="engine">The engine.</param>
    /// <param name="baseQuantity">q of the base.</param>
    public PatternTile(PatternPlan plan, AlignedTable<float>? table, PlaneTables? planes, PatternEngine engine, double baseQuantity)
    {
        (_plan, _table, _planes, _engine, _baseQuantity) = (plan, table, planes, engine, baseQuantity);
        _codes = new byte[plan.Codes.Columns * MaxRows];
        _columnOf = new int[plan.PlayerCount];
        Array.Fill(_columnOf, -1);
        var columns = 0;
        foreach (var player in plan.Codes.TestedFeatures.Select(feature => plan.PlayerOf[feature]).Distinct()) _columnOf[player] = columns++;
        _sums = new AlignedTable<float>((columns + 1) * MaxRows);
        _row = new float[plan.Ensemble.FeatureCount];
        _adder = new Adder(this);
    }

    /// <inheritdoc/>
    public override Problem? Explain(FeatureMatrix rows, int first, Span<float> contributions, Span<double> margins)
    {
        var count = margins.Length;
        _plan.Codes.Encode(rows, first, count, _codes, MaxRows, _engine != PatternEngine.Scalar);
        _sums.Slice(0, _sums.Length).Clear();
        var quantities = Quantities.AsSpan(0, count);
        Sum(quantities);
        if (Missed(rows, first, quantities) is { } problem) return problem;
        TileCarrier.Carry(_plan.Ensemble.Link, _baseQuantity, quantities, _sums, _columnOf, _engine == PatternEngine.Avx512 ? PlaneAdders.PlaceOfRow : [], contributions, margins);
        return null;
    }

    // The order of additions is the predictor's own, so that q has its bits.
    private void Sum(Span<double> quantities)
    {
        var ensemble = _plan.Ensemble;
        quantities.Clear();
        for (var tree = 0; tree < ensemble.TreeCount; tree++)
        {
            _adder.Add(tree, quantities.Length);
            LeafMarks.Add(_plan.LeafValue.AsSpan(_plan.TreeLeaf[tree], _plan.TreeLeaf[tree + 1] - _plan.TreeLeaf[tree]), _leaves, quantities);
        }

        foreach (ref var quantity in quantities) quantity = ensemble.BaseValue + (ensemble.Aggregation == Aggregation.Sum ? quantity : quantity / ensemble.TreeCount);
    }

    // Sums and contributions come from the same codes, so additivity alone would not show a wrong code. Some rows are walked down the
    // trees again.
    private Problem? Missed(FeatureMatrix rows, int first, ReadOnlySpan<double> quantities)
    {
        for (var row = 0; row < quantities.Length; row += RowsPerWalk)
        {
            rows.CopyRow(first + row, _row);
            var quantity = _plan.Ensemble.Quantity(_row);
            if (quantity != quantities[row]) return PortfolioExplainer.NotAdditive(first + row, quantity - quantities[row]);
        }

        return null;
    }

    private sealed class Adder(PatternTile tile) : PatternWalk(tile._plan, tile._engine != PatternEngine.Scalar)
    {
        public void Add(int tree, int rows) => Walk(tree, tile._codes, MaxRows, 0, rows);

        protected override void AtSubtree(int number, ReadOnlySpan<byte> patterns)
        {
            ref readonly var subtree = ref Plan.Subtrees[number];
            var leafOf = Plan.LeafOf.AsSpan(number * Subtree.Width, Subtree.Width);
            LeafMarks.Mark(subtree, leafOf, patterns, tile._leaves.AsSpan(0, patterns.Length), tile._engine != PatternEngine.Scalar);
            if (tile._planes is { } planes) AddPlanes(planes, number, patterns);
            else AddRows(tile._table!, number, patterns);
        }

        private void AddPlanes(PlaneTables planes, int number, ReadOnlySpan<byte> patterns)
        {
            fixed (byte* pattern = patterns)
            {
                for (var lane = 0; lane < Plan.Subtrees[number].Lanes; lane++) planes.Add(number, lane, pattern, Column(number, lane), patterns.Length);
            }
        }

        private void AddRows(AlignedTable<float> tables, int number, ReadOnlySpan<byte> patterns)
        {
            ref readonly var subtree = ref Plan.Subtrees[number];
            var columns = stackalloc float*[Subtree.Width];
            for (var lane = 0; lane < Subtree.Width; lane++) columns[lane] = Column(number, lane);
            var table = tables.Pointer + (nuint)subtree.FirstRow * Subtree.Width;
            fixed (byte* pattern = patterns)
            {
                switch (tile._engine)
                {
                    case PatternEngine.Avx2: PatternAdders.Avx2(table, pattern, columns, subtree.Lanes, patterns.Length); break;
                    case PatternEngine.Portable: PatternAdders.Portable(table, pattern, columns, subtree.Lanes, patterns.Length); break;
                    default: PatternAdders.Scalar(table, pattern, columns, subtree.Lanes, patterns.Length); break;
                }
            }
        }

        // Sums of a lane's player; beyond the lanes, memory that nobody reads.
        private float* Column(int number, int lane)
        {
            var player = Plan.LanePlayer[number * Subtree.Width + lane];
            return player < 0 ? tile._sums.Pointer + (tile._sums.Length - MaxRows) : tile._sums.Pointer + tile._columnOf[player] * MaxRows;
        }
    }
}

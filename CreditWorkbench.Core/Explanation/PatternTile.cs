using System.Runtime.CompilerServices;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Explanation;

/// <summary>One thread's way through tiles of rows with pattern tables.</summary>
internal sealed unsafe class PatternTile : TileExplainer
{
    private readonly PatternPlan _plan;
    private readonly AlignedTable<float> _table;
    private readonly PatternEngine _engine;
    private readonly double _baseQuantity;
    private readonly byte[] _codes;
    private readonly int[] _columnOf;
    private readonly AlignedTable<float> _sums;
    private readonly double[] _quantities = new double[MaxRows];
    private readonly Adder _adder;

    /// <summary>Takes its scratch memory.</summary>
    public PatternTile(PatternPlan plan, AlignedTable<float> table, PatternEngine engine, double baseQuantity)
    {
        (_plan, _table, _engine, _baseQuantity) = (plan, table, engine, baseQuantity);
        _codes = new byte[plan.Codes.Columns * MaxRows];
        _columnOf = new int[plan.Ensemble.FeatureCount];
        Array.Fill(_columnOf, -1);
        var columns = 0;
        foreach (var feature in plan.Codes.TestedFeatures) _columnOf[feature] = columns++;
        _sums = new AlignedTable<float>((columns + 1) * MaxRows);
        _adder = new Adder(this);
    }

    /// <inheritdoc/>
    public override Problem? Explain(FeatureMatrix rows, int first, Span<float> contributions, Span<double> margins)
    {
        var count = margins.Length;
        _plan.Codes.Encode(rows, first, count, _codes, MaxRows, _engine != PatternEngine.Scalar);
        _sums.Slice(0, _sums.Length).Clear();
        for (var tree = 0; tree < _plan.Ensemble.TreeCount; tree++) _adder.Add(tree, count);

        var quantities = _quantities.AsSpan(0, count);
        _plan.Ensemble.TileQuantities(rows, first, quantities);
        TileCarrier.Carry(_plan.Ensemble.Link, _baseQuantity, quantities, _sums, _columnOf, contributions, margins);
        return null;
    }

    private sealed class Adder(PatternTile tile) : PatternWalk(tile._plan, tile._engine != PatternEngine.Scalar)
    {
        public void Add(int tree, int rows) => Walk(tree, tile._codes, MaxRows, 0, rows);

        protected override void AtSubtree(int number, ReadOnlySpan<byte> patterns)
        {
            ref readonly var subtree = ref Plan.Subtrees[number];
            var unread = tile._sums.Pointer + (tile._sums.Length - MaxRows);
            var columns = stackalloc float*[Subtree.Width];
            for (var lane = 0; lane < Subtree.Width; lane++)
            {
                var feature = Plan.LaneFeature[number * Subtree.Width + lane];
                columns[lane] = feature < 0 ? unread : tile._sums.Pointer + tile._columnOf[feature] * MaxRows;
            }

            var table = tile._table.Pointer + (nuint)subtree.FirstRow * Subtree.Width;
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
    }
}

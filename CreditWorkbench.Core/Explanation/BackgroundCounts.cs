using CreditWorkbench.Core.Features;

namespace CreditWorkbench.Core.Explanation;

/// <summary>How many background rows show each pattern of each subtree: all that interventional values know of a background.</summary>
internal sealed class BackgroundCounts
{
    private readonly PatternPlan _plan;
    private readonly int[] _counts;

    /// <summary>Counts; O(nodes x rows) byte operations.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="background">At least one row with the ensemble's columns.</param>
    /// <param name="vectors">False for the scalar twin.</param>
    /// <exception cref="ArgumentException">No row, or other columns than the ensemble's.</exception>
    public BackgroundCounts(PatternPlan plan, FeatureMatrix background, bool vectors)
    {
        if (background.Rows == 0 || background.Columns.Count != plan.Ensemble.FeatureCount)
            throw new ArgumentException("A background has rows with the columns of the ensemble.", nameof(background));
        (_plan, Rows, _counts) = (plan, background.Rows, new int[plan.Rows]);
        var stride = (background.Rows + NodeTests.RowStep - 1) & -NodeTests.RowStep;
        var codes = new byte[plan.Codes.Columns * stride];
        plan.Codes.Encode(background, 0, background.Rows, codes, stride, vectors);
        Parallel.For(0, plan.Ensemble.TreeCount, () => new Walker(this, vectors), (tree, _, walker) =>
        {
            walker.Count(tree, codes, stride);
            return walker;
        }, _ => { });
    }

    /// <summary>Number of background rows.</summary>
    public int Rows { get; }

    /// <summary>Rows with each pattern of one subtree, shape [patterns].</summary>
    public ReadOnlySpan<int> Of(int subtree) => _counts.AsSpan(_plan.Subtrees[subtree].FirstRow, _plan.Subtrees[subtree].Patterns);

    /// <summary>Mean q of the background rows: the base of interventional values.</summary>
    public double MeanQuantity()
    {
        var sum = 0.0;
        for (var tree = 0; tree < _plan.Ensemble.TreeCount; tree++) sum += SumOfTree(tree) / Rows;
        return _plan.Ensemble.BaseValue + sum * _plan.Ensemble.LeafWeight;
    }

    private double SumOfTree(int tree)
    {
        var values = _plan.LeafValue.AsSpan(_plan.TreeLeaf[tree]);
        if (_plan.TreeSubtree[tree] == _plan.TreeSubtree[tree + 1]) return values[0] * Rows;
        var sum = 0.0;
        for (var number = _plan.TreeSubtree[tree]; number < _plan.TreeSubtree[tree + 1]; number++)
        {
            ref readonly var subtree = ref _plan.Subtrees[number];
            var counts = Of(number);
            for (int pattern = subtree.PathWant; pattern < counts.Length; pattern += 1 << subtree.Depth)
                sum += counts[pattern] * values[_plan.LeafOf[number * Subtree.Width + (pattern >> subtree.Depth)]];
        }

        return sum;
    }

    private sealed class Walker(BackgroundCounts counts, bool vectors) : PatternWalk(counts._plan, vectors)
    {
        private int _rows;

        public void Count(int tree, byte[] codes, int stride)
        {
            for (var first = 0; first < counts.Rows; first += TileExplainer.MaxRows)
            {
                _rows = Math.Min(TileExplainer.MaxRows, counts.Rows - first);
                Walk(tree, codes, stride, first, _rows);
            }
        }

        protected override void AtSubtree(int number, ReadOnlySpan<byte> patterns)
        {
            var slots = counts._counts.AsSpan(Plan.Subtrees[number].FirstRow, Plan.Subtrees[number].Patterns);
            foreach (var pattern in patterns[.._rows]) slots[pattern]++;
        }
    }
}

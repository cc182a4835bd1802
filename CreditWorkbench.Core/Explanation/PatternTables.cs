using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.Explanation;

/// <summary>Fills the pattern tables of a plan, subtrees side by side on the machine's cores; what they hold does not depend on how
/// many there are.</summary>
internal sealed class PatternTables
{
    private readonly PatternPlan _plan;
    private readonly BackgroundCounts? _background;

    /// <summary>Tables of a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="background">Patterns of the background; null for path-dependent values.</param>
    public PatternTables(PatternPlan plan, BackgroundCounts? background) => (_plan, _background) = (plan, background);

    /// <summary>Fills the tables in double, and hands each subtree's table on.</summary>
    /// <param name="take">Takes the number of a subtree and its table, shape [patterns x 8]; called from several threads.</param>
    public void Fill(SubtreeTable take)
    {
        var trees = _plan.Ensemble.TreeCount;
        Parallel.For(0, trees, () => new Filler(_plan, _background), (tree, _, filler) =>
        {
            for (var subtree = _plan.TreeSubtree[tree]; subtree < _plan.TreeSubtree[tree + 1]; subtree++) take(subtree, filler.Fill(subtree));
            return filler;
        }, _ => { });
    }

    /// <summary>Takes one finished table.</summary>
    public delegate void SubtreeTable(int subtree, ReadOnlySpan<double> table);

    private sealed class Filler(PatternPlan plan, BackgroundCounts? background)
    {
        private readonly TreeNodes _nodes = plan.Ensemble.Nodes;
        private readonly LeafCube _leaf = new();
        private readonly double[] _table = new double[(1 << Subtree.Width) * Subtree.Width];
        private readonly int[] _way = new int[Subtree.Width];
        private int _subtree;

        public ReadOnlySpan<double> Fill(int number)
        {
            _subtree = number;
            ref readonly var subtree = ref plan.Subtrees[number];
            var table = _table.AsSpan(0, subtree.Patterns * Subtree.Width);
            table.Clear();
            for (var bit = 0; bit < subtree.Depth; bit++) _way[bit] = bit << 1 | (subtree.PathWant >> bit & 1);
            Descend(subtree.Root, subtree.Depth, table);
            return table;
        }

        // A way holds bit << 1 | left for each test from the root to the node.
        private void Descend(int node, int tests, Span<double> table)
        {
            if (_nodes.Feature[node] < 0)
            {
                AddLeaf(node, tests, table);
                return;
            }

            var bit = plan.BitNode.AsSpan(_subtree * Subtree.Width, Subtree.Width).IndexOf(node);
            _way[tests] = bit << 1 | 1;
            Descend(_nodes.Left[node], tests + 1, table);
            _way[tests] = bit << 1;
            Descend(_nodes.Right[node], tests + 1, table);
        }

        private void AddLeaf(int leaf, int tests, Span<double> table)
        {
            var lanes = plan.LanePlayer.AsSpan(_subtree * Subtree.Width, Subtree.Width);
            _leaf.Clear();
            for (var test = 0; test < tests; test++)
            {
                var (bit, left) = (_way[test] >> 1, (_way[test] & 1) != 0);
                var node = plan.BitNode[_subtree * Subtree.Width + bit];
                _leaf.AddTest(lanes.IndexOf(plan.PlayerOf[_nodes.Feature[node]]), bit, left, PatternPlan.ShareOf(_nodes, node, left ? _nodes.Left[node] : _nodes.Right[node]));
            }

            var value = _nodes.Value[leaf] * plan.Ensemble.LeafWeight;
            if (background is null) _leaf.AddByCover(value, table);
            else _leaf.AddByBackground(value, background.Of(_subtree), 1.0 / background.Rows, table);
        }
    }
}

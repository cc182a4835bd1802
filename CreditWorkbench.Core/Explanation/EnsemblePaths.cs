using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.Explanation;

/// <summary>What the paths of an ensemble's trees test: each distinct feature on the way to a node has a slot, and a row's failed
/// tests are one bit per slot. Parallel arrays over nodes and leaves; built once per ensemble.</summary>
/// <remarks>Worked example: a path tests income, age, income. Income has slot 0, age slot 1; a row that fails the second income
/// test has the bits 01 at the leaf, however its first income test went.</remarks>
internal sealed class EnsemblePaths
{
    /// <summary>Distinct features on one path at most: the bits of a word.</summary>
    public const int MaxSlots = 64;

    private readonly TreeNodes _nodes;

    private readonly Players? _players;

    /// <summary>Walks every path.</summary>
    /// <param name="ensemble">The ensemble.</param>
    /// <param name="players">Columns joined into players, whose tests then share a slot; null: every column for itself.</param>
    /// <exception cref="ArgumentException">A path tests more than <see cref="MaxSlots"/> distinct features.</exception>
    public EnsemblePaths(TreeEnsemble ensemble, Players? players = null)
    {
        Ensemble = ensemble;
        _players = players;
        _nodes = ensemble.Nodes;
        NodeSlot = new byte[_nodes.Count];
        var builder = new LeafBuilder();
        for (var tree = 0; tree < ensemble.TreeCount; tree++) builder.Walk(this, _nodes.TreeStart[tree]);
        LeafNode = [.. builder.Leaf];
        SlotStart = [.. builder.Start];
        SlotFeature = [.. builder.Feature];
        SlotRatio = [.. builder.Ratio];
    }

    /// <summary>The ensemble.</summary>
    public TreeEnsemble Ensemble { get; }

    /// <summary>Slot of the feature that an inner node tests, on the path to that node.</summary>
    public byte[] NodeSlot { get; }

    /// <summary>Node of each leaf, trees in order.</summary>
    public int[] LeafNode { get; }

    /// <summary>First slot of each leaf, then the slot count; shape [leaves + 1].</summary>
    public int[] SlotStart { get; }

    /// <summary>Feature of each slot of each leaf; its player where columns are joined.</summary>
    public int[] SlotFeature { get; }

    /// <summary>Product of the cover ratios of a slot's tests: the share of training rows that pass them, along this path.</summary>
    public double[] SlotRatio { get; }

    /// <summary>Number of players: the shape of contributions.</summary>
    public int PlayerCount => _players?.Count ?? Ensemble.FeatureCount;

    /// <summary>Bits of the slots that a row fails on the way to each node.</summary>
    /// <param name="row">Shape [features].</param>
    /// <param name="failed">Shape [nodes]; every entry is written.</param>
    public void Fail(ReadOnlySpan<float> row, Span<ulong> failed)
    {
        for (var tree = 0; tree < Ensemble.TreeCount; tree++) failed[_nodes.TreeStart[tree]] = 0;
        for (var node = 0; node < failed.Length; node++)
        {
            var feature = _nodes.Feature[node];
            if (feature < 0) continue;
            var bit = 1UL << NodeSlot[node];
            var left = Ensemble.GoesLeft(node, row[feature]);
            failed[_nodes.Left[node]] = left ? failed[node] : failed[node] | bit;
            failed[_nodes.Right[node]] = left ? failed[node] | bit : failed[node];
        }
    }

    /// <summary>Share of a node's training weight that a child holds; a half where the node has none.</summary>
    private double ShareOf(int node, int child)
    {
        var total = _nodes.Cover[_nodes.Left[node]] + _nodes.Cover[_nodes.Right[node]];
        return total > 0 ? _nodes.Cover[child] / total : 0.5;
    }

    private sealed class LeafBuilder
    {
        public List<int> Leaf { get; } = [];

        public List<int> Start { get; } = [0];

        public List<int> Feature { get; } = [];

        public List<double> Ratio { get; } = [];

        public void Walk(EnsemblePaths paths, int root)
        {
            var pending = new Stack<Way>();
            pending.Push(new Way(root, [], []));
            while (pending.TryPop(out var way))
            {
                if (paths._nodes.Feature[way.Node] < 0) AddLeaf(way);
                else Descend(paths, way, pending);
            }
        }

        private void AddLeaf(Way way)
        {
            Leaf.Add(way.Node);
            Feature.AddRange(way.Features);
            Ratio.AddRange(way.Ratios);
            Start.Add(Feature.Count);
        }

        private static void Descend(EnsemblePaths paths, Way way, Stack<Way> pending)
        {
            var nodes = paths._nodes;
            var tested = paths._players?.Of(nodes.Feature[way.Node]) ?? nodes.Feature[way.Node];
            var slot = Array.IndexOf(way.Features, tested);
            var isNew = slot < 0;
            if (isNew) slot = way.Features.Length;
            if (slot == MaxSlots) throw new ArgumentException($"A path tests more than {MaxSlots} distinct features.");
            paths.NodeSlot[way.Node] = (byte)slot;
            var features = isNew ? [.. way.Features, tested] : way.Features;
            foreach (var child in (ReadOnlySpan<int>)[nodes.Right[way.Node], nodes.Left[way.Node]])
            {
                double[] ratios = isNew ? [.. way.Ratios, 1.0] : [.. way.Ratios];
                ratios[slot] *= paths.ShareOf(way.Node, child);
                pending.Push(new Way(child, features, ratios));
            }
        }

        private readonly record struct Way(int Node, int[] Features, double[] Ratios);
    }
}

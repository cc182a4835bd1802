using CreditWorkbench.Core.Exchange;

namespace CreditWorkbench.Tests.Exchange;

/// <summary>One node of a hand-made ONNX tree. A child index of -1 in both makes it a leaf.</summary>
internal sealed record OnnxTestNode(int Feature, string Mode, double Value, int True, int False, bool MissingGoesTrue, double[] Weights);

/// <summary>Trees as ONNX describes them, with the walk of the operator's definition: an oracle that shares nothing with the reader.</summary>
internal sealed class OnnxTestTrees
{
    private static readonly string[] _modes = ["BRANCH_LEQ", "BRANCH_LT", "BRANCH_GTE", "BRANCH_GT", "BRANCH_EQ", "BRANCH_NEQ"];

    public List<List<OnnxTestNode>> Trees { get; } = [];

    public bool IsDouble { get; init; }

    /// <summary>Trees at random. Cuts lie on whole and half numbers, so that rows meet them.</summary>
    public static OnnxTestTrees Random(int seed, int trees, int depth, int features, IReadOnlyList<string>? modes = null, int voices = 1, Func<Random, double>? weight = null, bool isDouble = false)
    {
        var (random, made) = (new Random(seed), new OnnxTestTrees { IsDouble = isDouble });
        for (var tree = 0; tree < trees; tree++)
        {
            var nodes = new List<OnnxTestNode>();
            Grow(random, nodes, depth, features, modes ?? _modes, voices, weight ?? (draws => draws.NextDouble() - 0.5), isDouble);
            made.Trees.Add(nodes);
        }

        return made;
    }

    /// <summary>Sum of the leaves of a voice.</summary>
    public double Sum(float[] row, int voice = 0) => Trees.Sum(tree => Leaf(tree, row).Weights[voice]);

    /// <summary>The attributes of a TreeEnsemble node.</summary>
    /// <param name="weights">class or target.</param>
    /// <param name="ids">Class or target of each voice.</param>
    public List<ProtoWriter> Attributes(string weights, params long[] ids)
    {
        var nodes = Trees.SelectMany((tree, t) => tree.Select((node, n) => (Tree: (long)t, Id: (long)n, Node: node))).ToList();
        var voices = nodes.Where(entry => entry.Node.True < 0).SelectMany(entry => ids.Select((id, v) => (entry.Tree, entry.Id, Class: id, Weight: entry.Node.Weights[v]))).ToList();
        return
        [
            OnnxAttributes.Integers("nodes_treeids", nodes.Select(entry => entry.Tree)),
            OnnxAttributes.Integers("nodes_nodeids", nodes.Select(entry => entry.Id)),
            OnnxAttributes.Integers("nodes_featureids", nodes.Select(entry => (long)entry.Node.Feature)),
            OnnxAttributes.Texts("nodes_modes", nodes.Select(entry => entry.Node.Mode)),
            Numbers("nodes_values", nodes.Select(entry => entry.Node.Value)),
            OnnxAttributes.Integers("nodes_truenodeids", nodes.Select(entry => (long)Math.Max(0, entry.Node.True))),
            OnnxAttributes.Integers("nodes_falsenodeids", nodes.Select(entry => (long)Math.Max(0, entry.Node.False))),
            OnnxAttributes.Integers("nodes_missing_value_tracks_true", nodes.Select(entry => entry.Node.MissingGoesTrue ? 1L : 0L)),
            Numbers("nodes_hitrates", nodes.Select(_ => 1.0)),
            OnnxAttributes.Integers($"{weights}_treeids", voices.Select(voice => voice.Tree)),
            OnnxAttributes.Integers($"{weights}_nodeids", voices.Select(voice => voice.Id)),
            OnnxAttributes.Integers($"{weights}_ids", voices.Select(voice => voice.Class)),
            Numbers($"{weights}_weights", voices.Select(voice => voice.Weight)),
        ];
    }

    private ProtoWriter Numbers(string name, IEnumerable<double> values) =>
        IsDouble ? OnnxAttributes.Doubles($"{name}_as_tensor", [.. values]) : OnnxAttributes.Singles(name, values.Select(value => (float)value));

    private static OnnxTestNode Leaf(List<OnnxTestNode> tree, float[] row)
    {
        var node = tree[0];
        while (node.True >= 0) node = tree[IsTrue(node, row[node.Feature]) ? node.True : node.False];
        return node;
    }

    private static bool IsTrue(OnnxTestNode node, float cell)
    {
        if (float.IsNaN(cell) && node.MissingGoesTrue) return true;
        double value = cell;
        return node.Mode switch
        {
            "BRANCH_LEQ" => value <= node.Value,
            "BRANCH_LT" => value < node.Value,
            "BRANCH_GTE" => value >= node.Value,
            "BRANCH_GT" => value > node.Value,
            "BRANCH_EQ" => value == node.Value,
            _ => value != node.Value,
        };
    }

    private static int Grow(Random random, List<OnnxTestNode> nodes, int depth, int features, IReadOnlyList<string> modes, int voices, Func<Random, double> weight, bool isDouble)
    {
        var at = nodes.Count;
        if (depth == 0 || random.Next(6) == 0)
        {
            nodes.Add(new OnnxTestNode(0, "LEAF", 0, -1, -1, false, [.. Enumerable.Range(0, voices).Select(_ => (double)(float)weight(random))]));
            return at;
        }

        nodes.Add(null!);
        var feature = random.Next(features);
        double[] cuts = [random.Next(-2, 5), random.Next(-4, 8) / 2.0, isDouble ? 0.1 : 0.1f, 0];
        var (cut, mode, missing) = (cuts[random.Next(cuts.Length)], modes[random.Next(modes.Count)], random.Next(2) == 0);
        // The false child follows its parent, as runtimes lay trees out.
        var onFalse = Grow(random, nodes, depth - 1, features, modes, voices, weight, isDouble);
        var onTrue = Grow(random, nodes, depth - 1, features, modes, voices, weight, isDouble);
        nodes[at] = new OnnxTestNode(feature, mode, cut, onTrue, onFalse, missing, []);
        return at;
    }
}

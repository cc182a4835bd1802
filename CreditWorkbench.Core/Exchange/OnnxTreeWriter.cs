namespace CreditWorkbench.Core.Exchange;

/// <summary>Gathers the lists of a TreeEnsembleRegressor. Nodes of a tree are numbered from 0 in the order in which they are added.</summary>
/// <remarks>A child may be shared, but only on the way of true: runtimes lay the child of false out right behind its parent.</remarks>
internal sealed class OnnxTreeWriter(int targets)
{
    private readonly List<long> _trees = [];
    private readonly List<long> _nodes = [];
    private readonly List<long> _features = [];
    private readonly List<string> _modes = [];
    private readonly List<double> _values = [];
    private readonly List<long> _true = [];
    private readonly List<long> _false = [];
    private readonly List<long> _missing = [];
    private readonly List<double> _hits = [];
    private readonly List<long> _leafTrees = [];
    private readonly List<long> _leafNodes = [];
    private readonly List<long> _leafIds = [];
    private readonly List<double> _weights = [];
    private long _tree = -1;
    private long _node;

    /// <summary>Begins the next tree.</summary>
    public void BeginTree() => (_tree, _node) = (_tree + 1, 0);

    /// <summary>Adds a test.</summary>
    /// <param name="feature">Feature.</param>
    /// <param name="mode">How it compares.</param>
    /// <param name="value">With what.</param>
    /// <param name="onTrue">Number of the node for true.</param>
    /// <param name="onFalse">Number of the node for false.</param>
    /// <param name="missingIsTrue">Whether a missing value goes the way of true.</param>
    /// <param name="cover">Training weight that passed.</param>
    public void AddTest(int feature, string mode, double value, long onTrue, long onFalse, bool missingIsTrue, double cover)
    {
        Append(feature, mode, value, cover);
        _true.Add(onTrue);
        _false.Add(onFalse);
        _missing.Add(missingIsTrue ? 1 : 0);
    }

    /// <summary>Adds a leaf.</summary>
    /// <param name="cover">Training weight that reached it.</param>
    /// <param name="weights">What it adds to each target.</param>
    public void AddLeaf(double cover, params ReadOnlySpan<double> weights)
    {
        for (var target = 0; target < weights.Length; target++)
        {
            _leafTrees.Add(_tree);
            _leafNodes.Add(_node);
            _leafIds.Add(target);
            _weights.Add(weights[target]);
        }

        Append(0, "LEAF", 0.0, cover);
        _true.Add(0);
        _false.Add(0);
        _missing.Add(0);
    }

    /// <summary>Adds the trees to a graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="features">Name of the matrix of features, in float64.</param>
    /// <param name="baseValue">Added to the first target.</param>
    /// <returns>Name of the sums, in float32: [rows, targets].</returns>
    public string Write(OnnxGraphWriter graph, string features, double baseValue)
    {
        var sums = graph.Fresh("sums");
        graph.AddNode("ai.onnx.ml", "TreeEnsembleRegressor", [features], [sums],
        [
            OnnxAttributes.Text("post_transform", "NONE"), OnnxAttributes.Text("aggregate_function", "SUM"), OnnxAttributes.Integer("n_targets", targets),
            OnnxAttributes.Doubles("base_values_as_tensor", [baseValue, .. Enumerable.Repeat(0.0, targets - 1)]),
            OnnxAttributes.Integers("nodes_treeids", _trees), OnnxAttributes.Integers("nodes_nodeids", _nodes), OnnxAttributes.Integers("nodes_featureids", _features),
            OnnxAttributes.Texts("nodes_modes", _modes), OnnxAttributes.Doubles("nodes_values_as_tensor", _values), OnnxAttributes.Integers("nodes_truenodeids", _true),
            OnnxAttributes.Integers("nodes_falsenodeids", _false), OnnxAttributes.Integers("nodes_missing_value_tracks_true", _missing), OnnxAttributes.Doubles("nodes_hitrates_as_tensor", _hits),
            OnnxAttributes.Integers("target_treeids", _leafTrees), OnnxAttributes.Integers("target_nodeids", _leafNodes), OnnxAttributes.Integers("target_ids", _leafIds),
            OnnxAttributes.Doubles("target_weights_as_tensor", _weights),
        ]);
        return sums;
    }

    private void Append(int feature, string mode, double value, double cover)
    {
        _trees.Add(_tree);
        _nodes.Add(_node++);
        _features.Add(feature);
        _modes.Add(mode);
        _values.Add(value);
        _hits.Add(cover);
    }
}

namespace CreditWorkbench.Core.Exchange;

/// <summary>The lists of a TreeEnsemble node that describe its trees: one entry per node of a tree, one per weight of a leaf.</summary>
internal sealed class OnnxNodeLists
{
    private OnnxNodeLists(OnnxNode node, string weights)
    {
        (TreeIds, NodeIds, Features) = (node.Integers("nodes_treeids"), node.Integers("nodes_nodeids"), node.Integers("nodes_featureids"));
        (Branches, Values) = (node.Texts("nodes_modes", OnnxBranches.Of), node.Numbers("nodes_values"));
        (True, False) = (node.Integers("nodes_truenodeids"), node.Integers("nodes_falsenodeids"));
        (MissingGoesTrue, Hits) = (node.Integers("nodes_missing_value_tracks_true"), node.Numbers("nodes_hitrates"));
        (LeafTrees, LeafNodes) = (node.Integers($"{weights}_treeids"), node.Integers($"{weights}_nodeids"));
        (LeafIds, Weights) = (node.Integers($"{weights}_ids"), node.Numbers($"{weights}_weights"));
    }

    public List<long> TreeIds { get; }

    public List<long> NodeIds { get; }

    public List<long> Features { get; }

    public List<OnnxBranch> Branches { get; }

    public List<double> Values { get; }

    public List<long> True { get; }

    public List<long> False { get; }

    /// <summary>Empty where the file leaves it away: then a missing value goes the way of false.</summary>
    public List<long> MissingGoesTrue { get; }

    /// <summary>Training weight that passed; empty where the file does not say, and often one number for all nodes.</summary>
    public List<double> Hits { get; }

    public List<long> LeafTrees { get; }

    public List<long> LeafNodes { get; }

    /// <summary>Class or target that a weight counts for.</summary>
    public List<long> LeafIds { get; }

    public List<double> Weights { get; }

    /// <summary>Number of nodes of all trees.</summary>
    public int Count => TreeIds.Count;

    /// <summary>Whether the file knows how much training weight passed each node. Converters that do not know write one number for all.</summary>
    public bool HasHits => Hits.Count == Count && Hits.Exists(hit => hit != Hits[0]) && Hits.TrueForAll(hit => hit >= 0 && double.IsFinite(hit));

    /// <summary>Reads the lists.</summary>
    /// <param name="node">A TreeEnsembleClassifier or TreeEnsembleRegressor.</param>
    /// <param name="weights">Beginning of the names of the leaves' lists: class or target.</param>
    public static OnnxNodeLists Of(OnnxNode node, string weights) => new(node, weights);

    /// <summary>What is wrong with the lists; null when nothing is.</summary>
    public string? Fault()
    {
        if (Count == 0) return "nodes_treeids is absent or empty";
        foreach (var (name, length) in new[] { ("nodes_nodeids", NodeIds.Count), ("nodes_featureids", Features.Count), ("nodes_modes", Branches.Count), ("nodes_values", Values.Count), ("nodes_truenodeids", True.Count), ("nodes_falsenodeids", False.Count) })
        {
            if (length != Count) return $"{name} has {length} elements, nodes_treeids {Count}";
        }

        if (MissingGoesTrue.Count > 0 && MissingGoesTrue.Count != Count) return $"nodes_missing_value_tracks_true has {MissingGoesTrue.Count} elements, nodes_treeids {Count}";
        if (LeafTrees.Count != Weights.Count || LeafNodes.Count != Weights.Count || LeafIds.Count != Weights.Count) return "the lists of the leaves' weights differ in length";
        if (Weights.Count == 0) return "no leaf has a weight";
        return Weights.TrueForAll(double.IsFinite) ? null : "a leaf has a weight that is not a finite number";
    }
}

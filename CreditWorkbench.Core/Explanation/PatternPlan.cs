using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.Explanation;

/// <summary>How an ensemble of depth at most 7 is cut into subtrees with pattern tables, and in which order they are walked. Holds no
/// tables; shared by every kind of them.</summary>
internal sealed class PatternPlan
{
    /// <summary>Depth of a tree at most: its deepest subtrees then have 8 tests.</summary>
    public const int MaxDepth = 7;

    /// <summary>See <see cref="PatternPlanBuilder.TryBuild"/>.</summary>
    public PatternPlan(TreeEnsemble ensemble, CodeBook codes, Players? players)
    {
        (Ensemble, Codes) = (ensemble, codes);
        PlayerOf = players is null ? [.. Enumerable.Range(0, ensemble.FeatureCount)] : [.. players.OfColumns];
        PlayerCount = players?.Count ?? ensemble.FeatureCount;
    }

    /// <summary>What is explained.</summary>
    public TreeEnsemble Ensemble { get; }

    /// <summary>Its tests on bytes.</summary>
    public CodeBook Codes { get; }

    /// <summary>Player of each column: the column itself, or the group that it is present and absent with.</summary>
    public int[] PlayerOf { get; }

    /// <summary>Number of players: the shape of contributions.</summary>
    public int PlayerCount { get; }

    /// <summary>Whether columns play for the same players here and there.</summary>
    public bool HasPlayersOf(PatternPlan other) => ReferenceEquals(PlayerOf, other.PlayerOf) || PlayerOf.AsSpan().SequenceEqual(other.PlayerOf);

    /// <summary>Steps of all trees, each tree in preorder.</summary>
    public required PatternStep[] Steps { get; init; }

    /// <summary>First step of each tree, then the step count; shape [trees + 1].</summary>
    public required int[] TreeStep { get; init; }

    /// <summary>All subtrees, trees in order. A tree that is one leaf has none.</summary>
    public required Subtree[] Subtrees { get; init; }

    /// <summary>First subtree of each tree, then the subtree count; shape [trees + 1].</summary>
    public required int[] TreeSubtree { get; init; }

    /// <summary>Node of each bit, shape [subtrees x 8].</summary>
    public required int[] BitNode { get; init; }

    /// <summary>Player of each lane, shape [subtrees x 8]; -1 beyond the lanes.</summary>
    public required int[] LanePlayer { get; init; }

    /// <summary>For each outcome of a subtree's own tests (bits of the pattern from <see cref="Subtree.Depth"/> on) the leaf, counted
    /// within its tree from the left; shape [subtrees x 8].</summary>
    public required byte[] LeafOf { get; init; }

    /// <summary>Values of all leaves, trees in order, each from the left.</summary>
    public required double[] LeafValue { get; init; }

    /// <summary>First leaf of each tree, then the leaf count; shape [trees + 1].</summary>
    public required int[] TreeLeaf { get; init; }

    /// <summary>Rows of all tables together: the sum of 2^bits.</summary>
    public required int Rows { get; init; }

    /// <summary>Share of a node's training weight that a child holds; a half where the node has none.</summary>
    public static double ShareOf(TreeNodes nodes, int node, int child)
    {
        var total = nodes.Cover[nodes.Left[node]] + nodes.Cover[nodes.Right[node]];
        return total > 0 ? nodes.Cover[child] / total : 0.5;
    }

    /// <summary>q of the base for path-dependent values: leaf values weighted by cover.</summary>
    public double CoverMean()
    {
        var nodes = Ensemble.Nodes;
        var weight = new double[nodes.Count];
        for (var tree = 0; tree < Ensemble.TreeCount; tree++) weight[nodes.TreeStart[tree]] = 1.0;
        var sum = 0.0;
        for (var node = 0; node < nodes.Count; node++)
        {
            if (nodes.Feature[node] < 0)
            {
                sum += weight[node] * nodes.Value[node];
                continue;
            }

            weight[nodes.Left[node]] = weight[node] * ShareOf(nodes, node, nodes.Left[node]);
            weight[nodes.Right[node]] = weight[node] * ShareOf(nodes, node, nodes.Right[node]);
        }

        return Ensemble.BaseValue + sum * Ensemble.LeafWeight;
    }
}

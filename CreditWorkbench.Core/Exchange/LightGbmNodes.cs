namespace CreditWorkbench.Core.Exchange;

/// <summary>The nodes of a LightGBM tree with its rules spelled out: inner nodes first, then leaves.</summary>
/// <remarks>A number goes left when it is at most the threshold. What counts as missing is the node's own: nothing (an empty cell is
/// then 0), zero (|x| at most 1e-35, and an empty cell), or NaN; what is missing goes the default way. A category goes left when its bit
/// is set; a category without a bit, one below 0 and a missing one go right.</remarks>
internal static class LightGbmNodes
{
    private const int CategoryBit = 1;
    private const int DefaultLeftBit = 2;
    private const int ZeroIsMissing = 1;
    private const int NaNIsMissing = 2;
    private const float ZeroBand = 1e-35f;

    /// <summary>The nodes of a tree.</summary>
    /// <param name="tree">As read.</param>
    /// <param name="featureCount">Features of the model.</param>
    /// <param name="weight">What its leaves count.</param>
    /// <param name="nodes">The nodes, the root first.</param>
    /// <returns>What is wrong with the tree; null when nothing is.</returns>
    public static string? Of(LightGbmTree tree, int featureCount, double weight, out List<SourceNode> nodes)
    {
        nodes = new List<SourceNode>(tree.Count + tree.Leaves);
        if (ShapeFault(tree) is { } shape) return shape;
        for (var node = 0; node < tree.Count; node++)
        {
            if (CoverFault(tree.InnerCount(node)) is { } cover) return $"test {node} {cover}";
            if (TestOf(tree, node, featureCount, out var fault) is not { } test) return fault;
            nodes.Add(new SourceNode(test, Index(tree, tree.Left(node)), Index(tree, tree.Right(node)), 0.0, tree.InnerCount(node)));
        }

        for (var leaf = 0; leaf < tree.Leaves; leaf++)
        {
            if (!double.IsFinite(tree.LeafValue(leaf) * weight)) return $"leaf {leaf} has the value {tree.LeafValue(leaf)}";
            if (CoverFault(tree.LeafCount(leaf)) is { } cover) return $"leaf {leaf} {cover}";
            nodes.Add(SourceNode.Leaf(tree.LeafValue(leaf) * weight, tree.LeafCount(leaf)));
        }

        return null;
    }

    private static int Index(LightGbmTree tree, int child) => child >= 0 ? child : tree.Count + ~child;

    private static string? CoverFault(double count) => count >= 0 && double.IsFinite(count) ? null : $"was reached by {count} rows";

    // Each node but the root is the child of one other, and every walk from the root ends.
    private static string? ShapeFault(LightGbmTree tree)
    {
        var visited = new bool[tree.Count + tree.Leaves];
        var (pending, reached) = (new Stack<int>([0]), 0);
        while (pending.TryPop(out var node))
        {
            if (visited[node]) return $"node {node} has two parents";
            visited[node] = true;
            reached++;
            if (node >= tree.Count) continue;
            foreach (var child in new[] { tree.Left(node), tree.Right(node) })
            {
                if (child >= tree.Count || ~child >= tree.Leaves) return $"test {node} has the child {child}, the tree {tree.Count} tests and {tree.Leaves} leaves";
                pending.Push(Index(tree, child));
            }
        }

        return reached == visited.Length ? null : $"{visited.Length - reached} nodes are not reached from the root";
    }

    private static SourceTest? TestOf(LightGbmTree tree, int node, int featureCount, out string? fault)
    {
        fault = null;
        var (feature, threshold, decision) = (tree.Feature(node), tree.Threshold(node), tree.Decision(node));
        var missing = decision >> 2 & 3;
        if (feature < 0 || feature >= featureCount) fault = $"test {node} asks for feature {feature}, the model has {featureCount}";
        else if (missing > NaNIsMissing || decision is < 0 or > 15) fault = $"test {node} has the unknown decision type {decision}";
        else if (double.IsNaN(threshold)) fault = $"test {node} has no threshold";
        if (fault is not null) return null;
        if ((decision & CategoryBit) != 0) return CategoriesOf(tree, node, feature, out fault);
        var cut = SourceTest.FloatAtMost(threshold);
        var isDefaultLeft = (decision & DefaultLeftBit) != 0;
        return missing switch
        {
            ZeroIsMissing => SourceTest.OfNumbers(feature, x => MathF.Abs(x) <= ZeroBand ? isDefaultLeft : x <= cut, [cut, MathF.BitDecrement(-ZeroBand), ZeroBand], isDefaultLeft),
            NaNIsMissing => SourceTest.OfNumbers(feature, x => x <= cut, [cut], isDefaultLeft),
            _ => SourceTest.OfNumbers(feature, x => x <= cut, [cut], threshold >= 0.0),
        };
    }

    private static SourceTest? CategoriesOf(LightGbmTree tree, int node, int feature, out string? fault)
    {
        fault = null;
        if (tree.Categories(tree.Threshold(node), GatheredNodes.MaxCategories) is not { } categories) fault = $"test {node} names set {tree.Threshold(node)}, which does not exist or goes beyond {GatheredNodes.MaxCategories} categories";
        else return categories.Count > 0 ? SourceTest.OfCategories(feature, categories, false) : SourceTest.OfNumbers(feature, _ => false, [], false);
        return null;
    }
}

namespace CreditWorkbench.Core.Exchange;

/// <summary>Gathers the trees of an XGBoost file into the arrays of an ensemble: parents before children, deleted nodes left out.</summary>
/// <remarks>XGBoost sends <c>x &lt; cut</c> left, in float32; ours sends <c>x &lt;= cut</c> left. With the next lower float as the cut both
/// say the same of every float: no float lies between. Nothing is lower than -Infinity, so no number goes left there. XGBoost lists the
/// categories that go right and sends every other one left, unknown ones included; ours lists those that go left. In both cases the
/// children are exchanged, and the missing direction with them.</remarks>
internal static class XgboostTrees
{
    /// <summary>Adds a tree.</summary>
    /// <param name="nodes">Where to.</param>
    /// <param name="tree">As read.</param>
    /// <param name="weight">What its leaves count: 1, or the weight that dropout left it.</param>
    /// <returns>What is wrong with the tree; null when it was added.</returns>
    public static string? Add(GatheredNodes nodes, XgboostTree tree, double weight)
    {
        var visited = new bool[tree.Count];
        var pending = new Stack<(int Node, int Parent, bool IsLeft, int Depth)>([(0, -1, false, 0)]);
        var reached = 0;
        while (pending.TryPop(out var next))
        {
            if (visited[next.Node]) return $"node {next.Node} has two parents";
            if (next.Depth > GatheredNodes.MaxDepth) return $"node {next.Node} lies deeper than {GatheredNodes.MaxDepth} tests";
            visited[next.Node] = true;
            reached++;
            var index = nodes.Count;
            if (next.Parent >= 0) nodes.Attach(next.Parent, next.IsLeft, index);
            if (AddNode(nodes, tree, next.Node, weight) is { } fault) return fault;
            if (tree.Left(next.Node) < 0) continue;
            var isExchanged = IsExchanged(tree, next.Node);
            pending.Push((isExchanged ? tree.Left(next.Node) : tree.Right(next.Node), index, false, next.Depth + 1));
            pending.Push((isExchanged ? tree.Right(next.Node) : tree.Left(next.Node), index, true, next.Depth + 1));
        }

        if (reached + tree.Deleted != tree.Count) return $"{tree.Count - reached} nodes are not reached from the root, and {tree.Deleted} are stated as deleted";
        nodes.EndTree();
        return null;
    }

    private static bool IsExchanged(XgboostTree tree, int node) => tree.TestsCategories(node) || float.IsNegativeInfinity(tree.Condition(node));

    private static string? AddNode(GatheredNodes nodes, XgboostTree tree, int node, double weight)
    {
        var (left, right, cover) = (tree.Left(node), tree.Right(node), tree.Cover(node));
        if (!(cover >= 0) || float.IsInfinity(cover)) return $"node {node} has the cover {cover}";
        if (left == -1 && right == -1)
        {
            if (!float.IsFinite(tree.Condition(node))) return $"leaf {node} has the value {tree.Condition(node)}";
            nodes.AddLeaf(tree.Condition(node) * weight, cover);
            return null;
        }

        if (left < 0 || left >= tree.Count || right < 0 || right >= tree.Count) return $"node {node} has the children {left} and {right}, the tree {tree.Count} nodes";
        var feature = tree.Feature(node);
        if (feature < 0 || feature >= nodes.FeatureCount) return $"node {node} tests feature {feature}, the model has {nodes.FeatureCount}";
        var isExchanged = IsExchanged(tree, node);
        var missingGoesLeft = tree.MissingGoesLeft(node) != isExchanged;
        if (tree.TestsCategories(node)) return AddCategories(nodes, tree, node, feature, missingGoesLeft);
        if (float.IsNaN(tree.Condition(node))) return $"node {node} has no cut";
        nodes.AddTest(feature, isExchanged ? float.PositiveInfinity : MathF.BitDecrement(tree.Condition(node)), missingGoesLeft, cover);
        return null;
    }

    private static string? AddCategories(GatheredNodes nodes, XgboostTree tree, int node, int feature, bool missingGoesLeft)
    {
        if (tree.CategoriesRight(node) is not { Count: > 0 } listed) return $"node {node} tests categories and lists none";
        var (lowest, highest) = (listed.Min(), listed.Max());
        if (lowest < 0 || highest >= GatheredNodes.MaxCategories) return $"node {node} lists category {(lowest < 0 ? lowest : highest)}; they run from 0 to {GatheredNodes.MaxCategories - 1}";
        if (!nodes.HasRoomForSets) return "the sets of categories take more room than this program gives them";
        nodes.AddCategories(feature, listed, missingGoesLeft, tree.Cover(node));
        return null;
    }
}

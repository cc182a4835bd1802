namespace CreditWorkbench.Core.Exchange;

/// <summary>The trees of one TreeEnsemble node, each as nodes with the root first, and one number per leaf.</summary>
/// <param name="Trees">The trees.</param>
/// <param name="HasHits">Whether covers are the file's own.</param>
/// <param name="WholeFeatures">Features that are only asked whether they equal a whole number: category indices.</param>
internal sealed record OnnxTrees(IReadOnlyList<IReadOnlyList<SourceNode>> Trees, bool HasHits, IReadOnlySet<int> WholeFeatures)
{
    /// <summary>Number of nodes.</summary>
    public long Nodes => Trees.Sum(tree => (long)tree.Count);

    /// <summary>Least and greatest sum of one leaf per tree.</summary>
    public (double Least, double Greatest) Range => (Trees.Sum(tree => Leaves(tree).Min()), Trees.Sum(tree => Leaves(tree).Max()));

    private static IEnumerable<double> Leaves(IReadOnlyList<SourceNode> tree) => tree.Where(node => node.Test is null).Select(node => node.Value);
}

using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.Explanation;

/// <summary>An ensemble laid out for quadrature: its trees, its codes and, where wanted, the numbers of its pairs.</summary>
internal sealed class QuadratureForest
{
    private QuadratureForest(TreeEnsemble ensemble, QuadratureTree[] trees, FeaturePairs? pairs)
    {
        (Ensemble, Trees, Pairs) = (ensemble, trees, pairs);
        Coder = new RowCoder(ensemble);
        Depth = trees.Length == 0 ? 0 : trees.Max(tree => tree.Depth);
        Tests = trees.Length == 0 ? 0 : trees.Max(tree => tree.TestNode.Length);
        BaseQuantity = ensemble.BaseValue + trees.Sum(tree => tree.Mean) * ensemble.LeafWeight;
    }

    /// <summary>The ensemble.</summary>
    public TreeEnsemble Ensemble { get; }

    /// <summary>Its trees in order.</summary>
    public QuadratureTree[] Trees { get; }

    /// <summary>Pairs of features that meet on a path; null where they are not wanted.</summary>
    public FeaturePairs? Pairs { get; }

    /// <summary>Codes of rows.</summary>
    public RowCoder Coder { get; }

    /// <summary>Tests on the longest path.</summary>
    public int Depth { get; }

    /// <summary>Tests of the largest tree.</summary>
    public int Tests { get; }

    /// <summary>q of the base: the mean over training covers.</summary>
    public double BaseQuantity { get; }

    /// <summary>Lays out an ensemble.</summary>
    /// <param name="ensemble">The ensemble.</param>
    /// <param name="withPairs">Whether interaction values are wanted.</param>
    /// <returns>Null when a path tests more than 16 distinct features or a feature has more split points than two bytes tell apart.</returns>
    public static QuadratureForest? TryBuild(TreeEnsemble ensemble, bool withPairs = false)
    {
        if (!RowCoder.CanCode(ensemble)) return null;
        var pairs = withPairs ? new FeaturePairs() : null;
        var trees = new QuadratureTree[ensemble.TreeCount];
        for (var tree = 0; tree < trees.Length; tree++)
        {
            if (QuadratureTreeBuilder.TryBuild(ensemble.Nodes, ensemble.Nodes.TreeStart[tree], pairs) is not { } laidOut) return null;
            trees[tree] = laidOut;
        }

        return new QuadratureForest(ensemble, trees, pairs);
    }
}

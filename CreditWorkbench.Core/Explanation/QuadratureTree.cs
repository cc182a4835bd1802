using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.Explanation;

/// <summary>The walk through one tree that gives every row's path-dependent Shapley values by quadrature.</summary>
/// <remarks>
/// For each node t of the rule the walk carries down P, the weight times the product of the factors t o + (1 - t) z of the features
/// above (o = whether the row passes all tests of the feature so far, z = product of their cover ratios), and up H, the mean
/// of the leaves below with the factors below. The factors of two children add up to their parent's, so that the second is a
/// subtraction and H = H2 + r (H1 - H2) with r = the first child's factor over the parent's. The node's feature receives
/// (o1 - z1) sum over t of P (H1 - H2); where the path has tested it before, with o' and z' so far, o' (o1 - z1) sum of
/// z' / (z' (1 - t) + t)^2 P (H1 - H2), which follows from taking away the value that stood for the tests so far. Nothing is divided by a
/// factor that can be 0. Cf. Yu et al. (2022), Linear TreeSHAP; the quadrature is exact for ceil(k / 2) nodes.
/// With another feature g of the path the node's feature interacts by the same sum with the factor of g replaced by its o - z.
/// </remarks>
internal sealed class QuadratureTree
{
    /// <summary>Most nodes of the rule: paths of up to 16 distinct features.</summary>
    public const int MaxNodes = 8;

    /// <summary>Steps in order; empty for a tree that is one leaf.</summary>
    public required QuadratureStep[] Steps { get; init; }

    /// <summary>Constants of the steps.</summary>
    public required float[] Constants { get; init; }

    /// <summary>Partners of the steps; empty where pairs are not wanted.</summary>
    public required QuadraturePartner[] Partners { get; init; }

    /// <summary>Inner node of the ensemble behind each test.</summary>
    public required int[] TestNode { get; init; }

    /// <summary>Whether a test asks for the right child.</summary>
    public required bool[] TestIsRight { get; init; }

    /// <summary>Number of nodes of the rule: half of the distinct features of the longest path, rounded up.</summary>
    public required int Nodes { get; init; }

    /// <summary>Tests on the longest path.</summary>
    public required int Depth { get; init; }

    /// <summary>Mean leaf value by cover.</summary>
    public required double Mean { get; init; }
}

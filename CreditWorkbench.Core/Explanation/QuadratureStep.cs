using System.Runtime.InteropServices;

namespace CreditWorkbench.Core.Explanation;

/// <summary>What a step of a <see cref="QuadratureTree"/> does.</summary>
internal enum QuadratureAction
{
    /// <summary>Goes down to the first child of a node whose feature the path has not tested before.</summary>
    Enter,
    /// <summary>The same where the path has tested the feature before.</summary>
    EnterAgain,
    /// <summary>Goes from the first child over to the second.</summary>
    Turn,
    /// <summary>Comes back from the last child.</summary>
    Leave,
    /// <summary>The same where the path has tested the feature before.</summary>
    LeaveAgain,
    /// <summary>A node with two leaves.</summary>
    Pair,
    /// <summary>The same where the path has tested the feature before.</summary>
    PairAgain,
}

/// <summary>One step of the walk through a tree.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct QuadratureStep
{
    /// <summary>What to do.</summary>
    public required QuadratureAction Action { get; init; }

    /// <summary>Tests above the node.</summary>
    public required int Depth { get; init; }

    /// <summary>Number of the node among the tree's inner nodes.</summary>
    public required int Test { get; init; }

    /// <summary>Feature that the node tests.</summary>
    public required int Feature { get; init; }

    /// <summary>Depth of the nearest node above that tests the same feature; -1 without.</summary>
    public required int Prior { get; init; }

    /// <summary>Where the mean over the node's leaves goes: 2 x parent's depth + 2 for a first child, + 3 for a second, 0 for the root.</summary>
    public required int Result { get; init; }

    /// <summary>Whether the second child is a leaf; the first is one at pairs only.</summary>
    public required bool SecondIsLeaf { get; init; }

    /// <summary>Share of the node's cover that the first child holds.</summary>
    public required float Share { get; init; }

    /// <summary>Value of the first child if a leaf, less the tree's mean.</summary>
    public required float First { get; init; }

    /// <summary>Value of the second child if a leaf, less the tree's mean.</summary>
    public required float Second { get; init; }

    /// <summary>Start of the node's constants, one per quadrature node each. Where the feature was tested before: the first child's
    /// factor over the factor so far for rows that pass both tests, the same for rows that fail this one, and the weight
    /// z / (z (1 - t) + t)^2. Then, where pairs are wanted: (1 - z) / (z (1 - t) + t) of the first child, of the second.</summary>
    public required int Constants { get; init; }

    /// <summary>First of the node's partners, features above it, in <see cref="QuadratureTree.Partners"/>.</summary>
    public required int FirstPartner { get; init; }

    /// <summary>Number of partners.</summary>
    public required int Partners { get; init; }
}

/// <summary>A feature that the path above a node tests.</summary>
/// <param name="Depth">Depth of the nearest node that tests it.</param>
/// <param name="Pair">Number of the pair that it makes with the node's feature.</param>
internal readonly record struct QuadraturePartner(int Depth, int Pair);

namespace CreditWorkbench.Core.Explanation;

/// <summary>A maximal subtree of height at most 2, with the path that leads to it. The outcomes of the path's tests and of its own (1 =
/// goes left) are the bits of a pattern: path tests from the root first, then its own in preorder. Everything that the subtree adds to
/// a row's Shapley values depends on the pattern alone.</summary>
/// <param name="Root">Node at its top.</param>
/// <param name="Depth">Tests on the path: the low bits.</param>
/// <param name="Bits">Tests in all, at most 8.</param>
/// <param name="Lanes">Distinct features among the tests, at most 8.</param>
/// <param name="PathWant">The low bits of a row that comes to <paramref name="Root"/>.</param>
/// <param name="FirstRow">First of its 2^Bits rows in the tables.</param>
internal readonly record struct Subtree(int Root, byte Depth, byte Bits, byte Lanes, byte PathWant, int FirstRow)
{
    /// <summary>Bits and lanes of a pattern table at most.</summary>
    public const int Width = 8;

    /// <summary>Number of patterns.</summary>
    public int Patterns => 1 << Bits;
}

namespace CreditWorkbench.Core.Explanation;

/// <summary>One step of the walk over a tree: a test that lengthens the pattern, or a subtree whose table is read.</summary>
/// <param name="Node">The node that tests; the root of the subtree.</param>
/// <param name="Depth">Tests above it: the pattern so far stands at this level.</param>
/// <param name="Subtree">Number of the subtree; -1 for a test.</param>
internal readonly record struct PatternStep(int Node, byte Depth, int Subtree);

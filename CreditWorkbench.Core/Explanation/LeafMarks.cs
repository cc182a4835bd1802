using System.Runtime.Intrinsics;

namespace CreditWorkbench.Core.Explanation;

/// <summary>Finds the leaves of many rows from the patterns that their subtrees show anyway, and so q in the predictor's own order of
/// addition: bit for bit what a walk down every tree gives.</summary>
internal static class LeafMarks
{
    private const int Step = 16;

    /// <summary>Notes the leaf of the rows that come to a subtree.</summary>
    /// <param name="subtree">The subtree.</param>
    /// <param name="leafOf">Its leaves by the outcome of its own tests, shape [8].</param>
    /// <param name="patterns">Patterns, shape [rows]; a multiple of <see cref="NodeTests.RowStep"/>.</param>
    /// <param name="leaves">Leaf within the tree per row; 0 before the tree's first subtree.</param>
    /// <param name="vectors">False for the scalar twin.</param>
    public static void Mark(in Subtree subtree, ReadOnlySpan<byte> leafOf, ReadOnlySpan<byte> patterns, Span<byte> leaves, bool vectors)
    {
        var path = (byte)((1 << subtree.Depth) - 1);
        if (!vectors)
        {
            for (var row = 0; row < patterns.Length; row++)
            {
                if ((patterns[row] & path) == subtree.PathWant) leaves[row] = leafOf[patterns[row] >> subtree.Depth];
            }

            return;
        }

        var (paths, want) = (Vector128.Create(path), Vector128.Create(subtree.PathWant));
        var table = Vector128.CreateScalar(BitConverter.ToUInt64(leafOf)).AsByte();
        for (var row = 0; row + Step <= patterns.Length; row += Step)
        {
            var pattern = Vector128.Create(patterns.Slice(row, Step));
            var leaf = Vector128.Shuffle(table, Vector128.ShiftRightLogical(pattern, subtree.Depth));
            var marked = Vector128.Create(leaves.Slice(row, Step)) | (leaf & Vector128.Equals(pattern & paths, want));
            marked.CopyTo(leaves[row..]);
        }
    }

    /// <summary>Adds the marked leaves' values to the rows' sums and clears the marks.</summary>
    /// <param name="values">Values of the tree's leaves.</param>
    /// <param name="leaves">Marks, shape [rows].</param>
    /// <param name="sums">Sums, shape [rows].</param>
    public static void Add(ReadOnlySpan<double> values, Span<byte> leaves, Span<double> sums)
    {
        for (var row = 0; row < sums.Length; row++) sums[row] += values[leaves[row]];
        leaves.Clear();
    }
}

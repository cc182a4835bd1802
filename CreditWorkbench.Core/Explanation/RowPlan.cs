using System.Runtime.CompilerServices;

namespace CreditWorkbench.Core.Explanation;

/// <summary>A plan laid out for single rows. Consecutive subtrees whose tests, taken together, fit a word are a block: their outcomes
/// are the bits of one word, and those of a subtree lie in it in the order of its pattern. Consecutive blocks are a batch, whose table
/// rows are found before they are added.</summary>
/// <remarks>A full tree of depth 6 is one block, one of depth 7 two, each with the root's test; nine trees of depth 3 share one.</remarks>
internal sealed class RowPlan
{
    /// <summary>Tests of a block at most. Each block's tests start on a multiple.</summary>
    public const int BlockTests = 64;

    /// <summary>Subtrees of a batch at most; a block has no more than it has tests.</summary>
    public const int BatchSubtrees = 128;

    // The rows of a subtree stand in runs of 2^4.
    private const int UsualBits = 4;

    /// <summary>The plan.</summary>
    public required PatternPlan Plan { get; init; }

    /// <summary>First subtree of each block, then the subtree count; shape [blocks + 1].</summary>
    public required int[] BlockSubtree { get; init; }

    /// <summary>First block of each batch, then the block count; shape [batches + 1].</summary>
    public required int[] BatchBlock { get; init; }

    /// <summary>Column of codes of each test, shape [blocks x 64]; column 0 where a block has fewer.</summary>
    public required int[] TestColumn { get; init; }

    /// <summary>The same as bytes; empty where there are more than 256 columns.</summary>
    public required byte[] TestByte { get; init; }

    /// <summary>Codes up to this one go left; shape [blocks x 64].</summary>
    public required byte[] TestLimit { get; init; }

    /// <summary>Number of tests of each block.</summary>
    public required int[] Tests { get; init; }

    /// <summary>Tests that have a set instead of a limit: place in the block, and node.</summary>
    public required (int Place, int Node)[] SetTests { get; init; }

    /// <summary>First entry of <see cref="SetTests"/> of each block, then their count; shape [blocks + 1].</summary>
    public required int[] BlockSet { get; init; }

    /// <summary>Outcomes of each block's tests that are more usual than their opposites. A word has 1 where a row differs from them.</summary>
    public required ulong[] Usual { get; init; }

    /// <summary>Bits of each subtree in its block's word. The bits of its rows' index.</summary>
    public required ulong[] Mask { get; init; }

    /// <summary>Row of index 0 of each subtree.</summary>
    public required int[] FirstRow { get; init; }

    /// <summary>Rows of other subtrees between a subtree's first 16 rows and its next 16.</summary>
    public required int[] Gap { get; init; }

    /// <summary>Bit of the index for each bit of a pattern; shape [subtrees x 8].</summary>
    public required byte[] IndexBit { get; init; }

    /// <summary>Each subtree's pattern of usual outcomes: its index is 0.</summary>
    public required byte[] UsualPattern { get; init; }

    /// <summary>Number of batches.</summary>
    public int Batches => BatchBlock.Length - 1;

    /// <summary>Where the tables have a row of a subtree.</summary>
    /// <param name="firstRow">Its <see cref="FirstRow"/>.</param>
    /// <param name="gap">Its <see cref="Gap"/>.</param>
    /// <param name="index">Outcomes of its tests that are not the usual ones, the least certain test in bit 0.</param>
    /// <remarks>Index 0 is the most usual, large ones are rare. The first 16 rows of all subtrees come first, then the next 16 of all, and so
    /// on: what most cases read is an eighth of the memory, and the processor keeps its addresses at hand. In the order of subtrees every row
    /// read would lie on a page of its own. Subtrees of one number of tests have a region for themselves.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int RowOf(int firstRow, int gap, int index) => firstRow + index + (index >> UsualBits) * gap;

    /// <summary>The row of a pattern.</summary>
    /// <param name="subtree">The subtree.</param>
    /// <param name="pattern">As <see cref="Subtree"/> has it.</param>
    public int RowOfPattern(int subtree, int pattern)
    {
        var (index, unusual) = (0, pattern ^ UsualPattern[subtree]);
        for (var bit = 0; bit < Plan.Subtrees[subtree].Bits; bit++) index |= (unusual >> bit & 1) << IndexBit[subtree * Subtree.Width + bit];
        return RowOf(FirstRow[subtree], Gap[subtree], index);
    }

    /// <summary>Gives every subtree its <see cref="FirstRow"/> and <see cref="Gap"/>; every row of the tables belongs to one subtree.</summary>
    public static (int[] FirstRow, int[] Gap) Regions(Subtree[] subtrees)
    {
        var (first, gap, start) = (new int[subtrees.Length], new int[subtrees.Length], 0);
        for (var bits = 0; bits <= Subtree.Width; bits++)
        {
            var (count, together) = (subtrees.Count(subtree => subtree.Bits == bits), 1 << Math.Min(bits, UsualBits));
            for (var (subtree, number) = (0, 0); subtree < subtrees.Length; subtree++)
            {
                if (subtrees[subtree].Bits != bits) continue;
                (first[subtree], gap[subtree]) = (start + number++ * together, (count - 1) * together);
            }

            start += count << bits;
        }

        return (first, gap);
    }

    /// <summary>First subtree of a batch; the subtree count behind the last.</summary>
    public int BatchSubtree(int batch) => BlockSubtree[BatchBlock[batch]];
}

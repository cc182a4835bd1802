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

    /// <summary>Bits of each subtree in its block's word.</summary>
    public required ulong[] Mask { get; init; }

    /// <summary><see cref="Subtree.FirstRow"/> of each subtree.</summary>
    public required int[] FirstRow { get; init; }

    /// <summary>Number of batches.</summary>
    public int Batches => BatchBlock.Length - 1;

    /// <summary>First subtree of a batch; the subtree count behind the last.</summary>
    public int BatchSubtree(int batch) => BlockSubtree[BatchBlock[batch]];
}

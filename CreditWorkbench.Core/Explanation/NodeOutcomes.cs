using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.Explanation;

/// <summary>Which rows of a tile go left at a node, one bit per row.</summary>
internal static class NodeOutcomes
{
    /// <summary>Works out a node's outcomes.</summary>
    /// <param name="ensemble">The ensemble.</param>
    /// <param name="coder">Its split points.</param>
    /// <param name="codes">The tile.</param>
    /// <param name="node">An inner node.</param>
    /// <param name="left">Filled; shape [words of the tile]. Bits beyond the last row are arbitrary.</param>
    public static void Of(TreeEnsemble ensemble, RowCoder coder, RowCodes codes, int node, Span<ulong> left)
    {
        var feature = ensemble.Nodes.Feature[node];
        var set = ensemble.Nodes.CategorySet[node];
        if (set >= 0) OfSet(ensemble.Nodes, codes, feature, set, left);
        else if (coder.IsWide[feature]) OfWide(codes.Wide(feature), (ushort)coder.CodeOf(node), left);
        else OfNarrow(codes.Narrow(feature), (byte)coder.CodeOf(node), left);
        for (var bits = ensemble.Nodes.CodesLeft[node] & codes.NanCodes(feature); bits != 0; bits &= bits - 1)
            Join(left, codes.NanPlane(feature, BitOperations.TrailingZeroCount(bits)));
    }

    private static void OfNarrow(ReadOnlySpan<byte> codes, byte largest, Span<ulong> left)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            var vectors = MemoryMarshal.Cast<byte, Vector512<byte>>(codes);
            var limit = Vector512.Create(largest);
            for (var word = 0; word < left.Length; word++) left[word] = Vector512.LessThanOrEqual(vectors[word], limit).ExtractMostSignificantBits();
        }
        else
        {
            var vectors = MemoryMarshal.Cast<byte, Vector256<byte>>(codes);
            var limit = Vector256.Create(largest);
            for (var word = 0; word < left.Length; word++)
            {
                left[word] = Vector256.LessThanOrEqual(vectors[2 * word], limit).ExtractMostSignificantBits()
                    | (ulong)Vector256.LessThanOrEqual(vectors[2 * word + 1], limit).ExtractMostSignificantBits() << 32;
            }
        }
    }

    private static void OfWide(ReadOnlySpan<ushort> codes, ushort largest, Span<ulong> left)
    {
        var vectors = MemoryMarshal.Cast<ushort, Vector256<ushort>>(codes);
        var limit = Vector256.Create(largest);
        for (var word = 0; word < left.Length; word++)
        {
            var bits = 0UL;
            for (var part = 0; part < 4; part++)
                bits |= (ulong)Vector256.LessThanOrEqual(vectors[4 * word + part], limit).ExtractMostSignificantBits() << 16 * part;
            left[word] = bits;
        }
    }

    private static void OfSet(TreeNodes nodes, RowCodes codes, int feature, int set, Span<ulong> left)
    {
        left.Clear();
        for (var word = nodes.SetStart[set]; word < nodes.SetStart[set + 1]; word++)
        {
            for (var bits = nodes.SetBits[word]; bits != 0; bits &= bits - 1)
            {
                var category = 64 * (word - nodes.SetStart[set]) + BitOperations.TrailingZeroCount(bits);
                if (codes.CategoryPlane(feature, category) is { } plane) Join(left, plane);
            }
        }
    }

    private static void Join(Span<ulong> left, ulong[] plane)
    {
        for (var word = 0; word < left.Length; word++) left[word] |= plane[word];
    }
}

using System.Runtime.Intrinsics;

namespace CreditWorkbench.Core.Explanation;

/// <summary>Runs one node's test on the codes of many rows and adds its outcome to their patterns.</summary>
internal static class NodeTests
{
    /// <summary>Rows are taken in steps of so many.</summary>
    public const int RowStep = 32;

    /// <summary>to = from, with a bit set where the row goes left.</summary>
    /// <param name="book">Knows the test.</param>
    /// <param name="node">The node.</param>
    /// <param name="codes">Codes of the node's column, shape [rows]; a multiple of <see cref="RowStep"/>.</param>
    /// <param name="bit">The bit.</param>
    /// <param name="from">Patterns so far, shape [rows].</param>
    /// <param name="to">Overwritten, shape [rows]; may be <paramref name="from"/>.</param>
    /// <param name="vectors">False for the scalar twin.</param>
    public static void Run(CodeBook book, int node, ReadOnlySpan<byte> codes, byte bit, ReadOnlySpan<byte> from, Span<byte> to, bool vectors)
    {
        if (!vectors) RunScalar(book, node, codes, bit, from, to);
        else if (book.NodeSet[node] < 0) RunLimit(book.NodeLimit[node], codes, bit, from, to);
        else RunSet(book.Sets.AsSpan(book.NodeSet[node] * CodeBook.SetBytes, CodeBook.SetBytes), codes, bit, from, to);
    }

    private static void RunScalar(CodeBook book, int node, ReadOnlySpan<byte> codes, byte bit, ReadOnlySpan<byte> from, Span<byte> to)
    {
        for (var row = 0; row < codes.Length; row++) to[row] = book.GoesLeft(node, codes[row]) ? (byte)(from[row] | bit) : from[row];
    }

    private static void RunLimit(byte limit, ReadOnlySpan<byte> codes, byte bit, ReadOnlySpan<byte> from, Span<byte> to)
    {
        var (limits, bits) = (Vector256.Create(limit), Vector256.Create(bit));
        for (var row = 0; row + RowStep <= codes.Length; row += RowStep)
        {
            var code = Vector256.Create(codes.Slice(row, RowStep));
            var left = Vector256.Equals(Vector256.Min(code, limits), code);
            (Vector256.Create(from.Slice(row, RowStep)) | (left & bits)).CopyTo(to[row..]);
        }
    }

    // The code's upper five bits choose a byte of the set, the lower three a bit of that byte. A shuffle gives 0 for places that its
    // sixteen bytes do not have, so that the two halves of the set are looked up apart and joined.
    private static void RunSet(ReadOnlySpan<byte> set, ReadOnlySpan<byte> codes, byte bit, ReadOnlySpan<byte> from, Span<byte> to)
    {
        const int step = 16;
        var (low, high, bits) = (Vector128.Create(set[..step]), Vector128.Create(set[step..]), Vector128.Create(bit));
        var powers = Vector128.Create((byte)1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128);
        for (var row = 0; row + step <= codes.Length; row += step)
        {
            var code = Vector128.Create(codes.Slice(row, step));
            var place = Vector128.ShiftRightLogical(code, 3);
            var held = Vector128.Shuffle(low, place) | Vector128.Shuffle(high, place - Vector128.Create((byte)step));
            var power = Vector128.Shuffle(powers, code & Vector128.Create((byte)7));
            var left = Vector128.Equals(held & power, power);
            (Vector128.Create(from.Slice(row, step)) | (left & bits)).CopyTo(to[row..]);
        }
    }
}

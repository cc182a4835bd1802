using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CreditWorkbench.Core.Explanation;

/// <summary>For each row a bit per slot (distinct feature of a path): whether the row has passed all tests of it so far.</summary>
internal static class PassPatterns
{
    /// <summary>Rows side by side; arrays of patterns have a multiple of it.</summary>
    public const int Step = 16;

    private static readonly Vector256<ushort> _bits =
        Vector256.Create((ushort)1, 1 << 1, 1 << 2, 1 << 3, 1 << 4, 1 << 5, 1 << 6, 1 << 7, 1 << 8, 1 << 9, 1 << 10, 1 << 11, 1 << 12, 1 << 13, 1 << 14, 1 << 15);

    /// <summary>Patterns after one more test.</summary>
    /// <param name="before">Shape [rows], padded to <see cref="Step"/>.</param>
    /// <param name="after">Overwritten, same shape.</param>
    /// <param name="passed">Rows that pass the test, 64 to a word.</param>
    /// <param name="flip">All bits set where <paramref name="passed"/> holds those that fail, else 0.</param>
    /// <param name="slot">Slot of the tested feature.</param>
    /// <param name="again">Whether the path has tested the feature before.</param>
    public static void Extend(ReadOnlySpan<ushort> before, Span<ushort> after, ReadOnlySpan<ulong> passed, ulong flip, int slot, bool again)
    {
        var from = MemoryMarshal.Cast<ushort, Vector256<ushort>>(before);
        var to = MemoryMarshal.Cast<ushort, Vector256<ushort>>(after);
        var bit = Vector256.Create((ushort)(1 << slot));
        for (var i = 0; i < to.Length; i++)
        {
            var bits = (ushort)((passed[i >> 2] ^ flip) >> 16 * (i & 3));
            var mask = Vector256.Equals(Vector256.Create(bits) & _bits, _bits);
            to[i] = again ? from[i] & (mask | ~bit) : from[i] | (mask & bit);
        }
    }

    /// <summary>The same row by row: what the vectors are tested against.</summary>
    public static void ExtendByRow(ReadOnlySpan<ushort> before, Span<ushort> after, ReadOnlySpan<ulong> passed, ulong flip, int slot, bool again)
    {
        for (var row = 0; row < after.Length; row++)
        {
            var passes = ((passed[row >> 6] ^ flip) >> (row & 63) & 1) != 0;
            after[row] = (ushort)(again ? (passes ? before[row] : before[row] & ~(1 << slot)) : passes ? before[row] | 1 << slot : before[row]);
        }
    }
}

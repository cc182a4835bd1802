using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CreditWorkbench.Core.Explanation;

/// <summary>Adds the table rows that patterns name to the columns of the lanes' features. Every engine adds the same numbers to the same
/// sums in the same order.</summary>
internal static unsafe class PatternAdders
{
    private const int Width = Subtree.Width;

    /// <summary>Scalar twin.</summary>
    /// <param name="table">Table of the subtree, shape [patterns x 8], on a cache line.</param>
    /// <param name="patterns">Shape [rows].</param>
    /// <param name="columns">Sums of each lane's feature, shape [lanes] of [rows].</param>
    /// <param name="lanes">Lanes to add.</param>
    /// <param name="rows">A multiple of <see cref="NodeTests.RowStep"/>.</param>
    public static void Scalar(float* table, byte* patterns, float** columns, int lanes, int rows)
    {
        for (var row = 0; row < rows; row++)
        {
            var values = table + patterns[row] * Width;
            for (var lane = 0; lane < lanes; lane++) columns[lane][row] += values[lane];
        }
    }

    /// <summary>Four rows at a time on any machine; parameters as in <see cref="Scalar"/>.</summary>
    public static void Portable(float* table, byte* patterns, float** columns, int lanes, int rows)
    {
        for (var row = 0; row < rows; row += 4)
        {
            var a = table + patterns[row] * Width;
            var b = table + patterns[row + 1] * Width;
            var c = table + patterns[row + 2] * Width;
            var d = table + patterns[row + 3] * Width;
            for (var lane = 0; lane < lanes; lane++)
            {
                var column = columns[lane] + row;
                (Vector128.Load(column) + Vector128.Create(a[lane], b[lane], c[lane], d[lane])).Store(column);
            }
        }
    }

    /// <summary>Eight rows at a time: eight loads, an 8 x 8 transpose, one addition per lane; parameters as in <see cref="Scalar"/>, but
    /// <paramref name="columns"/> has eight entries, those beyond the lanes leading to memory that nobody reads.</summary>
    public static void Avx2(float* table, byte* patterns, float** columns, int lanes, int rows)
    {
        var (c0, c1, c2, c3) = ((nuint)columns[0], (nuint)columns[1], (nuint)columns[2], (nuint)columns[3]);
        var (c4, c5, c6, c7) = ((nuint)columns[4], (nuint)columns[5], (nuint)columns[6], (nuint)columns[7]);
        for (var row = 0; row < rows; row += Width)
        {
            var pattern = *(ulong*)(patterns + row);
            var (r0, r1) = (RowOf(table, pattern), RowOf(table, pattern >> 8));
            var (r2, r3) = (RowOf(table, pattern >> 16), RowOf(table, pattern >> 24));
            var (r4, r5) = (RowOf(table, pattern >> 32), RowOf(table, pattern >> 40));
            var (r6, r7) = (RowOf(table, pattern >> 48), RowOf(table, pattern >> 56));

            // Pairs of rows, then fours, then the two halves: lane i of eight rows in one register.
            var (p0, p1) = (Avx.UnpackLow(r0, r1), Avx.UnpackHigh(r0, r1));
            var (p2, p3) = (Avx.UnpackLow(r2, r3), Avx.UnpackHigh(r2, r3));
            var (p4, p5) = (Avx.UnpackLow(r4, r5), Avx.UnpackHigh(r4, r5));
            var (p6, p7) = (Avx.UnpackLow(r6, r7), Avx.UnpackHigh(r6, r7));
            var (f0, f4) = (Avx.Shuffle(p0, p2, 0x44), Avx.Shuffle(p4, p6, 0x44));
            var (f1, f5) = (Avx.Shuffle(p0, p2, 0xEE), Avx.Shuffle(p4, p6, 0xEE));
            var (f2, f6) = (Avx.Shuffle(p1, p3, 0x44), Avx.Shuffle(p5, p7, 0x44));
            var (f3, f7) = (Avx.Shuffle(p1, p3, 0xEE), Avx.Shuffle(p5, p7, 0xEE));

            var offset = (nuint)row * sizeof(float);
            Add(c0 + offset, Avx.Permute2x128(f0, f4, 0x20));
            Add(c1 + offset, Avx.Permute2x128(f1, f5, 0x20));
            Add(c2 + offset, Avx.Permute2x128(f2, f6, 0x20));
            Add(c3 + offset, Avx.Permute2x128(f3, f7, 0x20));
            if (lanes <= 4) continue;
            Add(c4 + offset, Avx.Permute2x128(f0, f4, 0x31));
            Add(c5 + offset, Avx.Permute2x128(f1, f5, 0x31));
            Add(c6 + offset, Avx.Permute2x128(f2, f6, 0x31));
            if (lanes == Width) Add(c7 + offset, Avx.Permute2x128(f3, f7, 0x31));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> RowOf(float* table, ulong pattern) => Vector256.LoadAligned(table + (nuint)(byte)pattern * Width);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(nuint sums, Vector256<float> values) => (Vector256.Load((float*)sums) + values).Store((float*)sums);
}

using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CreditWorkbench.Core.Explanation;

/// <summary>Looks up 64 rows at once in the planes of a lane and adds what it finds: one byte shuffle per plane, then two rounds of
/// interleaving make floats of the bytes. Needs AVX-512 VBMI.</summary>
/// <remarks>Interleaving works inside each quarter of a register, so that sums stand in the order that <see cref="PlaceOfRow"/> says;
/// <see cref="TileCarrier"/> puts them right when it writes rows.</remarks>
internal static unsafe class PlaneAdders
{
    private const int Rows = 64;

    /// <summary>Whether this machine can.</summary>
    public static bool IsSupported => Avx512Vbmi.IsSupported && Avx512BW.IsSupported;

    /// <summary>Where the sum of each of 64 rows stands: row 16 q + 4 b + i at 16 b + 4 q + i.</summary>
    public static ReadOnlySpan<byte> PlaceOfRow => _places;

    private static readonly byte[] _places = [.. Enumerable.Range(0, Rows).Select(row => (byte)((row >> 2 & 3) << 4 | row >> 4 << 2 | row & 3))];

    /// <summary>Planes of 64 patterns.</summary>
    public static void Add64(byte* planes, byte* patterns, float* sums, int rows)
    {
        var (a, b) = (Vector512.LoadAligned(planes), Vector512.LoadAligned(planes + 64));
        var (c, d) = (Vector512.LoadAligned(planes + 128), Vector512.LoadAligned(planes + 192));
        for (var row = 0; row < rows; row += Rows)
        {
            var pattern = Vector512.Load(patterns + row);
            Add(sums + row, Avx512Vbmi.PermuteVar64x8(a, pattern), Avx512Vbmi.PermuteVar64x8(b, pattern),
                Avx512Vbmi.PermuteVar64x8(c, pattern), Avx512Vbmi.PermuteVar64x8(d, pattern));
        }
    }

    /// <summary>Planes of 128 patterns.</summary>
    public static void Add128(byte* planes, byte* patterns, float* sums, int rows)
    {
        var (a0, a1) = (Vector512.LoadAligned(planes), Vector512.LoadAligned(planes + 64));
        var (b0, b1) = (Vector512.LoadAligned(planes + 128), Vector512.LoadAligned(planes + 192));
        var (c0, c1) = (Vector512.LoadAligned(planes + 256), Vector512.LoadAligned(planes + 320));
        var (d0, d1) = (Vector512.LoadAligned(planes + 384), Vector512.LoadAligned(planes + 448));
        for (var row = 0; row < rows; row += Rows)
        {
            var pattern = Vector512.Load(patterns + row);
            Add(sums + row, Avx512Vbmi.PermuteVar64x8x2(a0, pattern, a1), Avx512Vbmi.PermuteVar64x8x2(b0, pattern, b1),
                Avx512Vbmi.PermuteVar64x8x2(c0, pattern, c1), Avx512Vbmi.PermuteVar64x8x2(d0, pattern, d1));
        }
    }

    /// <summary>Planes of 256 patterns: both halves are looked up, the pattern's top bit chooses.</summary>
    public static void Add256(byte* planes, byte* patterns, float* sums, int rows)
    {
        for (var row = 0; row < rows; row += Rows)
        {
            var pattern = Vector512.Load(patterns + row);
            var upper = Vector512.LessThan(pattern.AsSByte(), Vector512<sbyte>.Zero).AsByte();
            Add(sums + row, Look256(planes, pattern, upper), Look256(planes + 256, pattern, upper),
                Look256(planes + 512, pattern, upper), Look256(planes + 768, pattern, upper));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<byte> Look256(byte* plane, Vector512<byte> pattern, Vector512<byte> upper)
    {
        var low = Avx512Vbmi.PermuteVar64x8x2(Vector512.LoadAligned(plane), pattern, Vector512.LoadAligned(plane + 64));
        var high = Avx512Vbmi.PermuteVar64x8x2(Vector512.LoadAligned(plane + 128), pattern, Vector512.LoadAligned(plane + 192));
        return Vector512.ConditionalSelect(upper, high, low);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(float* sums, Vector512<byte> a, Vector512<byte> b, Vector512<byte> c, Vector512<byte> d)
    {
        var (lowAb, highAb) = (Avx512BW.UnpackLow(a, b).AsUInt16(), Avx512BW.UnpackHigh(a, b).AsUInt16());
        var (lowCd, highCd) = (Avx512BW.UnpackLow(c, d).AsUInt16(), Avx512BW.UnpackHigh(c, d).AsUInt16());
        AddSixteen(sums, Avx512BW.UnpackLow(lowAb, lowCd));
        AddSixteen(sums + 16, Avx512BW.UnpackHigh(lowAb, lowCd));
        AddSixteen(sums + 32, Avx512BW.UnpackLow(highAb, highCd));
        AddSixteen(sums + 48, Avx512BW.UnpackHigh(highAb, highCd));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddSixteen(float* sums, Vector512<ushort> values) => (Vector512.LoadAligned(sums) + values.AsSingle()).StoreAligned(sums);
}

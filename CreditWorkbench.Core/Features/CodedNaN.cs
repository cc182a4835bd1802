using System.Runtime.CompilerServices;

namespace CreditWorkbench.Core.Features;

/// <summary>Missing values and special codes as quiet NaNs whose payload is an index: 0 missing, k the input's k-th special
/// code (one-based, in the dictionary's order). Arithmetic may lose a payload; only copies are relied on.</summary>
/// <remarks>Bits of a float: sign 0, exponent all ones, quiet bit 22 set, payload in the low bits (0 to <see cref="MaxCode"/>).</remarks>
public static class CodedNaN
{
    /// <summary>Largest special-code index; trees keep one direction bit per index in 32 bits.</summary>
    public const int MaxCode = 31;

    private const uint QuietNaN = 0x7FC0_0000;

    /// <summary>A missing value.</summary>
    public static float Missing { get; } = Of(0);

    /// <summary>The NaN that stands for an index.</summary>
    /// <param name="code">0 missing, 1 to <see cref="MaxCode"/> a special code.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Of(int code) => BitConverter.UInt32BitsToSingle(QuietNaN | (uint)code);

    /// <summary>The index of a NaN: 0 for missing and for any NaN that is not ours.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int CodeOf(float nan)
    {
        var payload = BitConverter.SingleToUInt32Bits(nan) & 0x003F_FFFF;
        return payload <= MaxCode ? (int)payload : 0;
    }

    /// <summary>The same index as a double NaN, for the feature program, which computes in double.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double OfDouble(int code) => BitConverter.UInt64BitsToDouble(0x7FF8_0000_0000_0000UL | (uint)code);

    /// <summary>The index of a double NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int CodeOf(double nan)
    {
        var payload = BitConverter.DoubleToUInt64Bits(nan) & 0x0007_FFFF_FFFF_FFFFUL;
        return payload <= MaxCode ? (int)payload : 0;
    }

    /// <summary>Rounds a computed double to float once and keeps the index of a NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float ToFloat(double value) => double.IsNaN(value) ? Of(CodeOf(value)) : (float)value;
}

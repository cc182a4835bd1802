using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CreditWorkbench.Core.Explanation;

/// <summary>How many rows a kernel works on at once.</summary>
internal enum LaneWidth
{
    /// <summary>One: the twin that the wider ones are tested against.</summary>
    Scalar = 1,
    /// <summary>Four.</summary>
    Bits128 = 4,
    /// <summary>Eight.</summary>
    Bits256 = 8,
    /// <summary>Sixteen.</summary>
    Bits512 = 16,
}

/// <summary>The widest vectors of this machine.</summary>
internal static class LaneWidths
{
    /// <summary>What to use when nothing is forced.</summary>
    public static LaneWidth Widest =>
        Vector512.IsHardwareAccelerated ? LaneWidth.Bits512 : Vector256.IsHardwareAccelerated ? LaneWidth.Bits256 : LaneWidth.Bits128;
}

/// <summary>One row.</summary>
internal readonly struct ScalarLanes : ILanes<float>
{
    public static int Count => 1;

    public static float Create(float value) => value;

    public static float Mask(ulong bits) => BitConverter.Int32BitsToSingle(-(int)(bits & 1));

    public static float Add(float a, float b) => a + b;

    public static float Subtract(float a, float b) => a - b;

    public static float Multiply(float a, float b) => a * b;

    public static float MultiplyAdd(float a, float b, float c) => MathF.FusedMultiplyAdd(a, b, c);

    public static float And(float a, float b) => BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(a) & BitConverter.SingleToInt32Bits(b));

    public static float AndNot(float a, float b) => BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(a) & ~BitConverter.SingleToInt32Bits(b));

    public static float Select(float mask, float set, float unset) => BitConverter.SingleToInt32Bits(mask) != 0 ? set : unset;
}

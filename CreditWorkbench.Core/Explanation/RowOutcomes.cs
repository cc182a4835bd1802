using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CreditWorkbench.Core.Explanation;

/// <summary>Runs all tests of a tree on one row: the row's codes stand in up to four registers, shuffles hand each test its code, and one
/// comparison gives sixteen outcomes.</summary>
/// <param name="plan">The tests.</param>
/// <param name="vectors">False for the scalar twin.</param>
internal sealed class RowOutcomes(RowPlan plan, bool vectors)
{
    /// <summary>Columns of codes that registers hold.</summary>
    public const int MaxRegisterColumns = 64;

    private readonly bool _inRegisters = vectors && plan.TestByte.Length == plan.TestColumn.Length && plan.Plan.Codes.Columns <= MaxRegisterColumns;

    /// <summary>Outcomes of one tree's tests as bits: 1 = goes left.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="codes">Codes of the row, at least <see cref="MaxRegisterColumns"/> of them.</param>
    /// <param name="nextSet">Next entry of <see cref="RowPlan.SetTests"/>; trees are asked in order.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public (ulong Low, ulong High) Of(int tree, ReadOnlySpan<byte> codes, ref int nextSet)
    {
        var (first, end) = (plan.TreeTest[tree], plan.TreeTest[tree + 1]);
        var (low, high) = _inRegisters ? ByRegisters(first, end, codes) : ByMemory(first, end, codes);
        for (; nextSet < plan.SetTests.Length && plan.SetTests[nextSet].Test < end; nextSet++)
        {
            var (test, node) = plan.SetTests[nextSet];
            var place = test - first;
            var bit = plan.Plan.Codes.GoesLeft(node, codes[plan.TestColumn[test]]) ? 1UL : 0UL;
            if (place < 64) low = (low & ~(1UL << place)) | bit << place;
            else high = (high & ~(1UL << (place - 64))) | bit << (place - 64);
        }

        return (low, high);
    }

    /// <summary>Picks the bits of a mask and puts them side by side, lowest first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Extract(ulong bits, ulong mask) => Bmi2.X64.IsSupported ? Bmi2.X64.ParallelBitExtract(bits, mask) : ExtractScalar(bits, mask);

    /// <summary>Scalar twin of <see cref="Extract"/>.</summary>
    internal static ulong ExtractScalar(ulong bits, ulong mask)
    {
        var (picked, place) = (0UL, 0);
        for (; mask != 0; mask &= mask - 1) picked |= (bits >> System.Numerics.BitOperations.TrailingZeroCount(mask) & 1) << place++;
        return picked;
    }

    private (ulong, ulong) ByMemory(int first, int end, ReadOnlySpan<byte> codes)
    {
        var (low, high) = (0UL, 0UL);
        for (var test = first; test < end; test++)
        {
            var bit = codes[plan.TestColumn[test]] <= plan.TestLimit[test] ? 1UL : 0UL;
            if (test - first < 64) low |= bit << (test - first);
            else high |= bit << (test - first - 64);
        }

        return (low, high);
    }

    // A shuffle gives 0 for places that its sixteen codes do not have, so the registers' answers are joined.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private (ulong, ulong) ByRegisters(int first, int end, ReadOnlySpan<byte> codes)
    {
        const int step = RowPlan.Step;
        var (a, b) = (Vector128.Create(codes), Vector128.Create(codes[step..]));
        var (c, d) = (Vector128.Create(codes[(2 * step)..]), Vector128.Create(codes[(3 * step)..]));
        var columns = plan.TestByte.AsSpan(first, end - first);
        var limits = plan.TestLimit.AsSpan(first, end - first);
        var half = plan.Plan.Codes.Columns <= 2 * step;
        Span<ulong> words = [0, 0];
        for (var test = 0; test < columns.Length; test += step)
        {
            var place = Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(columns), (nuint)test);
            var code = Vector128.Shuffle(a, place) | Vector128.Shuffle(b, place - Vector128.Create((byte)step));
            if (!half) code |= Vector128.Shuffle(c, place - Vector128.Create((byte)(2 * step))) | Vector128.Shuffle(d, place - Vector128.Create((byte)(3 * step)));
            var limit = Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(limits), (nuint)test);
            words[test >> 6] |= (ulong)Vector128.Equals(Vector128.Min(code, limit), code).ExtractMostSignificantBits() << (test & 63);
        }

        return (words[0], words[1]);
    }
}

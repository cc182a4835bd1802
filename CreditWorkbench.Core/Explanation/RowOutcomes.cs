using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CreditWorkbench.Core.Explanation;

/// <summary>Which instructions explain single rows. All give the same bits.</summary>
internal enum RowEngine
{
    /// <summary>One test and one addition after the other: the twin that the others are tested against.</summary>
    Scalar,
    /// <summary>Vectors on any machine.</summary>
    Portable,
    /// <summary>All tests of a block at once (AVX-512 VBMI).</summary>
    Avx512,
}

/// <summary>Runs all tests of a block on one row: the row's codes stand in registers, a permutation hands each test its code, and one
/// comparison gives the outcomes.</summary>
internal sealed class RowOutcomes
{
    /// <summary>Columns of codes that registers hold, and so how many a row has at least.</summary>
    public const int RegisterColumns = 128;

    private const int Step = 16;
    private const int PortableColumns = 4 * Step;

    private readonly RowPlan _plan;
    private readonly RowEngine _way;

    /// <summary>Chooses the way to the outcomes.</summary>
    /// <param name="plan">The tests.</param>
    /// <param name="engine">The instructions.</param>
    public RowOutcomes(RowPlan plan, RowEngine engine)
    {
        _plan = plan;
        var columns = plan.Plan.Codes.Columns;
        if (engine == RowEngine.Avx512 && Avx512Vbmi.IsSupported && columns <= RegisterColumns) _way = RowEngine.Avx512;
        else if (engine != RowEngine.Scalar && columns <= PortableColumns) _way = RowEngine.Portable;
        else _way = RowEngine.Scalar;
    }

    /// <summary>Outcomes of one block's tests as bits: 1 = goes left. Bits beyond the tests are not meaningful.</summary>
    /// <param name="block">The block.</param>
    /// <param name="codes">Codes of the row, at least <see cref="RegisterColumns"/> of them.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Of(int block, ReadOnlySpan<byte> codes)
    {
        var outcomes = _way == RowEngine.Avx512 ? ByPermutation(block, codes) : _way == RowEngine.Portable ? ByShuffles(block, codes) : OneByOne(block, codes);
        return _plan.BlockSet[block] == _plan.BlockSet[block + 1] ? outcomes : WithSets(block, codes, outcomes);
    }

    /// <summary>Picks the bits of a mask and puts them side by side, lowest first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Extract(ulong bits, ulong mask) => Bmi2.X64.IsSupported ? Bmi2.X64.ParallelBitExtract(bits, mask) : ExtractScalar(bits, mask);

    /// <summary>Scalar twin of <see cref="Extract"/>.</summary>
    internal static ulong ExtractScalar(ulong bits, ulong mask)
    {
        var (picked, place) = (0UL, 0);
        for (; mask != 0; mask &= mask - 1) picked |= (bits >> BitOperations.TrailingZeroCount(mask) & 1) << place++;
        return picked;
    }

    private ulong WithSets(int block, ReadOnlySpan<byte> codes, ulong outcomes)
    {
        for (var i = _plan.BlockSet[block]; i < _plan.BlockSet[block + 1]; i++)
        {
            var (place, node) = _plan.SetTests[i];
            var bit = _plan.Plan.Codes.GoesLeft(node, codes[_plan.TestColumn[block * RowPlan.BlockTests + place]]) ? 1UL : 0UL;
            outcomes = (outcomes & ~(1UL << place)) | bit << place;
        }

        return outcomes;
    }

    private ulong OneByOne(int block, ReadOnlySpan<byte> codes)
    {
        var columns = _plan.TestColumn.AsSpan(block * RowPlan.BlockTests, _plan.Tests[block]);
        var limits = _plan.TestLimit.AsSpan(block * RowPlan.BlockTests, columns.Length);
        var outcomes = 0UL;
        for (var test = 0; test < columns.Length; test++) outcomes |= (codes[columns[test]] <= limits[test] ? 1UL : 0UL) << test;
        return outcomes;
    }

    private ulong ByPermutation(int block, ReadOnlySpan<byte> codes)
    {
        var place = Vector512.Create<byte>(_plan.TestByte.AsSpan(block * RowPlan.BlockTests, RowPlan.BlockTests));
        var limit = Vector512.Create<byte>(_plan.TestLimit.AsSpan(block * RowPlan.BlockTests, RowPlan.BlockTests));
        var code = Avx512Vbmi.PermuteVar64x8x2(Vector512.Create(codes), place, Vector512.Create(codes[RowPlan.BlockTests..]));
        return Vector512.LessThanOrEqual(code, limit).ExtractMostSignificantBits();
    }

    // A shuffle gives 0 for places that its sixteen codes do not have, so the registers' answers are joined.
    private ulong ByShuffles(int block, ReadOnlySpan<byte> codes)
    {
        var columns = _plan.TestByte.AsSpan(block * RowPlan.BlockTests, RowPlan.BlockTests);
        var limits = _plan.TestLimit.AsSpan(block * RowPlan.BlockTests, RowPlan.BlockTests);
        var outcomes = 0UL;
        for (var test = 0; test < _plan.Tests[block]; test += Step)
        {
            var place = Vector128.Create<byte>(columns.Slice(test, Step));
            var code = Vector128<byte>.Zero;
            for (var first = 0; first < PortableColumns; first += Step) code |= Vector128.Shuffle(Vector128.Create(codes.Slice(first, Step)), place - Vector128.Create((byte)first));
            var limit = Vector128.Create<byte>(limits.Slice(test, Step));
            outcomes |= (ulong)Vector128.LessThanOrEqual(code, limit).ExtractMostSignificantBits() << test;
        }

        return outcomes;
    }
}

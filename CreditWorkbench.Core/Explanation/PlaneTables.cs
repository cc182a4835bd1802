using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CreditWorkbench.Core.Explanation;

/// <summary>Pattern tables laid out for lookups inside registers: per lane the four bytes of its floats in planes of their own, one byte
/// per pattern. A register shuffle then looks 64 rows up at once.</summary>
internal sealed unsafe class PlaneTables
{
    private const int Line = 64;
    private const int BytesOfFloat = sizeof(float);

    private readonly PatternPlan _plan;
    private readonly int[] _firstLine;
    private readonly AlignedTable<byte> _planes;

    /// <summary>Takes memory for a plan.</summary>
    public PlaneTables(PatternPlan plan)
    {
        _plan = plan;
        _firstLine = new int[plan.Subtrees.Length];
        var lines = 0;
        for (var i = 0; i < _firstLine.Length; i++)
        {
            _firstLine[i] = lines;
            lines += plan.Subtrees[i].Lanes * BytesOfFloat * EntriesOf(plan.Subtrees[i]) / Line;
        }

        _planes = new AlignedTable<byte>(lines * Line);
    }

    /// <summary>Bytes that the planes of a plan take.</summary>
    public static long BytesOf(PatternPlan plan) => plan.Subtrees.Sum(subtree => (long)subtree.Lanes * BytesOfFloat * EntriesOf(subtree));

    /// <summary>Entries of a plane: as many as patterns, a register at least.</summary>
    public static int EntriesOf(in Subtree subtree) => Math.Max(Line, subtree.Patterns);

    /// <summary>The four planes of one lane.</summary>
    public byte* Of(int number, int lane) =>
        _planes.Pointer + (nuint)_firstLine[number] * Line + (nuint)(lane * BytesOfFloat * EntriesOf(_plan.Subtrees[number]));

    /// <summary>Writes one subtree's table, rounded to floats.</summary>
    /// <param name="number">The subtree.</param>
    /// <param name="table">Shape [patterns x 8].</param>
    public void Write(int number, ReadOnlySpan<double> table)
    {
        ref readonly var subtree = ref _plan.Subtrees[number];
        var entries = EntriesOf(subtree);
        Span<float> values = stackalloc float[1 << Subtree.Width];
        for (var lane = 0; lane < subtree.Lanes; lane++)
        {
            values.Clear();
            for (var pattern = 0; pattern < subtree.Patterns; pattern++) values[pattern] = (float)table[pattern * Subtree.Width + lane];
            WriteLane(MemoryMarshal.Cast<float, int>(values), Of(number, lane), entries);
        }
    }

    /// <summary>Adds one lane's values to its feature's sums. Within 64 rows the sums stand in the order of
    /// <see cref="PlaneAdders.PlaceOfRow"/>.</summary>
    /// <param name="number">The subtree.</param>
    /// <param name="lane">The lane.</param>
    /// <param name="patterns">Shape [rows rounded up to 64].</param>
    /// <param name="sums">Shape [rows rounded up to 64].</param>
    /// <param name="rows">Number of rows.</param>
    public void Add(int number, int lane, byte* patterns, float* sums, int rows)
    {
        var planes = Of(number, lane);
        switch (EntriesOf(_plan.Subtrees[number]))
        {
            case Line: PlaneAdders.Add64(planes, patterns, sums, rows); break;
            case 2 * Line: PlaneAdders.Add128(planes, patterns, sums, rows); break;
            default: PlaneAdders.Add256(planes, patterns, sums, rows); break;
        }
    }

    private static void WriteLane(ReadOnlySpan<int> bits, byte* planes, int entries)
    {
        for (var entry = 0; entry < entries; entry += Vector512<int>.Count)
        {
            var value = Vector512.Create(bits.Slice(entry, Vector512<int>.Count));
            for (var plane = 0; plane < BytesOfFloat; plane++)
                Avx512F.ConvertToVector128Byte(Vector512.ShiftRightLogical(value, 8 * plane)).Store(planes + plane * entries + entry);
        }
    }
}

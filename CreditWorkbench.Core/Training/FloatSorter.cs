using System.Runtime.InteropServices;

namespace CreditWorkbench.Core.Training;

/// <summary>Sorts floats by counting their digits: three passes of 11 bits, whatever the values. Keeps its memory for the next column.</summary>
internal sealed class FloatSorter
{
    private const int Digits = 1 << 11;

    private uint[] _keys = [];
    private uint[] _scratch = [];

    /// <summary>Sorts values without NaN in place; -0 comes before 0.</summary>
    public void Sort(Span<float> values)
    {
        if (_keys.Length < values.Length) (_keys, _scratch) = (GC.AllocateUninitializedArray<uint>(values.Length), GC.AllocateUninitializedArray<uint>(values.Length));
        var bits = MemoryMarshal.Cast<float, uint>(values);
        var keys = _keys.AsSpan(0, values.Length);
        var scratch = _scratch.AsSpan(0, values.Length);
        Span<int> starts = stackalloc int[3 * Digits];
        starts.Clear();
        for (var i = 0; i < bits.Length; i++)
        {
            // Rising keys for rising floats: negative ones reversed, the others behind them.
            var key = bits[i] ^ ((uint)((int)bits[i] >> 31) | 0x8000_0000);
            keys[i] = key;
            starts[(int)(key & (Digits - 1))]++;
            starts[Digits + (int)(key >> 11 & (Digits - 1))]++;
            starts[2 * Digits + (int)(key >> 22)]++;
        }

        Place(keys, scratch, starts[..Digits], 0);
        Place(scratch, keys, starts[Digits..(2 * Digits)], 11);
        Place(keys, scratch, starts[(2 * Digits)..], 22);
        for (var i = 0; i < bits.Length; i++) bits[i] = scratch[i] ^ ((uint)((int)~scratch[i] >> 31) | 0x8000_0000);
    }

    /// <summary>Memory for one count per value; what was sorted last is no longer needed there.</summary>
    public Span<int> Counts(int length) => MemoryMarshal.Cast<uint, int>(_scratch.AsSpan(0, length));

    private static void Place(ReadOnlySpan<uint> from, Span<uint> to, Span<int> counts, int shift)
    {
        var start = 0;
        foreach (ref var count in counts) (count, start) = (start, start + count);
        foreach (var key in from) to[counts[(int)(key >> shift & (Digits - 1))]++] = key;
    }
}

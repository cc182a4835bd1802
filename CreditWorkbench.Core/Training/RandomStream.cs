using System.Numerics;

namespace CreditWorkbench.Core.Training;

/// <summary>A reproducible stream of random numbers, addressed by seed, purpose and index, so that each tree draws from its own
/// stream whichever thread grows it.</summary>
/// <remarks>xoshiro256** (Blackman and Vigna, 2018), its state filled by SplitMix64 (Steele, Lea and Flood, 2014).</remarks>
public sealed class RandomStream
{
    private ulong _a, _b, _c, _d;

    /// <summary>Opens the stream with this address; equal addresses give equal numbers.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="purpose">What the numbers are for; a constant of the caller.</param>
    /// <param name="index">Tree, fold or row that draws.</param>
    public RandomStream(ulong seed, ulong purpose = 0, ulong index = 0)
    {
        var state = Mix(Mix(Mix(seed) ^ purpose) ^ index);
        _a = Next(ref state);
        _b = Next(ref state);
        _c = Next(ref state);
        _d = Next(ref state);
    }

    /// <summary>64 random bits.</summary>
    public ulong NextBits()
    {
        var result = BitOperations.RotateLeft(_b * 5, 7) * 9;
        var shifted = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= shifted;
        _d = BitOperations.RotateLeft(_d, 45);
        return result;
    }

    /// <summary>A whole number in [0, bound), each equally likely.</summary>
    /// <param name="bound">Above 0.</param>
    /// <remarks>Multiply and reject (Lemire, 2019).</remarks>
    public int NextInt(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        var range = (ulong)bound;
        var low = Math.BigMul(NextBits(), range, out var fraction);
        if (fraction >= range) return (int)low;
        var reject = (0UL - range) % range;
        while (fraction < reject) low = Math.BigMul(NextBits(), range, out fraction);
        return (int)low;
    }

    /// <summary>A number in [0, 1) with 53 random bits.</summary>
    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Puts items in random order (Fisher and Yates).</summary>
    public void Shuffle(Span<int> items)
    {
        for (var last = items.Length - 1; last > 0; last--)
        {
            var other = NextInt(last + 1);
            (items[last], items[other]) = (items[other], items[last]);
        }
    }

    private static ulong Mix(ulong value)
    {
        var state = value;
        return Next(ref state);
    }

    private static ulong Next(ref ulong state)
    {
        state += 0x9E37_79B9_7F4A_7C15UL;
        var z = state;
        z = (z ^ (z >> 30)) * 0xBF58_476D_1CE4_E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D0_49BB_1331_11EBUL;
        return z ^ (z >> 31);
    }
}

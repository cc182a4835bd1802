namespace CreditWorkbench.Core.Metrics;

/// <summary>Uniform random draws from a seed: the same sequence on every machine and runtime.</summary>
/// <remarks>SplitMix64: Steele, Lea and Flood (2014). A mutable struct: pass it by reference.</remarks>
internal struct SeededDraws
{
    private const ulong Golden = 0x9E37_79B9_7F4A_7C15;
    private ulong _state;

    /// <summary>Sequence number <paramref name="stream"/> of a seed; streams do not depend on each other's length.</summary>
    public SeededDraws(int seed, int stream) => _state = Mix(Mix((ulong)(uint)seed + Golden) + (ulong)(uint)stream * Golden);

    /// <summary>Next 64 bits.</summary>
    public ulong Next() => Mix(_state += Golden);

    /// <summary>Next number in [0, 1), 53 bits.</summary>
    public double NextDouble() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Next whole number in [0, below); bias under below / 2^32.</summary>
    /// <remarks>Multiply and shift: Lemire (2019).</remarks>
    public int NextBelow(int below) => (int)((Next() >> 32) * (ulong)below >> 32);

    private static ulong Mix(ulong z)
    {
        z = (z ^ z >> 30) * 0xBF58_476D_1CE4_E5B9;
        z = (z ^ z >> 27) * 0x94D0_49BB_1331_11EB;
        return z ^ z >> 31;
    }
}

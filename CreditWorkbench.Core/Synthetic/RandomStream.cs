using System.Globalization;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Synthetic;

/// <summary>The random numbers of one draw in one row: a function of seed, scorecard, draw and row alone, so that neither other draws
/// nor the length of the file changes them.</summary>
/// <remarks>SplitMix64 (Steele, Lea and Flood, 2014). The only random source here whose numbers are part of a contract.</remarks>
internal struct RandomStream
{
    private const ulong Step = 0x9E37_79B9_7F4A_7C15UL;
    private ulong _state;

    /// <summary>The stream of a row.</summary>
    /// <param name="key">From <see cref="KeyOf"/>.</param>
    /// <param name="row">Zero-based row.</param>
    public RandomStream(ulong key, long row) => _state = key ^ Mix((ulong)row * Step + Step);

    /// <summary>What all rows of a draw have in common.</summary>
    public static ulong KeyOf(long seed, string scorecard, string name)
    {
        var hash = ContentHash.Of(string.Create(CultureInfo.InvariantCulture, $"{seed}|{scorecard}|{name}"));
        return ulong.Parse(hash.Hex.AsSpan(0, 16), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }

    /// <summary>Uniform inside (0, 1), 53 bits.</summary>
    public double Uniform()
    {
        _state += Step;
        return ((Mix(_state) >> 11) + 0.5) / (1UL << 53);
    }

    /// <summary>Standard normal, by inversion.</summary>
    public double Normal() => NormalDistribution.Quantile(Uniform());

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58_476D_1CE4_E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D0_49BB_1331_11EBUL;
        return z ^ (z >> 31);
    }
}

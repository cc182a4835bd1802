using System.Runtime.Intrinsics;

namespace CreditWorkbench.Core.Metrics;

/// <summary>256 random bits at a time, the same on every machine and in every vector width.</summary>
/// <remarks>xoshiro256++ (Blackman and Vigna, 2019) in four independent lanes, seeded from another stream. A mutable struct: pass it by
/// reference.</remarks>
internal struct LaneDraws
{
    private Vector256<ulong> _a, _b, _c, _d;

    /// <summary>Seeds the lanes with the next sixteen words of a stream.</summary>
    public LaneDraws(ref SeededDraws seeds)
    {
        _a = Seed(ref seeds);
        _b = Seed(ref seeds);
        _c = Seed(ref seeds);
        _d = Seed(ref seeds);
    }

    /// <summary>Next bits.</summary>
    public Vector256<ulong> Next()
    {
        var sum = _a + _d;
        var result = (sum << 23 | sum >>> 41) + _a;
        var shifted = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= shifted;
        _d = _d << 45 | _d >>> 19;
        return result;
    }

    private static Vector256<ulong> Seed(ref SeededDraws seeds) => Vector256.Create(seeds.Next(), seeds.Next(), seeds.Next(), seeds.Next());
}

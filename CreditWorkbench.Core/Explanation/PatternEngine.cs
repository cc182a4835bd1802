using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CreditWorkbench.Core.Explanation;

/// <summary>Which instructions read pattern tables for many rows. All give the same bits.</summary>
internal enum PatternEngine
{
    /// <summary>One row after the other: the twin that the others are tested against.</summary>
    Scalar,
    /// <summary>Vectors of 128 bits on any machine.</summary>
    Portable,
    /// <summary>Eight table rows at a time, transposed in registers.</summary>
    Avx2,
    /// <summary>64 rows at a time, looked up inside registers (AVX-512 VBMI).</summary>
    Avx512,
}

/// <summary>What the machine can do.</summary>
internal static class PatternEngines
{
    /// <summary>The fastest engine of this machine.</summary>
    public static PatternEngine Best =>
        PlaneAdders.IsSupported ? PatternEngine.Avx512 : Avx2.IsSupported ? PatternEngine.Avx2 : Vector128.IsHardwareAccelerated ? PatternEngine.Portable : PatternEngine.Scalar;

    /// <summary>Whether this machine can run an engine.</summary>
    public static bool IsSupported(PatternEngine engine) => engine switch
    {
        PatternEngine.Avx512 => PlaneAdders.IsSupported,
        PatternEngine.Avx2 => Avx2.IsSupported,
        _ => true,
    };

    /// <summary>Name for logs and pages.</summary>
    public static string NameOf(PatternEngine engine) => engine switch
    {
        PatternEngine.Avx512 => "pattern-tables/avx512-vbmi",
        PatternEngine.Avx2 => "pattern-tables/avx2",
        PatternEngine.Portable => "pattern-tables/vector128",
        _ => "pattern-tables/scalar",
    };
}

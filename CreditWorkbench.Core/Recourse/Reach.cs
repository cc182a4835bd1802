namespace CreditWorkbench.Core.Recourse;

/// <summary>What a value can be: an interval of numbers (empty when Low &gt; High) and a set of codes (bit 0 missing, bit k the k-th
/// special code). Always at least as wide as the truth.</summary>
internal readonly record struct Reach(double Low, double High, uint Codes)
{
    /// <summary>Anything at all.</summary>
    public static Reach Whole { get; } = new(double.NegativeInfinity, double.PositiveInfinity, 1);

    /// <summary>Missing and nothing else.</summary>
    public static Reach Missing { get; } = new(double.PositiveInfinity, double.NegativeInfinity, 1);

    /// <summary>Whether it can be a number.</summary>
    public bool CanBeKnown => Low <= High;

    /// <summary>Whether it can be missing or a code.</summary>
    public bool CanMiss => Codes != 0;

    /// <summary>Whether it can hold as a condition.</summary>
    public bool CanHold => CanBeKnown && (Low != 0 || High != 0);

    /// <summary>Whether it can fail as a condition.</summary>
    public bool CanFail => CanBeKnown && Low <= 0 && High >= 0;

    /// <summary>One value; NaNs by their code.</summary>
    public static Reach Of(double value) =>
        double.IsNaN(value) ? Missing with { Codes = 1U << Features.CodedNaN.CodeOf(value) } : new(value, value, 0);

    /// <summary>A condition by what it can be.</summary>
    public static Reach Truth(bool canHold, bool canFail, bool canMiss) =>
        new(canFail ? 0 : canHold ? 1 : double.PositiveInfinity, canHold ? 1 : canFail ? 0 : double.NegativeInfinity, canMiss ? 1U : 0U);

    /// <summary>Either of two.</summary>
    public Reach Or(Reach other) => new(Math.Min(Low, other.Low), Math.Max(High, other.High), Codes | other.Codes);

    /// <summary>A result computed from bounds: a little wider against rounding; infinite bounds mean that it can be missing.</summary>
    public static Reach Computed(double low, double high, bool canMiss)
    {
        if (double.IsNaN(low) || double.IsNaN(high)) return Whole;
        if (low > high) return Missing;
        return new Reach(low - Math.Abs(low) * 1e-12, high + Math.Abs(high) * 1e-12, canMiss || double.IsInfinity(low) || double.IsInfinity(high) ? 1U : 0U);
    }
}

namespace CreditWorkbench.Core.Decisioning;

/// <summary>Stable codes of what replaced a step that failed: they stand in the answer's warnings, in the audit trail and as a metric.</summary>
public static class Fallbacks
{
    /// <summary>The calibrators failed: score and PD stand on the raw margin.</summary>
    public const string Raw = "fallback.raw";

    /// <summary>The model failed: the version before it scored.</summary>
    public const string Previous = "fallback.previous";

    /// <summary>No version could score: rules alone, with confidence 0.</summary>
    public const string Baseline = "fallback.baseline";

    /// <summary>The explanation failed: there is a score without one.</summary>
    public const string Unexplained = "explanation.failed";

    /// <summary>Values that only an audit may read were given: they were neither scored nor kept.</summary>
    public const string SensitiveIgnored = "sensitive.ignored";

    /// <summary>Whether a warning tells of a step that failed.</summary>
    public static bool IsFallback(string warning) => warning.StartsWith("fallback.", StringComparison.Ordinal) || warning.StartsWith("explanation.", StringComparison.Ordinal);

    // What arithmetic on a broken model throws. Broken surroundings (disk, database, memory) and cancellation are none of it.
    internal static bool IsEngineFault(Exception fault) => fault is ArithmeticException or ArgumentException or InvalidOperationException or IndexOutOfRangeException
        or NullReferenceException or InvalidCastException or KeyNotFoundException or NotSupportedException;
}

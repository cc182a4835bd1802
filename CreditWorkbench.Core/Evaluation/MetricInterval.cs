namespace CreditWorkbench.Core.Evaluation;

/// <summary>One figure of a model with its 95 % interval.</summary>
/// <param name="Metric">Name as in <see cref="EvaluationReport"/>, camel case.</param>
/// <param name="Value">On the rows as they are; null where it is not defined.</param>
/// <param name="Low">Lower limit; null where the value is not defined.</param>
/// <param name="High">Upper limit.</param>
/// <param name="Method">One of <see cref="IntervalMethods"/>.</param>
public sealed record MetricInterval(string Metric, double? Value, double? Low, double? High, string Method);

/// <summary>How an interval came about.</summary>
public static class IntervalMethods
{
    /// <summary>Rows were resampled, 1,000 times.</summary>
    public const string Bootstrap = "bootstrap";
    /// <summary>Applicants with all their rows were resampled, 1,000 times.</summary>
    public const string ClusteredBootstrap = "clusteredBootstrap";
    /// <summary>Wilson interval of a share.</summary>
    public const string Wilson = "wilson";
    /// <summary>DeLong's standard error.</summary>
    public const string DeLong = "deLong";
}

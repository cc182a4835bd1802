namespace CreditWorkbench.Core.Datasets;

/// <summary>How rows are split.</summary>
/// <param name="Train">Share that trains.</param>
/// <param name="Calibration">Share that calibrates and chooses thresholds; 0 for none.</param>
/// <param name="Test">Share that only tests; 0 for none.</param>
public sealed record SplitPlan(double Train, double Calibration, double Test)
{
    /// <summary>75 / 12.5 / 12.5.</summary>
    public static SplitPlan Default { get; } = new(0.75, 0.125, 0.125);

    /// <summary>Rows from this date on form a part of their own; null for none.</summary>
    public DateOnly? OutOfTimeFrom { get; init; }

    /// <summary>Whether the shares can be dealt: none negative, the first positive, summing to 1.</summary>
    public bool IsValid => Train > 0 && Calibration >= 0 && Test >= 0 && Math.Abs(Train + Calibration + Test - 1) < 1e-9;
}

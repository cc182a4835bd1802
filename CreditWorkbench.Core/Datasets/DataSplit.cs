namespace CreditWorkbench.Core.Datasets;

/// <summary>Row indices per part, each rising, no row in two parts.</summary>
/// <param name="Train">Rows that train.</param>
/// <param name="Calibration">Rows that calibrate and choose thresholds.</param>
/// <param name="Test">Rows that only test.</param>
/// <param name="OutOfTime">Rows from the date on; empty when none was asked for.</param>
public sealed record DataSplit(int[] Train, int[] Calibration, int[] Test, int[] OutOfTime);

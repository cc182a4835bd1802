using CreditWorkbench.Core.Metrics;

namespace CreditWorkbench.Core.Evaluation;

/// <summary>A figure of two candidates on the same rows.</summary>
/// <param name="Metric">auc (paired DeLong), brier or logLoss (paired by row).</param>
/// <param name="First">Of the first candidate.</param>
/// <param name="Second">Of the second.</param>
/// <param name="Difference">First minus second.</param>
/// <param name="Low">Lower limit of the 95 % interval of the difference.</param>
/// <param name="High">Upper limit.</param>
/// <param name="PValue">Two-sided.</param>
public sealed record PairedMetric(string Metric, double First, double Second, double Difference, double Low, double High, double PValue);

/// <summary>Rows that two candidates decide in one of the four ways.</summary>
/// <param name="Rows">Rows.</param>
/// <param name="Bads">Bad rows among them.</param>
/// <param name="BadRate">Their share; null without rows.</param>
public sealed record SwapCell(int Rows, int Bads, double? BadRate);

/// <summary>Who is decided otherwise.</summary>
/// <param name="FirstThreshold">PD above which the first candidate declines.</param>
/// <param name="SecondThreshold">PD above which the second candidate declines.</param>
/// <param name="BothApprove">Approved by both.</param>
/// <param name="SwappedIn">Declined by the first, approved by the second.</param>
/// <param name="SwappedOut">Approved by the first, declined by the second.</param>
/// <param name="BothDecline">Declined by both.</param>
public sealed record SwapSet(double FirstThreshold, double SecondThreshold, SwapCell BothApprove, SwapCell SwappedIn, SwapCell SwappedOut, SwapCell BothDecline);

/// <summary>How far the reasons of two candidates differ.</summary>
/// <param name="Rows">Rows with reasons of both.</param>
/// <param name="SameStrongest">Share of them with the same strongest reason.</param>
/// <param name="MeanOverlap">Mean over rows of shared reasons over all reasons of either; 1 where none of both has a reason.</param>
/// <param name="Features">Per feature the shares of rows that name it, greatest difference first.</param>
public sealed record ReasonChurn(int Rows, double SameStrongest, double MeanOverlap, IReadOnlyList<ReasonChange> Features);

/// <summary>Share of rows that name a feature among their reasons.</summary>
public sealed record ReasonChange(string Feature, double First, double Second);

/// <summary>Adverse impact of both candidates in one group.</summary>
/// <param name="Column">Sensitive column.</param>
/// <param name="Reference">Reference group of the first candidate.</param>
/// <param name="Group">Group.</param>
/// <param name="First">The group under the first candidate.</param>
/// <param name="Second">The group under the second candidate.</param>
public sealed record FairnessPair(string Column, string Reference, string Group, GroupFairness First, GroupFairness Second);

/// <summary>How the scores move from one candidate to the other.</summary>
/// <param name="Correlation">Rank correlation of the risks (Spearman); null where one is constant.</param>
/// <param name="MeanShift">Mean of second less first score, in points.</param>
/// <param name="MeanAbsoluteShift">Mean of its absolute value.</param>
/// <param name="GradeChanged">Share of rows with another grade.</param>
public sealed record ScoreShift(double? Correlation, double MeanShift, double MeanAbsoluteShift, double GradeChanged);

/// <summary>Two candidates on the same rows.</summary>
public sealed record CandidateComparison
{
    /// <summary>Family of the first candidate.</summary>
    public required string First { get; init; }
    /// <summary>Family of the second.</summary>
    public required string Second { get; init; }
    /// <summary>Rows.</summary>
    public required int Rows { get; init; }
    /// <summary>auc, brier and logLoss.</summary>
    public required IReadOnlyList<PairedMetric> Metrics { get; init; }
    /// <summary>Who is decided otherwise, each candidate at its own threshold.</summary>
    public required SwapSet SwapSet { get; init; }
    /// <summary>Who is decided otherwise when the second approves as many rows as the first.</summary>
    public required SwapSet SwapSetAtEqualApproval { get; init; }
    /// <summary>Calibration of the first candidate.</summary>
    public required CalibrationError FirstCalibration { get; init; }
    /// <summary>Calibration of the second.</summary>
    public required CalibrationError SecondCalibration { get; init; }
    /// <summary>Fairness of both, one per group of each sensitive column that is no reference group.</summary>
    public required IReadOnlyList<FairnessPair> Fairness { get; init; }
    /// <summary>Reasons of both; null where a candidate has none.</summary>
    public required ReasonChurn? Reasons { get; init; }
    /// <summary>How scores move.</summary>
    public required ScoreShift Shift { get; init; }
}

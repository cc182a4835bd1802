using CreditWorkbench.Core.Metrics;

namespace CreditWorkbench.Core.Evaluation;

/// <summary>What the figures of a group allow to say.</summary>
public enum FairnessVerdict
{
    /// <summary>Too few rows to find a ratio of four fifths with 80 % power at the 5 % level, or a low ratio that chance explains.</summary>
    InsufficientEvidence,
    /// <summary>Approval ratio at or above four fifths.</summary>
    WithinFourFifths,
    /// <summary>Approval ratio below four fifths, beyond chance (Fisher p below .05).</summary>
    AdverseImpact,
}

/// <summary>One group of a sensitive column against the reference group.</summary>
/// <param name="Group">Value or band.</param>
/// <param name="Count">Rows.</param>
/// <param name="BadRate">Observed share of bad rows.</param>
/// <param name="MeanPd">Mean issued PD: calibration within the group is MeanPd against BadRate.</param>
/// <param name="Approval">Approval rate (PD at or below the threshold) against the reference: adverse impact ratio.</param>
/// <param name="GoodOutcome">Share of good rows against the reference: what the data itself says.</param>
/// <param name="EqualOpportunityDifference">Approval rate of good rows minus that of the reference; null where a group has no good row.</param>
/// <param name="EqualisedOddsDifference">Larger of the absolute differences in approval among good and among bad rows; null where a group lacks an outcome.</param>
/// <param name="Verdict">What may be said.</param>
public sealed record GroupFairness(
    string Group, int Count, double BadRate, double MeanPd, RateComparison Approval, RateComparison GoodOutcome,
    double? EqualOpportunityDifference, double? EqualisedOddsDifference, FairnessVerdict Verdict)
{
    /// <summary>Chance of finding an approval ratio of four fifths at the 5 % level with so many rows; under .8 there is no verdict. Null for the reference.</summary>
    public double? Power { get; init; }

    /// <summary>Mean score less that of the reference, over their pooled standard deviation; null without scores or spread.</summary>
    public double? StandardisedMeanDifference { get; init; }

    /// <summary>Gaps of the approval rates among good and among bad rows with intervals that hold together; null where a group lacks an outcome.</summary>
    public OddsGaps? Odds { get; init; }

    /// <summary>Calibration of the issued PD within the group; null where it was not asked for.</summary>
    public CalibrationError? Calibration { get; init; }
}

/// <summary>Approval rate among good rows, and among bad rows, less those of the reference group.</summary>
/// <param name="Good">Gap among good rows (equal opportunity), with its joint 95 % interval.</param>
/// <param name="Bad">Gap among bad rows, with its joint 95 % interval.</param>
/// <param name="Largest">The larger of the two in absolute value (equalised odds), with its 95 % percentile interval.</param>
/// <remarks>Both gaps lie in their intervals at once in 95 % of samples: the half widths are a common multiple of their bootstrap standard errors.</remarks>
public sealed record OddsGaps(Interval Good, Interval Bad, Interval Largest);

/// <summary>How often a feature is among the reasons of a group's declined rows.</summary>
/// <param name="Group">Group.</param>
/// <param name="Feature">Feature.</param>
/// <param name="Rows">Declined rows of the group with reasons.</param>
/// <param name="Share">Share of them that name the feature among the four strongest.</param>
/// <param name="ReferenceShare">The same share in the reference group; null where it has no such row.</param>
/// <param name="PValue">Fisher's exact test of the two shares; null without a reference share.</param>
public sealed record ReasonShare(string Group, string Feature, int Rows, double Share, double? ReferenceShare, double? PValue);

/// <summary>A feature that stands in for a sensitive column.</summary>
/// <param name="Feature">Feature.</param>
/// <param name="Group">Group that it tells apart best from all others.</param>
/// <param name="Auc">How well the feature alone tells the group apart: out-of-fold AUC.</param>
/// <param name="GainShare">Its share in the model; null where unknown.</param>
/// <param name="IsProxy">Whether the AUC is at or above the limit and the model uses the feature.</param>
public sealed record ProxyFeature(string Feature, string Group, double Auc, double? GainShare, bool IsProxy);

/// <summary>Fairness of a model over one sensitive column.</summary>
/// <param name="Column">Column name.</param>
/// <param name="Reference">Group with the highest approval rate among those with at least 2 % of the rows and 30 rows; the largest group when none is.</param>
/// <param name="Groups">All groups but those without a row, the reference among them, in the order of their names.</param>
public sealed record FairnessReport(string Column, string Reference, IReadOnlyList<GroupFairness> Groups)
{
    /// <summary>Reasons of declined rows by group; empty where reasons were not worked out.</summary>
    public IReadOnlyList<ReasonShare> Reasons { get; init; } = [];

    /// <summary>Features by how well they tell a group apart, strongest first; empty where they were not looked at.</summary>
    public IReadOnlyList<ProxyFeature> Proxies { get; init; } = [];
}

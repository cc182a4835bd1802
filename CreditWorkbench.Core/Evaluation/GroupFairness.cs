namespace CreditWorkbench.Core.Evaluation;

/// <summary>What the figures of a group allow to say.</summary>
public enum FairnessVerdict
{
    /// <summary>Too few rows, or a low ratio that chance explains.</summary>
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
    double? EqualOpportunityDifference, double? EqualisedOddsDifference, FairnessVerdict Verdict);

/// <summary>Fairness of a model over one sensitive column.</summary>
/// <param name="Column">Column name.</param>
/// <param name="Reference">Group with the highest approval rate among those with at least 2 % of the rows and 30 rows; the largest group when none is.</param>
/// <param name="Groups">All groups but those without a row, the reference among them, in the order of their names.</param>
public sealed record FairnessReport(string Column, string Reference, IReadOnlyList<GroupFairness> Groups);

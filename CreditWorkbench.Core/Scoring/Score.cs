namespace CreditWorkbench.Core.Scoring;

/// <summary>Recommendation of policy and score; a person decides unless the policy is automatic.</summary>
public enum Recommendation
{
    /// <summary>Approve.</summary>
    Approve,
    /// <summary>A person looks at it.</summary>
    Refer,
    /// <summary>Decline.</summary>
    Decline,
}

/// <summary>A score on its way from margin to issued integer.</summary>
/// <param name="Quantity">Explained quantity q of the predictor.</param>
/// <param name="Margin">Link of q: log-odds of bad, or z (ordinal).</param>
/// <param name="CalibratedLogOdds">l = a x margin + b; NaN for ordinal scores, whose PD comes from z.</param>
/// <param name="Unrounded">Points before rounding and clip.</param>
/// <param name="Issued">Round half away from zero, then clip to the scale's limits.</param>
/// <param name="Grade">Code of the grade that the issued integer falls into.</param>
/// <param name="RiskLevel">low, moderate or high (or the scorecard's own names).</param>
/// <param name="Pd">Probability of default: second calibrator where there is one, else the scale's.</param>
/// <param name="ScalePd">PD that the score scale itself implies; equal to <paramref name="Pd"/> without a second calibrator and for ordinal scores.</param>
/// <param name="RawPd">PD of the uncalibrated margin; NaN for ordinal scores.</param>
/// <param name="RiskCategory">Ordinal: index of the most likely class by z (0 best); null for binary.</param>
public sealed record Score(
    double Quantity, double Margin, double CalibratedLogOdds, double Unrounded, int Issued, string Grade, string RiskLevel,
    double Pd, double ScalePd, double RawPd, int? RiskCategory);

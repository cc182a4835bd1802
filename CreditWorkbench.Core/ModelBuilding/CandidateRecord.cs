using CreditWorkbench.Core.Evaluation;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scoring;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>One way to turn log-odds into PDs, by the log-loss of rows that it was not fitted on.</summary>
/// <param name="Kind">none, platt, beta or isotonic.</param>
/// <param name="LogLoss">Mean out-of-fold log-loss on the calibration rows; null where it could not be fitted.</param>
/// <param name="Gain">Log-loss of Platt's less its own; null where it could not be fitted.</param>
/// <param name="GainError">Standard error of the gain.</param>
public sealed record CalibrationTrial(string Kind, double? LogLoss, double? Gain, double? GainError);

/// <summary>How PDs come about, and what else was tried.</summary>
/// <param name="Asked">What was asked for: auto or a kind.</param>
/// <param name="Chosen">What issues PDs: none, platt, beta or isotonic.</param>
/// <param name="Rows">Calibration rows.</param>
/// <param name="OutOfFold">Whether training rows calibrated, by their out-of-fold margins.</param>
/// <param name="Trials">All four ways, in that order; empty for ordinal models.</param>
public sealed record CalibrationChoice(string Asked, string Chosen, int Rows, bool OutOfFold, IReadOnlyList<CalibrationTrial> Trials);

/// <summary>Everything that was measured of one candidate: what its page, its report and every comparison are drawn from.</summary>
public sealed record CandidateRecord
{
    /// <summary>Family.</summary>
    public required string Family { get; init; }
    /// <summary>Its parameters, defaults included, as JSON.</summary>
    public required string ParametersJson { get; init; }
    /// <summary>Whether its reasons are exact.</summary>
    public required bool ReasonsAreExact { get; init; }
    /// <summary>AUC, cross-validated on the training part: what the leader board ranks by.</summary>
    public required FoldedAuc Cv { get; init; }
    /// <summary>AUC, cross-validated over all rows but the out-of-time ones; of the winner only.</summary>
    public FoldedAuc? Overall { get; init; }
    /// <summary>Time of its cross-validation.</summary>
    public required double Seconds { get; init; }
    /// <summary>How PDs come about.</summary>
    public required CalibrationChoice Calibration { get; init; }
    /// <summary>PD threshold and how it was chosen.</summary>
    public required ThresholdChoice Threshold { get; init; }
    /// <summary>Score from which on cases are approved.</summary>
    public required int ApproveFrom { get; init; }
    /// <summary>Score below which cases are declined.</summary>
    public required int DeclineBelow { get; init; }
    /// <summary>On the test part.</summary>
    public required ModelEvaluation Test { get; init; }
    /// <summary>On the out-of-time part; null without one, or where it has one outcome only.</summary>
    public ModelEvaluation? OutOfTime { get; init; }
    /// <summary>Fairness on the test part, one per sensitive column.</summary>
    public required IReadOnlyList<FairnessReport> Fairness { get; init; }
    /// <summary>Test AUC without each source that can be withdrawn.</summary>
    public required IReadOnlyList<SourceEffect> WithoutSource { get; init; }
    /// <summary>Features by gain, greatest first.</summary>
    public required IReadOnlyList<FeatureImportance> Importance { get; init; }
    /// <summary>The points that its scores are added up from; null unless it is a points scorecard.</summary>
    public IssuedPoints? Points { get; init; }
    /// <summary>Why it may not be registered; empty when it may.</summary>
    public required IReadOnlyList<Problem> Refusals { get; init; }
}

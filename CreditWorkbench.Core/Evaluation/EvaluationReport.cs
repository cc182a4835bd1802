namespace CreditWorkbench.Core.Evaluation;

/// <summary>The figures of one model on one set of untouched rows. A share that is not defined is null.</summary>
public sealed record EvaluationReport
{
    /// <summary>Area under the ROC curve.</summary>
    public required double Auc { get; init; }
    /// <summary>Lower limit of the 95 % interval (stratified bootstrap, 1,000 replicates).</summary>
    public required double AucLow { get; init; }
    /// <summary>Upper limit.</summary>
    public required double AucHigh { get; init; }
    /// <summary>2 AUC - 1.</summary>
    public required double Gini { get; init; }
    /// <summary>Kolmogorov-Smirnov distance.</summary>
    public required double Ks { get; init; }
    /// <summary>Average precision.</summary>
    public required double PrAuc { get; init; }
    /// <summary>Share called rightly at the threshold; for ordinal models the share of rows whose class is hit.</summary>
    public required double Accuracy { get; init; }
    /// <summary>Share of bad rows among those called bad; null when none is.</summary>
    public required double? Precision { get; init; }
    /// <summary>Share of bad rows called bad.</summary>
    public required double Recall { get; init; }
    /// <summary>Harmonic mean of precision and recall.</summary>
    public required double F1 { get; init; }
    /// <summary>Share of good rows called good.</summary>
    public required double Specificity { get; init; }
    /// <summary>Brier score of the issued PD.</summary>
    public required double Brier { get; init; }
    /// <summary>Log-loss of the issued PD.</summary>
    public required double LogLoss { get; init; }
    /// <summary>Expected calibration error before calibration, ten bins of equal count; null for ordinal models.</summary>
    public required double? EceBefore { get; init; }
    /// <summary>Expected calibration error of the issued PD, ten bins of equal count.</summary>
    public required double EceAfter { get; init; }
    /// <summary>A PD above it is called bad.</summary>
    public required double Threshold { get; init; }
    /// <summary>Bad rate of the riskiest tenth over the bad rate of all.</summary>
    public required double TopDecileLift { get; init; }
}

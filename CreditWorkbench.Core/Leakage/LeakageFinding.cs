namespace CreditWorkbench.Core.Leakage;

/// <summary>Whether a finding stands in the way of registration.</summary>
public enum LeakageSeverity
{
    /// <summary>To be read; nothing is refused.</summary>
    Warning,
    /// <summary>Registration is refused until it is acknowledged.</summary>
    Error,
}

/// <summary>A sign that a column knows what it could not have known when the decision was made.</summary>
/// <param name="Column">The column.</param>
/// <param name="Kind">One of <see cref="LeakageKinds"/>.</param>
/// <param name="Severity">Error or warning.</param>
/// <param name="Evidence">Figures, in words.</param>
/// <param name="Acknowledged">Whether a person has taken responsibility for it.</param>
public sealed record LeakageFinding(string Column, string Kind, LeakageSeverity Severity, string Evidence, bool Acknowledged = false)
{
    /// <summary>Who has, when and why; null where nobody has, or where it was not said.</summary>
    public FindingAcknowledgement? Acknowledgement { get; init; }

    /// <summary>Whether it stands in the way.</summary>
    public bool Blocks => Severity == LeakageSeverity.Error && !Acknowledged;
}

/// <summary>Somebody takes responsibility for a finding.</summary>
/// <param name="By">Who: name or id as the caller knows it.</param>
/// <param name="At">When.</param>
/// <param name="Reason">Why; null where no reason was given.</param>
public sealed record FindingAcknowledgement(string By, DateTimeOffset At, string? Reason);

/// <summary>Stable names of what can be found; acknowledgements name them.</summary>
public static class LeakageKinds
{
    /// <summary>Error: the column's values determine the outcome.</summary>
    public const string TargetCopy = "targetCopy";
    /// <summary>Error: the column nearly determines the outcome, or one of its values occurs almost only with the rarer outcome.</summary>
    public const string NoisyTargetCopy = "noisyTargetCopy";
    /// <summary>Error: the column alone ranks outcomes better than honest data does.</summary>
    public const string FeatureAuc = "featureAuc";
    /// <summary>Error: dates after the day of the decision.</summary>
    public const string PostOutcomeDate = "postOutcomeDate";
    /// <summary>Error: a row number or identity given as a feature.</summary>
    public const string Identifier = "identifier";
    /// <summary>Error: one feature carries the model.</summary>
    public const string DominantFeature = "dominantFeature";
    /// <summary>Warning: information value above the limit.</summary>
    public const string InformationValue = "informationValue";
    /// <summary>Warning: a column that repeats another.</summary>
    public const string DuplicateColumn = "duplicateColumn";
    /// <summary>Warning: somebody else's model by what it does, and the columns that hang together with it.</summary>
    public const string ForeignScore = "foreignScore";
    /// <summary>Warning: made from the whole file, test rows included: standardised, filled with the mean, or encoded by the outcome.</summary>
    public const string FittedOnWhole = "fittedOnWhole";
    /// <summary>Warning: rows of the test part that occur in the training part.</summary>
    public const string SplitDuplicates = "splitDuplicates";
}

/// <summary>Limits beyond which a column is taken for a leak.</summary>
public sealed record LeakageLimits
{
    /// <summary>Out-of-fold AUC of one column.</summary>
    public double FeatureAuc { get; init; } = 0.90;
    /// <summary>Share of a model's gain that one feature may carry.</summary>
    public double GainShare { get; init; } = 0.60;
    /// <summary>AUC that is lost without that feature.</summary>
    public double AucLost { get; init; } = 0.10;
    /// <summary>Information value that warns.</summary>
    public double InformationValue { get; init; } = 0.50;
    /// <summary>Share of the full model's Gini that a coarse column alone reaches when it is taken for somebody else's score.</summary>
    public double ForeignGiniShare { get; init; } = 0.85;
    /// <summary>Rank correlation with what the other columns predict from which on it is one.</summary>
    public double ForeignRankCorrelation { get; init; } = 0.60;
}

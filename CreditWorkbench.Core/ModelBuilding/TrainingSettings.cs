using CreditWorkbench.Core.Datasets;
using CreditWorkbench.Core.Leakage;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>A leakage finding that a person takes responsibility for.</summary>
/// <param name="Column">Column of the finding.</param>
/// <param name="Kind">Its kind, compared without regard to case.</param>
public sealed record Acknowledgement(string Column, string Kind)
{
    /// <summary>Who, when and why; null for <see cref="TrainingSettings.AcknowledgedBy"/>.</summary>
    public FindingAcknowledgement? By { get; init; }
}

/// <summary>How a model is built.</summary>
public sealed record TrainingSettings
{
    /// <summary>Seed of split, folds, training and bootstrap.</summary>
    public int Seed { get; init; } = 1;
    /// <summary>Shares of the parts, and the date of an out-of-time part.</summary>
    public SplitPlan Split { get; init; } = SplitPlan.Default;
    /// <summary>Folds of the cross-validation, at least 2.</summary>
    public int Folds { get; init; } = 5;
    /// <summary>Families to try.</summary>
    public IReadOnlyList<string> Candidates { get; init; } = ["boosting", "forest"];
    /// <summary>best (by cross-validated AUC), or the family that is taken.</summary>
    public string Choose { get; init; } = "best";
    /// <summary>Hyper-parameters: family to name to value; what is not named has its default.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Parameters { get; init; } = new Dictionary<string, IReadOnlyDictionary<string, string>>();
    /// <summary>Seconds for tuning; null for none.</summary>
    public double? BudgetSeconds { get; init; }
    /// <summary>Trials (a configuration on a fold) after which tuning ends even where seconds are left, so that its result does not
    /// depend on the clock; null for no such limit.</summary>
    public int? BudgetTrials { get; init; }
    /// <summary>Families whose parameters tuning leaves alone.</summary>
    public IReadOnlyList<string> Untuned { get; init; } = [];
    /// <summary>Where tuning writes down its trials, to go on after an interruption; null for nowhere.</summary>
    public ITuningRecord? TuningRecord { get; init; }
    /// <summary>none; weights: every class weighs the same; smote: synthetic rows of the rarer class. On training rows only.</summary>
    public string Balance { get; init; } = "none";
    /// <summary>auto, platt, isotonic, beta or none: how PDs come about. The score scale uses Platt unless none.</summary>
    public string Calibration { get; init; } = "auto";
    /// <summary>Threads of training; the result does not depend on them.</summary>
    public int Threads { get; init; } = 1;
    /// <summary>Findings that are taken responsibility for.</summary>
    public IReadOnlyList<Acknowledgement> Acknowledged { get; init; } = [];
    /// <summary>Whether all findings are.</summary>
    public bool AcknowledgesAll { get; init; }
    /// <summary>Who acknowledges, when and why, where the finding itself does not say; null where nobody is known.</summary>
    public FindingAcknowledgement? AcknowledgedBy { get; init; }
    /// <summary>Whether every candidate is trained on the whole training part and judged on the test part; else the winner only.</summary>
    public bool JudgesAll { get; init; } = true;
    /// <summary>Whether an unacknowledged leak refuses training instead of registration only.</summary>
    public bool Strict { get; init; }
    /// <summary>Bootstrap refits that measure model uncertainty when a package is made; 0 for none.</summary>
    public int ConfidenceRefits { get; init; } = 25;
    /// <summary>Limits beyond which a column is taken for a leak.</summary>
    public LeakageLimits Limits { get; init; } = new();

    /// <summary>What a dictionary asks for.</summary>
    public static TrainingSettings Of(ScorecardDefinition definition)
    {
        var training = definition.Training;
        return new TrainingSettings
        {
            Seed = training.Seed,
            Split = new SplitPlan(training.TrainShare, training.CalibrationShare, training.TestShare),
            Folds = training.Folds,
            Candidates = training.Candidates,
            Choose = training.Choose,
            Parameters = training.Parameters,
            Balance = training.Balance,
            Calibration = training.Calibration,
            Limits = LimitsOf(definition),
        };
    }

    /// <summary>The same with other hyper-parameters of a family.</summary>
    internal TrainingSettings With(string family, IReadOnlyDictionary<string, string> parameters) =>
        this with { Parameters = new Dictionary<string, IReadOnlyDictionary<string, string>>(Parameters) { [family] = parameters } };

    /// <summary>The finding, acknowledged where somebody takes responsibility for it.</summary>
    internal LeakageFinding Acknowledge(LeakageFinding finding)
    {
        var named = Acknowledged.FirstOrDefault(one => one.Column == finding.Column && one.Kind.Equals(finding.Kind, StringComparison.OrdinalIgnoreCase));
        return named is null && !AcknowledgesAll ? finding : finding with { Acknowledged = true, Acknowledgement = named?.By ?? AcknowledgedBy };
    }

    private static LeakageLimits LimitsOf(ScorecardDefinition definition)
    {
        var defaults = new LeakageLimits();
        return definition.Leakage is not { } leakage ? defaults : defaults with
        {
            FeatureAuc = leakage.Refusals.GetValueOrDefault("feature_auc", defaults.FeatureAuc),
            GainShare = leakage.Refusals.GetValueOrDefault("importance", defaults.GainShare),
            InformationValue = leakage.Warnings.GetValueOrDefault("iv", defaults.InformationValue),
        };
    }
}

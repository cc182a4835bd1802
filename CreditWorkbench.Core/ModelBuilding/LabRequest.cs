using CreditWorkbench.Core.Datasets;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>A training run as a person designs it. Everything that the result depends on, beside the rows and the program, stands here.</summary>
public sealed record LabRequest
{
    /// <summary>Name of the run, 1 to 100 characters.</summary>
    public required string Title { get; init; }
    /// <summary>Rows.</summary>
    public required LabData Data { get; init; }
    /// <summary>Shares of the parts, and the date of an out-of-time part.</summary>
    public SplitPlan Split { get; init; } = SplitPlan.Default;
    /// <summary>Seed of split, folds, training and bootstrap.</summary>
    public int Seed { get; init; } = 1;
    /// <summary>Folds of the cross-validation, 2 to 20.</summary>
    public int Folds { get; init; } = 5;
    /// <summary>Families to try, at least one.</summary>
    public IReadOnlyList<string> Candidates { get; init; } = ["scorecard", "boosting", "forest"];
    /// <summary>Hyper-parameters: family to name to value; what is not named has its default. Edges and groups of a scorecard's bins stand here too.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Parameters { get; init; } = new Dictionary<string, IReadOnlyDictionary<string, string>>();
    /// <summary>Seconds for tuning; null for none.</summary>
    public double? BudgetSeconds { get; init; }
    /// <summary>Trials after which tuning ends; null for no such limit.</summary>
    public int? BudgetTrials { get; init; }
    /// <summary>none, weights or smote; on training rows only.</summary>
    public string Balance { get; init; } = "none";
    /// <summary>auto, platt, isotonic, beta or none.</summary>
    public string Calibration { get; init; } = "auto";
    /// <summary>Bootstrap refits that measure model uncertainty of each candidate; 0 for none.</summary>
    public int ConfidenceRefits { get; init; } = 25;

    /// <summary>What the training line makes of it.</summary>
    /// <param name="definition">Dictionary: limits of leakage come from it.</param>
    /// <param name="threads">Threads; the result does not depend on them.</param>
    public TrainingSettings ToSettings(ScorecardDefinition definition, int threads) => TrainingSettings.Of(definition) with
    {
        Seed = Seed,
        Split = Split,
        Folds = Folds,
        Candidates = Candidates,
        Choose = "best",
        Parameters = Parameters,
        BudgetSeconds = BudgetSeconds,
        BudgetTrials = BudgetTrials,
        Balance = Balance,
        Calibration = Calibration,
        ConfidenceRefits = ConfidenceRefits,
        Threads = threads,
    };
}

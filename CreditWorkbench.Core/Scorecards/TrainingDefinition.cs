namespace CreditWorkbench.Core.Scorecards;

/// <summary>How models of a scorecard are built.</summary>
public sealed record TrainingDefinition
{
    /// <summary>Share of rows that train.</summary>
    public double TrainShare { get; init; } = 0.75;
    /// <summary>Share of rows that calibrate and choose thresholds.</summary>
    public double CalibrationShare { get; init; } = 0.125;
    /// <summary>Share of rows that only test.</summary>
    public double TestShare { get; init; } = 0.125;
    /// <summary>Rows of one key stay on one side; null: each row for itself.</summary>
    public string? By { get; init; }
    /// <summary>Families to try: scorecard, logistic, forest, boosting, boosting-leafwise, blend, network.</summary>
    public IReadOnlyList<string> Candidates { get; init; } = ["boosting", "forest"];
    /// <summary>best (by cross-validated AUC), or the family that is taken.</summary>
    public string Choose { get; init; } = "best";
    /// <summary>Fixed hyper-parameters: family to name to value; empty: defaults or tuning.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Parameters { get; init; } = new Dictionary<string, IReadOnlyDictionary<string, string>>();
    /// <summary>none, weights or smote; applied to training rows only.</summary>
    public string Balance { get; init; } = "none";
    /// <summary>auto, platt, isotonic, beta or none.</summary>
    public string Calibration { get; init; } = "auto";
    /// <summary>Folds of cross-validation.</summary>
    public int Folds { get; init; } = 5;
    /// <summary>Tuning budget in seconds.</summary>
    public int BudgetSeconds { get; init; } = 60;
    /// <summary>Whether the shares of the target are kept on every side.</summary>
    public bool Stratified { get; init; }
    /// <summary>Whether calibration uses out-of-fold rows of the training side instead of rows of its own.</summary>
    public bool CrossFitCalibration { get; init; }
    /// <summary>Models that are set side by side in a report, beyond the candidates.</summary>
    public IReadOnlyList<ComparedFamily> Compared { get; init; } = [];
    /// <summary>Seed.</summary>
    public int Seed { get; init; } = 1;
    /// <summary>Columns that never enter.</summary>
    public IReadOnlyList<string> NeverColumns { get; init; } = [];
}

/// <summary>A model that is compared: a family with parameters of its own.</summary>
/// <param name="Name">Name in reports; the family's when it has no parameters of its own.</param>
/// <param name="Family">Family.</param>
/// <param name="Parameters">Parameter to value; empty: the family's.</param>
public sealed record ComparedFamily(string Name, string Family, IReadOnlyDictionary<string, string> Parameters);

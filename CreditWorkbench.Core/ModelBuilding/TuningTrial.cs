namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>One configuration judged on one fold: what a checkpoint keeps.</summary>
/// <param name="Family">Family.</param>
/// <param name="Configuration">Number of the configuration in the family's sequence; 0 is the one that the settings give.</param>
/// <param name="Fold">Fold.</param>
/// <param name="Auc">AUC on the fold's held-out rows.</param>
/// <param name="Seconds">Time of fit and judgement.</param>
public sealed record TuningTrial(string Family, int Configuration, int Fold, double Auc, double Seconds);

/// <summary>A line of the leader board.</summary>
/// <param name="Rank">From 1. Configurations with more folds stand above those with fewer: a mean of one fold proves little.</param>
/// <param name="Family">Family.</param>
/// <param name="Configuration">Number of the configuration in the family's sequence; 0 is the one that the settings give.</param>
/// <param name="Parameters">What differs from the defaults.</param>
/// <param name="MeanAuc">Mean out-of-fold AUC over the folds done.</param>
/// <param name="Sd">Standard deviation over the folds done; null below two.</param>
/// <param name="Folds">Folds done.</param>
/// <param name="Seconds">Time spent on it.</param>
public sealed record TuningEntry(
    int Rank, string Family, int Configuration, IReadOnlyDictionary<string, string> Parameters, double MeanAuc, double? Sd, int Folds, double Seconds);

/// <summary>What tuning did.</summary>
/// <param name="BudgetSeconds">Time it was given.</param>
/// <param name="Seconds">Time spent, that of an interrupted run before included.</param>
/// <param name="Board">All configurations tried, best first.</param>
/// <param name="Chosen">Parameters of each tuned family; what is not named has its default.</param>
public sealed record TuningReport(
    double BudgetSeconds, double Seconds, IReadOnlyList<TuningEntry> Board, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Chosen);

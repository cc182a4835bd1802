namespace CreditWorkbench.Core.Scorecards;

/// <summary>When a feature is too good to be true.</summary>
/// <param name="Refusals">Measure (feature_auc, importance, iv) to the limit above which training is refused until acknowledged.</param>
/// <param name="Warnings">Measure to the limit above which the report warns.</param>
/// <param name="NeverInModel">Columns that never enter a model.</param>
/// <param name="Watched">Column to the sentence that says what to watch.</param>
public sealed record LeakageDefinition(
    IReadOnlyDictionary<string, double> Refusals,
    IReadOnlyDictionary<string, double> Warnings,
    IReadOnlyList<string> NeverInModel,
    IReadOnlyDictionary<string, string> Watched);

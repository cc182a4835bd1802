using CreditWorkbench.Core.Metrics;

namespace CreditWorkbench.Core.Evaluation;

/// <summary>The figures of a report on weighted rows.</summary>
/// <param name="values">By the places of <see cref="SortedRows"/>; NaN where one is not defined.</param>
internal sealed class WeightedFigures(double[] values)
{
    /// <summary>The report with weighted figures; interval of the AUC and threshold stay, and so does the share of classes that an ordinal model hits.</summary>
    public EvaluationReport Over(EvaluationReport report) => report with
    {
        Auc = values[SortedRows.Auc],
        Gini = Ranking.Gini(values[SortedRows.Auc]),
        Ks = values[SortedRows.Ks],
        PrAuc = values[SortedRows.PrAuc],
        Accuracy = report.EceBefore is null ? report.Accuracy : values[SortedRows.Accuracy],
        Precision = Defined(SortedRows.Precision),
        Recall = values[SortedRows.Recall],
        F1 = values[SortedRows.F1],
        Specificity = values[SortedRows.Specificity],
        Brier = values[SortedRows.Brier],
        LogLoss = values[SortedRows.LogLoss],
        TopDecileLift = values[SortedRows.TopDecileLift],
    };

    private double? Defined(int figure) => double.IsNaN(values[figure]) ? null : values[figure];
}

using CreditWorkbench.Core.Datasets;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>What the rows of a run weigh: only ratios count.</summary>
/// <param name="Column">Column of the weights.</param>
/// <param name="Least">Least weight over the mean.</param>
/// <param name="Most">Greatest weight over the mean.</param>
/// <param name="EffectiveRows">Rows of equal weight that would tell as much: (sum of weights) squared over the sum of squares (Kish, 1965).</param>
/// <param name="BadRate">Weighted share of bad rows.</param>
public sealed record RowWeighting(string Column, double Least, double Most, double EffectiveRows, double BadRate)
{
    /// <summary>Names of the figures that weights act on, as in <see cref="Evaluation.EvaluationReport"/>; all others count rows as they are.</summary>
    public static IReadOnlyList<string> WeightedFigures { get; } =
        ["cv", "auc", "gini", "ks", "prAuc", "accuracy", "precision", "recall", "f1", "specificity", "brier", "logLoss", "eceBefore", "eceAfter", "topDecileLift"];

    /// <summary>What the rows of a data set weigh; null where all count alike.</summary>
    public static RowWeighting? Of(LabelledDataset dataset)
    {
        if (dataset.Weights is not { } weights) return null;
        var (sum, squares, bads) = (0.0, 0.0, 0.0);
        for (var row = 0; row < weights.Length; row++)
        {
            sum += weights[row];
            squares += weights[row] * weights[row];
            if (dataset.Outcomes[row] == dataset.ClassCounts.Count - 1) bads += weights[row];
        }

        var mean = sum / weights.Length;
        return new RowWeighting(dataset.WeightColumn ?? "", weights.Min() / mean, weights.Max() / mean, sum * sum / squares, bads / sum);
    }
}

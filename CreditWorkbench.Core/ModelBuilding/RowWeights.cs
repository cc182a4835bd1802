using CreditWorkbench.Core.Datasets;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>Weights of rows as the line uses them: of mean 1 over the rows at hand, so that only their ratios count and penalties, least
/// sizes and draws keep the meaning that they have without weights.</summary>
internal static class RowWeights
{
    /// <summary>Weights of some rows of a data set, of mean 1; null where it has none.</summary>
    public static double[]? Of(LabelledDataset dataset, int[] rows) => dataset.Weights is { } weights ? ToMeanOne(Array.ConvertAll(rows, row => weights[row])) : null;

    /// <summary>The weights over their mean; in place.</summary>
    public static double[] ToMeanOne(double[] weights)
    {
        var mean = weights.Length == 0 ? 1.0 : weights.Average();
        for (var row = 0; row < weights.Length; row++) weights[row] /= mean;
        return weights;
    }
}

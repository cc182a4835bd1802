using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.Explanation;

/// <summary>The base of interventional values.</summary>
internal static class BackgroundMean
{
    /// <summary>Mean q over background rows, added in row order.</summary>
    /// <exception cref="ArgumentException">No row, or other columns than the predictor's.</exception>
    public static double Of(Predictor predictor, FeatureMatrix background)
    {
        if (background.Rows == 0 || background.Columns.Count != predictor.FeatureCount)
            throw new ArgumentException("A background has rows with the columns of the predictor.", nameof(background));
        var quantities = new double[background.Rows];
        predictor.TileQuantities(background, 0, quantities);
        var sum = 0.0;
        foreach (var quantity in quantities) sum += quantity;
        return sum / background.Rows;
    }
}

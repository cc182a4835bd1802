using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>Predicts many rows.</summary>
internal static class Quantities
{
    private const int RowsPerTask = 1_024;

    /// <summary>Explained quantity per row, shape [rows]; the same bits whatever the number of threads.</summary>
    public static double[] Of(Predictor predictor, FeatureMatrix features, int threads, CancellationToken cancellation)
    {
        var quantities = new double[features.Rows];
        var tasks = (features.Rows + RowsPerTask - 1) / RowsPerTask;
        Parallel.For(0, tasks, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, task =>
        {
            var row = new float[features.Columns.Count];
            for (var i = task * RowsPerTask; i < Math.Min(features.Rows, (task + 1) * RowsPerTask); i++)
            {
                features.CopyRow(i, row);
                quantities[i] = predictor.Quantity(row);
            }
        });
        return quantities;
    }

    /// <summary>Ranking of quantities, higher is riskier: q itself, or minus z.</summary>
    public static double[] Risk(Predictor predictor, double[] quantities) =>
        predictor.Link.Kind == LinkKind.Ordinal ? Array.ConvertAll(quantities, z => -z) : quantities;
}

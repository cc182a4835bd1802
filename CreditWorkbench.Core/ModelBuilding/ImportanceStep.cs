using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Leakage;
using CreditWorkbench.Core.Metrics;
using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>Says how much of a model each feature carries.</summary>
internal static class ImportanceStep
{
    private const int MostRows = 2_000;

    /// <summary>Share per feature, summing to 1; all 0 for a constant model. Gain of the splits for tree ensembles; for other families
    /// the mean squared change of the quantity when the feature's cells are dealt out anew among the rows.</summary>
    /// <param name="predictor">The model.</param>
    /// <param name="held">Held-out rows; the first 2,000 in an order that depends on the seed take part.</param>
    /// <param name="settings">Seed and threads.</param>
    /// <param name="cancellation">Stops between columns.</param>
    /// <remarks>Permutation importance of the output: Breiman (2001), with the change of the model instead of its error.</remarks>
    public static double[] Shares(Predictor predictor, FeatureMatrix held, TrainingSettings settings, CancellationToken cancellation)
    {
        if (predictor is TreeEnsemble ensemble) return ModelLeakage.GainShares(ensemble);
        var draws = new SeededDraws(settings.Seed, held.Rows);
        var rows = held.Take(Order(held.Rows, ref draws).AsSpan(0, Math.Min(MostRows, held.Rows)));
        var before = Quantities.Of(predictor, rows, settings.Threads, cancellation);
        var shares = new double[held.Columns.Count];
        for (var column = 0; column < shares.Length; column++)
        {
            var dealt = new FeatureMatrix(rows.Columns, rows.Rows, (float[])rows.Values.Clone());
            var order = Order(rows.Rows, ref draws);
            for (var row = 0; row < rows.Rows; row++) dealt.Values[column * rows.Rows + row] = rows.Values[column * rows.Rows + order[row]];
            var after = Quantities.Of(predictor, dealt, settings.Threads, cancellation);
            for (var row = 0; row < rows.Rows; row++) shares[column] += (after[row] - before[row]) * (after[row] - before[row]);
        }

        var total = shares.Sum();
        return total > 0 ? Array.ConvertAll(shares, share => share / total) : shares;
    }

    private static int[] Order(int rows, ref SeededDraws draws)
    {
        int[] order = [.. Enumerable.Range(0, rows)];
        for (var last = rows - 1; last > 0; last--)
        {
            var other = draws.NextBelow(last + 1);
            (order[last], order[other]) = (order[other], order[last]);
        }

        return order;
    }
}

using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Metrics;
using CreditWorkbench.Core.Training;

namespace CreditWorkbench.Core.Leakage;

/// <summary>Predicts the order of one column from others.</summary>
internal static class RankPrediction
{
    private const int MostRows = 16_000;
    private const int FewestRows = 100;

    // Small trees, few of them: what is asked is whether the column follows from the others, not how well at best.
    private static readonly BoostingSettings Settings = new() { Trees = 80, Depth = 4, LearningRate = 0.1, Bins = 64 };
    private static readonly double[] Quarters = [0.25, 0.5, 0.75];

    /// <summary>Rank correlation of prediction and column on rows that the prediction has not seen; null with too few rows.</summary>
    /// <param name="features">All columns.</param>
    /// <param name="others">Columns to predict from.</param>
    /// <param name="column">The column; rows of missing or coded cells are left out.</param>
    /// <param name="ranks">Rank per regular level.</param>
    /// <param name="seed">Seed of the sample.</param>
    /// <param name="cancellation">Stops within a tree.</param>
    /// <remarks>Up to three cuts at the quarters of the rows, one boosted model each; the prediction is the mean of their chances (Frank and Hall 2001).</remarks>
    public static double? Correlation(FeatureMatrix features, int[] others, LevelColumn column, int[] ranks, int seed, CancellationToken cancellation)
    {
        int[] known = Sample([.. Enumerable.Range(0, features.Rows).Where(row => column.Level[row] < column.Regular)], seed);
        if (known.Length < FewestRows) return null;
        var rank = Array.ConvertAll(known, row => (double)ranks[column.Level[row]]);
        var (learn, judge) = (known.Length / 2, known.Length - known.Length / 2);
        var (train, held) = (Take(features, others, known.AsSpan(0, learn)), Take(features, others, known.AsSpan(learn)));
        var predicted = new double[judge];
        var cuts = Cuts(rank[..learn]);
        if (cuts.Length == 0) return null;
        foreach (var cut in cuts)
        {
            var above = Array.ConvertAll(rank[..learn], value => (byte)(value > cut ? 1 : 0));
            if (TrainingInput.Check(train, above, null, 2).Count > 0) return null;
            var ensemble = BoostingTrainer.Train(train, above, null, Settings, (ulong)seed, 1, null, cancellation);
            var row = new float[others.Length];
            for (var i = 0; i < judge; i++)
            {
                held.CopyRow(i, row);
                predicted[i] += 1.0 / (1.0 + Math.Exp(-ensemble.Quantity(row)));
            }
        }

        return Spearman.Of(predicted, rank.AsSpan(learn));
    }

    // Cuts that leave rows on both sides, at distinct ranks.
    private static double[] Cuts(double[] rank)
    {
        double[] sorted = [.. rank.Order()];
        return [.. Quarters.Select(share => Math.Floor(Quantiles.OfSorted(sorted, share))).Where(cut => cut < sorted[^1] && cut >= sorted[0]).Distinct()];
    }

    private static int[] Sample(int[] rows, int seed)
    {
        var draws = new SeededDraws(seed, rows.Length);
        for (var i = 0; i < Math.Min(MostRows, rows.Length); i++)
        {
            var j = i + draws.NextBelow(rows.Length - i);
            (rows[i], rows[j]) = (rows[j], rows[i]);
        }

        return rows.Length <= MostRows ? rows : rows[..MostRows];
    }

    private static FeatureMatrix Take(FeatureMatrix features, int[] columns, ReadOnlySpan<int> rows)
    {
        var values = new float[columns.Length * rows.Length];
        for (var column = 0; column < columns.Length; column++)
        {
            var from = features.Column(columns[column]);
            for (var i = 0; i < rows.Length; i++) values[column * rows.Length + i] = from[rows[i]];
        }

        return new FeatureMatrix([.. columns.Select(column => features.Columns[column])], rows.Length, values);
    }
}

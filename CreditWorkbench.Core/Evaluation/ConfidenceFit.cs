using CreditWorkbench.Core.Metrics;
using CreditWorkbench.Core.Scoring;

namespace CreditWorkbench.Core.Evaluation;

/// <summary>Measures model uncertainty: how far the scores of refitted models spread, by score and by share of missing features.</summary>
public static class ConfidenceFit
{
    private const int ScoreBins = 5;
    private const int FewestRows = 20;

    // Upper borders of the bins of the missing share: none, up to a quarter, more.
    private static readonly double[] MissingBorders = [0.0, 0.25];

    /// <summary>Builds the table from held-out rows.</summary>
    /// <param name="scores">Unrounded score of the issued model per row, shape [n], n &gt;= 1.</param>
    /// <param name="missingShares">Share of missing or coded features per row, same order.</param>
    /// <param name="refits">Scores of the same rows by each model refitted on a bootstrap sample, at least two, each of shape [n].</param>
    /// <exception cref="ArgumentException">Lengths differ, no row, or fewer than two refits.</exception>
    /// <remarks>A cell holds the root mean variance of its rows; cells under 20 rows take the value of their score bin,
    /// and that of all rows where even the bin is thin. Score bins are fifths.</remarks>
    public static ConfidenceTable Of(double[] scores, double[] missingShares, IReadOnlyList<double[]> refits)
    {
        if (scores.Length == 0 || missingShares.Length != scores.Length || refits.Count < 2 || refits.Any(refit => refit.Length != scores.Length))
            throw new ArgumentException("One score per row from the model and from each of at least two refits.", nameof(refits));
        double[] sorted = [.. scores.Order()];
        double[] edges = [.. Enumerable.Range(1, ScoreBins - 1).Select(bin => Quantiles.OfSorted(sorted, (double)bin / ScoreBins)).Distinct()];
        var variances = Variances(refits, scores.Length);
        var columns = MissingBorders.Length + 1;
        var deviations = new double[(edges.Length + 1) * columns];
        for (var bin = 0; bin <= edges.Length; bin++)
        {
            for (var column = 0; column < columns; column++)
            {
                deviations[bin * columns + column] =
                    RootMean(variances, i => Bin(edges, scores[i]) == bin && Bin(MissingBorders, missingShares[i]) == column)
                    ?? RootMean(variances, i => Bin(edges, scores[i]) == bin)
                    ?? Math.Sqrt(variances.Average());
            }
        }

        return new ConfidenceTable(edges, [.. MissingBorders], deviations, refits.Count);
    }

    private static double[] Variances(IReadOnlyList<double[]> refits, int rows)
    {
        var variances = new double[rows];
        for (var i = 0; i < rows; i++)
        {
            var mean = 0.0;
            foreach (var refit in refits) mean += refit[i] / refits.Count;
            foreach (var refit in refits) variances[i] += (refit[i] - mean) * (refit[i] - mean) / (refits.Count - 1);
        }

        return variances;
    }

    private static double? RootMean(double[] variances, Func<int, bool> isIn)
    {
        var (sum, count) = (0.0, 0);
        for (var i = 0; i < variances.Length; i++)
        {
            if (!isIn(i)) continue;
            sum += variances[i];
            count++;
        }

        return count >= FewestRows ? Math.Sqrt(sum / count) : null;
    }

    private static int Bin(double[] edges, double value)
    {
        var bin = 0;
        while (bin < edges.Length && value > edges[bin]) bin++;
        return bin;
    }
}

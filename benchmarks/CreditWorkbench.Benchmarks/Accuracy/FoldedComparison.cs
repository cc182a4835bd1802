using System.Globalization;
using CreditWorkbench.Core.Datasets;
using CreditWorkbench.Core.Metrics;

namespace CreditWorkbench.Benchmarks.Accuracy;

/// <summary>AUC of out-of-fold risks, as mean over the folds' held-out rows.</summary>
internal static class FoldedComparison
{
    private const double NormalQuantile = 1.959963984540054;

    /// <summary>Mean AUC over folds.</summary>
    public static double Mean(double[] risk, bool[] bad, IReadOnlyList<DataFold> folds) =>
        folds.Average(fold => Ranking.Auc(Take(risk, fold.Held), Take(bad, fold.Held)));

    /// <summary>Mean over folds of the paired difference with its 95 % interval: DeLong's variance inside each fold; the folds' held-out
    /// rows are disjoint, so the variance of the mean is the sum of theirs over the number of folds squared.</summary>
    public static (double Difference, double Low, double High) Difference(double[] ours, double[] theirs, bool[] bad, IReadOnlyList<DataFold> folds)
    {
        var (difference, variance) = (0.0, 0.0);
        foreach (var fold in folds)
        {
            var compared = DeLong.Compare(Take(ours, fold.Held), Take(theirs, fold.Held), Take(bad, fold.Held));
            difference += compared.Difference / folds.Count;
            variance += compared.StandardError * compared.StandardError / (folds.Count * folds.Count);
        }

        var half = NormalQuantile * Math.Sqrt(variance);
        return (difference, difference - half, difference + half);
    }

    /// <summary>Text of a difference.</summary>
    public static string Text((double Difference, double Low, double High) difference) =>
        string.Create(CultureInfo.InvariantCulture, $"{difference.Difference:+0.0000;-0.0000} [{difference.Low:+0.0000;-0.0000}, {difference.High:+0.0000;-0.0000}]");

    private static T[] Take<T>(T[] values, int[] rows) => Array.ConvertAll(rows, row => values[row]);
}

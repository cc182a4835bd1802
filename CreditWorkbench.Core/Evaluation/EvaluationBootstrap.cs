using CreditWorkbench.Core.Metrics;

namespace CreditWorkbench.Core.Evaluation;

/// <summary>Percentile intervals of all figures of a report from one set of resamples: of rows, or of applicants with all their rows where several
/// rows share one.</summary>
/// <remarks>Rows are sorted once; a resample is a weight per row, and one pass over the rows gives every figure: O(replicates x n). Replicate r has its
/// own random stream, so the result does not depend on the number of threads. Efron and Tibshirani (1993), chapter 13; resampling whole clusters:
/// Davison and Hinkley (1997), section 3.8. Bins of the calibration error stay those of the rows as they are; its interval leans upwards, as
/// any error of noisy bins does.</remarks>
public sealed class EvaluationBootstrap
{
    /// <summary>Resamples.</summary>
    public const int Replicates = 1_000;

    private const double NormalQuantile = 1.959963984540054;
    private readonly EvaluatedRows _rows;
    private readonly double[][] _values;
    private readonly string _method;

    private EvaluationBootstrap(EvaluatedRows rows, double[][] values, bool areClusters)
    {
        (_rows, _values, _method) = (rows, values, areClusters ? IntervalMethods.ClusteredBootstrap : IntervalMethods.Bootstrap);
        if ((areClusters || rows.Weights is not null) && IntervalOf(SortedRows.Auc) is var (low, high))
            Auc = new Interval(rows.Weights is { } weights ? Ranking.Auc(rows.Risk, rows.Bad, weights) : Ranking.Auc(rows.Risk, rows.Bad), low, high);
    }

    /// <summary>The figures of weighted rows; null where all rows count alike.</summary>
    internal WeightedFigures? Weighted { get; private init; }

    /// <summary>The AUC when applicants are resampled, or weighted rows; null where rows stand for themselves, which a stratified bootstrap serves better.</summary>
    public Interval? Auc { get; }

    /// <summary>Resamples rows.</summary>
    /// <param name="rows">Rows; both outcomes present.</param>
    /// <param name="threshold">PDs above it are called bad.</param>
    /// <param name="seed">Seed of the resamples.</param>
    /// <param name="cancellation">Stops between resamples.</param>
    public static EvaluationBootstrap Run(EvaluatedRows rows, double threshold, int seed, CancellationToken cancellation)
    {
        var sorted = new SortedRows(rows, threshold);
        var units = ResampleUnits.Of(rows.Applicants, sorted.Order);
        return new EvaluationBootstrap(rows, Resample(sorted, units, seed, cancellation), units.AreClusters)
        {
            Weighted = rows.Weights is null ? null : new WeightedFigures([.. sorted.NewPass().Of([.. Enumerable.Repeat(1, rows.Count)])]),
        };
    }

    /// <summary>Intervals of every figure of a report.</summary>
    /// <param name="report">The figures themselves.</param>
    /// <returns>In the order of <see cref="EvaluationReport"/>, threshold left out; then the AUC by DeLong where each outcome has two rows.</returns>
    public IReadOnlyList<MetricInterval> Intervals(EvaluationReport report)
    {
        List<MetricInterval> intervals =
        [
            new("auc", report.Auc, report.AucLow, report.AucHigh, _method),
            new("gini", report.Gini, Ranking.Gini(report.AucLow), Ranking.Gini(report.AucHigh), _method),
            Named("ks", report.Ks, SortedRows.Ks),
            Named("prAuc", report.PrAuc, SortedRows.PrAuc),
            _rows.ClassHits is { } hits ? OfShare(hits, _rows.Count) : Named("accuracy", report.Accuracy, SortedRows.Accuracy),
            Named("precision", report.Precision, SortedRows.Precision),
            Named("recall", report.Recall, SortedRows.Recall),
            Named("f1", report.F1, SortedRows.F1),
            Named("specificity", report.Specificity, SortedRows.Specificity),
            Named("brier", report.Brier, SortedRows.Brier),
            Named("logLoss", report.LogLoss, SortedRows.LogLoss),
            Named("eceBefore", report.EceBefore, SortedRows.EceBefore),
            Named("eceAfter", report.EceAfter, SortedRows.EceAfter),
            Named("topDecileLift", report.TopDecileLift, SortedRows.TopDecileLift),
        ];
        if (_rows.Weights is null && OfDeLong(_rows) is { } deLong) intervals.Add(deLong);
        return intervals;
    }

    private MetricInterval Named(string name, double? value, int metric)
    {
        var interval = value is null ? null : IntervalOf(metric);
        return new MetricInterval(name, value, interval?.Low, interval?.High, _method);
    }

    private static MetricInterval OfShare(double accuracy, int count)
    {
        var (low, high) = BetaDistribution.Wilson(accuracy, count);
        return new MetricInterval("accuracy", accuracy, low, high, IntervalMethods.Wilson);
    }

    private static MetricInterval? OfDeLong(EvaluatedRows rows)
    {
        var bads = rows.Bad.Count(bad => bad);
        if (bads < 2 || rows.Count - bads < 2) return null;
        var estimate = DeLong.Of(rows.Risk, rows.Bad);
        var half = NormalQuantile * estimate.StandardError;
        return new MetricInterval("auc", estimate.Auc, Math.Max(0.0, estimate.Auc - half), Math.Min(1.0, estimate.Auc + half), IntervalMethods.DeLong);
    }

    // Shape [metrics][replicates]; NaN where a resample leaves a figure undefined.
    private static double[][] Resample(SortedRows sorted, ResampleUnits units, int seed, CancellationToken cancellation)
    {
        var values = new double[SortedRows.Metrics][];
        for (var metric = 0; metric < values.Length; metric++) values[metric] = new double[Replicates];
        Parallel.For(0, Replicates, new ParallelOptions { CancellationToken = cancellation }, () => (Weights: new int[units.Rows], Pass: sorted.NewPass()), (replicate, _, buffers) =>
        {
            var draws = new SeededDraws(seed, replicate);
            units.Draw(ref draws, buffers.Weights);
            var figures = buffers.Pass.Of(buffers.Weights);
            for (var metric = 0; metric < values.Length; metric++) values[metric][replicate] = figures[metric];
            return buffers;
        }, _ => { });
        return values;
    }

    // Undefined resamples are left out; where most are, so is the interval.
    private (double Low, double High)? IntervalOf(int metric)
    {
        double[] defined = [.. _values[metric].Where(value => !double.IsNaN(value)).Order()];
        return defined.Length < Replicates / 2 ? null : (Quantiles.OfSorted(defined, 0.025), Quantiles.OfSorted(defined, 0.975));
    }
}

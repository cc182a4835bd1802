using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Metrics;

namespace CreditWorkbench.Core.Explanation;

/// <summary>What is measured before and after a column is shuffled.</summary>
public enum PermutationMeasure
{
    /// <summary>Area under the ROC curve of a risk; its fall is the importance.</summary>
    Auc,
    /// <summary>Log-loss of a probability, in nats; its rise is the importance.</summary>
    LogLoss,
}

/// <summary>How much worse a model gets when one feature is shuffled.</summary>
/// <param name="Feature">Column of the feature.</param>
/// <param name="Loss">Mean loss with its interval; above 0 the feature helps.</param>
public sealed record PermutationLoss(int Feature, Interval Loss);

/// <summary>Importance by shuffling: what the model loses on labelled rows when one column carries no knowledge any more.</summary>
/// <remarks>Breiman (2001), model-agnostic as in Fisher, Rudin and Dominici (2019). Each repeat resamples good and bad rows among
/// themselves and shuffles within the resample; the spread over repeats therefore holds both the shuffle's and the rows' chance, and
/// the interval is mean -/+ 1.96 times that spread. A column that the model never reads loses exactly 0.</remarks>
public static class PermutationImportance
{
    private const double Normal95 = 1.959963984540054;

    /// <summary>Loss of every feature, in column order.</summary>
    /// <param name="function">Risk (for <see cref="PermutationMeasure.Auc"/>, higher is riskier) or probability of bad.</param>
    /// <param name="rows">Labelled rows.</param>
    /// <param name="bad">Outcome per row; both outcomes present.</param>
    /// <param name="measure">What is measured.</param>
    /// <param name="seed">Seed of resamples and shuffles.</param>
    /// <param name="repeats">Repeats, at least 2.</param>
    /// <param name="threads">Threads at most; -1 for as many as there are. The result does not depend on it.</param>
    /// <param name="progress">Share that is done, from 0 to 1; null for none.</param>
    /// <param name="cancellation">Stops between features.</param>
    /// <exception cref="ArgumentException">Lengths differ, only one outcome is present, or too few repeats.</exception>
    public static IReadOnlyList<PermutationLoss> Of(
        ExplainedFunction function, FeatureMatrix rows, bool[] bad, PermutationMeasure measure, int seed, int repeats = 10, int threads = -1,
        IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(repeats, 2);
        if (bad.Length != rows.Rows || !bad.Contains(true) || !bad.Contains(false)) throw new ArgumentException("Each row has an outcome, and both outcomes occur.", nameof(bad));
        var features = rows.Columns.Count;
        var losses = new double[repeats, features];
        var done = 0;
        Parallel.For(0, repeats, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, repeat =>
        {
            var taken = Resample(bad, new SeededDraws(seed, repeat * (features + 1)));
            var trial = new ColumnTrial(rows.Take(taken));
            var outcomes = Array.ConvertAll(taken, row => bad[row]);
            var values = new double[taken.Length];
            function(trial.Rows, values);
            var whole = Measure(measure, values, outcomes);
            for (var feature = 0; feature < features; feature++)
            {
                cancellation.ThrowIfCancellationRequested();
                trial.Shuffle(feature, new SeededDraws(seed, repeat * (features + 1) + feature + 1));
                function(trial.Rows, values);
                trial.Restore(feature);
                var shuffled = Measure(measure, values, outcomes);
                losses[repeat, feature] = measure == PermutationMeasure.Auc ? whole - shuffled : shuffled - whole;
                progress?.Report((double)Interlocked.Increment(ref done) / (repeats * features));
            }
        });
        return [.. Enumerable.Range(0, features).Select(feature => new PermutationLoss(feature, IntervalOf(losses, feature, repeats)))];
    }

    private static double Measure(PermutationMeasure measure, double[] values, bool[] bad) =>
        measure == PermutationMeasure.Auc ? Ranking.Auc(values, bad) : ProbabilityLoss.LogLoss(values, bad);

    private static int[] Resample(bool[] bad, SeededDraws draws)
    {
        var taken = new int[bad.Length];
        var next = 0;
        foreach (var outcome in (ReadOnlySpan<bool>)[false, true])
        {
            var pool = Enumerable.Range(0, bad.Length).Where(row => bad[row] == outcome).ToArray();
            for (var i = 0; i < pool.Length; i++) taken[next++] = pool[draws.NextBelow(pool.Length)];
        }

        return taken;
    }

    private static Interval IntervalOf(double[,] losses, int feature, int repeats)
    {
        var (sum, squares) = (0.0, 0.0);
        for (var repeat = 0; repeat < repeats; repeat++) sum += losses[repeat, feature];
        var mean = sum / repeats;
        for (var repeat = 0; repeat < repeats; repeat++) squares += (losses[repeat, feature] - mean) * (losses[repeat, feature] - mean);
        var half = Normal95 * Math.Sqrt(squares / (repeats - 1));
        return new Interval(mean, mean - half, mean + half);
    }
}

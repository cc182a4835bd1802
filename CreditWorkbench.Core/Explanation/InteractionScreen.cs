using CreditWorkbench.Core.Features;

namespace CreditWorkbench.Core.Explanation;

/// <summary>How much two features do together that they do not do one by one.</summary>
/// <param name="First">Column of the first feature.</param>
/// <param name="Second">Column of the second feature, after the first.</param>
/// <param name="H">Friedman's H: share of the pair's joint effect that is interaction, in [0, 1] up to rounding.</param>
/// <param name="Size">Root mean square of the interaction, in the unit of the function: what H hides where the joint effect is small.</param>
public readonly record struct InteractionStrength(int First, int Second, double H, double Size);

/// <summary>Finds pairs of features that interact, by partial dependence on a sample.</summary>
/// <remarks>Friedman and Popescu (2008): H^2 = sum (PD_jk - PD_j - PD_k)^2 / sum PD_jk^2, all three centred over the sample. A screen: the
/// exact values of the pairs it finds come from Shapley interactions.</remarks>
public static class InteractionScreen
{
    /// <summary>All pairs of the given features, largest interaction first.</summary>
    /// <param name="function">What is studied.</param>
    /// <param name="sample">Rows; n rows cost n^2 evaluations per feature and per pair.</param>
    /// <param name="features">Columns to look at.</param>
    /// <param name="threads">Threads at most; -1 for as many as there are.</param>
    /// <param name="progress">Share that is done, from 0 to 1; null for none.</param>
    /// <param name="cancellation">Stops between pairs.</param>
    public static IReadOnlyList<InteractionStrength> Of(
        ExplainedFunction function, FeatureMatrix sample, IReadOnlyList<int> features, int threads = -1, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        var pairs = Pairs(features);
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
        var done = 0;
        var alone = new double[features.Count][];
        Parallel.For(0, features.Count, options, i =>
        {
            alone[i] = Centred(function, sample, features[i], null);
            progress?.Report((double)Interlocked.Increment(ref done) / (features.Count + pairs.Count));
        });
        var found = new InteractionStrength[pairs.Count];
        Parallel.For(0, pairs.Count, options, p =>
        {
            var (i, k) = pairs[p];
            found[p] = Strength(features[i], features[k], Centred(function, sample, features[i], features[k]), alone[i], alone[k]);
            progress?.Report((double)Interlocked.Increment(ref done) / (features.Count + pairs.Count));
        });
        return [.. found.OrderByDescending(pair => pair.Size)];
    }

    private static List<(int, int)> Pairs(IReadOnlyList<int> features)
    {
        var pairs = new List<(int, int)>();
        for (var i = 0; i < features.Count; i++)
        {
            for (var k = i + 1; k < features.Count; k++) pairs.Add((i, k));
        }

        return pairs;
    }

    // Partial dependence at the sample's own values, minus its mean.
    private static double[] Centred(ExplainedFunction function, FeatureMatrix sample, int first, int? second)
    {
        var trial = new ColumnTrial(sample);
        var (values, means) = (new double[sample.Rows], new double[sample.Rows]);
        for (var row = 0; row < means.Length; row++)
        {
            trial.Set(first, sample.Column(first)[row]);
            if (second is { } other) trial.Set(other, sample.Column(other)[row]);
            function(trial.Rows, values);
            means[row] = Mean(values);
        }

        var mean = Mean(means);
        return Array.ConvertAll(means, value => value - mean);
    }

    private static InteractionStrength Strength(int first, int second, double[] together, double[] one, double[] other)
    {
        var (interaction, joint) = (0.0, 0.0);
        for (var row = 0; row < together.Length; row++)
        {
            var rest = together[row] - one[row] - other[row];
            interaction += rest * rest;
            joint += together[row] * together[row];
        }

        // Where the pair has no joint effect beyond rounding there is nothing to share out.
        var h = joint > 1e-18 * together.Length ? Math.Sqrt(interaction / joint) : 0;
        return first < second
            ? new InteractionStrength(first, second, h, Math.Sqrt(interaction / together.Length))
            : new InteractionStrength(second, first, h, Math.Sqrt(interaction / together.Length));
    }

    private static double Mean(double[] values)
    {
        var sum = 0.0;
        foreach (var value in values) sum += value;
        return sum / values.Length;
    }
}

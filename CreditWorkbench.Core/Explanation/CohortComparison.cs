using CreditWorkbench.Core.Metrics;

namespace CreditWorkbench.Core.Explanation;

/// <summary>How one feature treats two groups of rows.</summary>
/// <param name="Feature">Column of the feature.</param>
/// <param name="First">Mean contribution in the first group.</param>
/// <param name="Second">Mean contribution in the second group.</param>
/// <param name="Difference">First minus second with its 95 % interval.</param>
public sealed record CohortDifference(int Feature, double First, double Second, Interval Difference)
{
    /// <summary>Whether the interval leaves 0 out.</summary>
    public bool IsProven => Difference.Low > 0 || Difference.High < 0;
}

/// <summary>Compares mean contributions of two groups of rows.</summary>
public static class CohortComparison
{
    /// <summary>Rows that a group has at least; below that nothing can be said.</summary>
    public const int MinRows = 30;

    /// <summary>Differences of all features, largest first.</summary>
    /// <param name="table">Contributions.</param>
    /// <param name="first">Rows of the first group, at least 2.</param>
    /// <param name="second">Rows of the second group, at least 2; may share rows with the first, which makes the intervals too wide.</param>
    /// <exception cref="ArgumentException">A group has fewer than two rows.</exception>
    /// <remarks>Intervals by Welch's standard error with the normal quantile: sqrt(s1^2 / n1 + s2^2 / n2).</remarks>
    public static IReadOnlyList<CohortDifference> Of(ContributionTable table, int[] first, int[] second)
    {
        if (first.Length < 2 || second.Length < 2) throw new ArgumentException("A group has at least two rows.", nameof(first));
        var differences = new CohortDifference[table.Features];
        Parallel.For(0, differences.Length, feature =>
        {
            var (a, va) = Moments(table.Column(feature), first);
            var (b, vb) = Moments(table.Column(feature), second);
            var half = 1.959963984540054 * Math.Sqrt(va / first.Length + vb / second.Length);
            differences[feature] = new CohortDifference(feature, a, b, new Interval(a - b, a - b - half, a - b + half));
        });
        return [.. differences.OrderByDescending(each => Math.Abs(each.Difference.Value))];
    }

    private static (double Mean, double Variance) Moments(ReadOnlySpan<float> column, int[] rows)
    {
        var (sum, squares) = (0.0, 0.0);
        foreach (var row in rows) sum += column[row];
        var mean = sum / rows.Length;
        foreach (var row in rows) squares += (column[row] - mean) * (column[row] - mean);
        return (mean, squares / (rows.Length - 1));
    }
}

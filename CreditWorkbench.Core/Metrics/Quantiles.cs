namespace CreditWorkbench.Core.Metrics;

/// <summary>Quantiles with linear interpolation between order statistics.</summary>
public static class Quantiles
{
    /// <summary>Quantile of sorted values.</summary>
    /// <param name="sorted">Rising, shape [n], n &gt;= 1, no NaN.</param>
    /// <param name="share">In [0, 1].</param>
    /// <exception cref="ArgumentException">No value.</exception>
    /// <remarks>Type 7 of Hyndman and Fan (1996): position share x (n - 1).</remarks>
    public static double OfSorted(ReadOnlySpan<double> sorted, double share)
    {
        if (sorted.IsEmpty) throw new ArgumentException("A quantile needs a value.", nameof(sorted));
        var position = share * (sorted.Length - 1);
        var below = (int)Math.Floor(position);
        if (below + 1 >= sorted.Length) return sorted[^1];
        return sorted[below] + (position - below) * (sorted[below + 1] - sorted[below]);
    }
}

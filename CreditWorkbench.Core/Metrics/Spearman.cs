namespace CreditWorkbench.Core.Metrics;

/// <summary>Rank correlation.</summary>
public static class Spearman
{
    /// <summary>Pearson correlation of the midranks, in [-1, 1]. O(n log n).</summary>
    /// <param name="first">Shape [n]; numbers.</param>
    /// <param name="second">Shape [n], same order.</param>
    /// <returns>Null where one side has a single value, or there is no row.</returns>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    /// <remarks>Spearman (1904), ties by midranks.</remarks>
    public static double? Of(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        if (first.Length != second.Length) throw new ArgumentException($"{first.Length} and {second.Length} values.", nameof(second));
        var (a, b) = (Midranks(first), Midranks(second));
        var middle = 0.5 * (first.Length + 1);
        var (together, spreadA, spreadB) = (0.0, 0.0, 0.0);
        for (var i = 0; i < a.Length; i++)
        {
            together += (a[i] - middle) * (b[i] - middle);
            spreadA += (a[i] - middle) * (a[i] - middle);
            spreadB += (b[i] - middle) * (b[i] - middle);
        }

        return spreadA > 0 && spreadB > 0 ? Math.Clamp(together / Math.Sqrt(spreadA * spreadB), -1.0, 1.0) : null;
    }

    /// <summary>Ranks from 1, those of equal values averaged.</summary>
    internal static double[] Midranks(ReadOnlySpan<double> values)
    {
        var (sorted, order, ranks) = (values.ToArray(), new int[values.Length], new double[values.Length]);
        for (var i = 0; i < order.Length; i++) order[i] = i;
        Array.Sort(sorted, order);
        for (var start = 0; start < order.Length;)
        {
            var end = start + 1;
            while (end < order.Length && sorted[end] == sorted[start]) end++;
            for (var i = start; i < end; i++) ranks[order[i]] = 0.5 * (start + end + 1);
            start = end;
        }

        return ranks;
    }
}

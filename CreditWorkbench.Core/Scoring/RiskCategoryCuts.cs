namespace CreditWorkbench.Core.Scoring;

/// <summary>Most likely class of an ordinal target as a function of z: cuts between neighbouring classes.</summary>
/// <remarks>z alone carries no class probabilities, so the map is fitted: the ordered cuts that name the right class on most
/// held-out rows. A class that is never the most likely one has two equal cuts.</remarks>
public sealed class RiskCategoryCuts
{
    private readonly double[] _lowest;

    /// <summary>Wraps cuts.</summary>
    /// <param name="lowest">Smallest z of each class but the last, best class first, never rising.</param>
    /// <exception cref="ArgumentException">A cut rises or is not a number.</exception>
    public RiskCategoryCuts(IReadOnlyList<double> lowest)
    {
        if (lowest.Count == 0 || lowest.Any(double.IsNaN) || lowest.Zip(lowest.Skip(1)).Any(pair => pair.First < pair.Second))
            throw new ArgumentException("Cuts fall from the best class to the worst.", nameof(lowest));
        _lowest = [.. lowest];
    }

    /// <summary>Smallest z of each class but the last, best class first.</summary>
    public IReadOnlyList<double> Lowest => _lowest;

    /// <summary>Index of the most likely class, 0 best.</summary>
    public int CategoryOf(double z)
    {
        var category = 0;
        while (category < _lowest.Length && z < _lowest[category]) category++;
        return category;
    }

    /// <summary>The cuts with the most rows named right; of equally good ones those that give the better class fewer rows.</summary>
    /// <param name="positions">z per row, shape [n], n &gt;= 1, finite; held-out rows.</param>
    /// <param name="categories">Class per row, shape [n], 0 best.</param>
    /// <param name="classes">Number of classes, at least 2.</param>
    /// <exception cref="ArgumentException">Lengths differ, no row, or a class outside the range.</exception>
    /// <remarks>Dynamic programme over rows in falling z: O(n log n + n x classes).</remarks>
    public static RiskCategoryCuts Fit(ReadOnlySpan<double> positions, ReadOnlySpan<int> categories, int classes)
    {
        if (positions.Length != categories.Length || positions.IsEmpty || classes < 2)
            throw new ArgumentException("Cuts are fitted on rows with one class each.", nameof(categories));
        var z = positions.ToArray();
        var truth = categories.ToArray();
        if (truth.Any(category => category < 0 || category >= classes)) throw new ArgumentException("A row names a class that does not exist.", nameof(categories));
        Array.Sort(z, truth);
        Array.Reverse(z);
        Array.Reverse(truth);
        return new RiskCategoryCuts(Backtrack(z, BestStarts(z, truth, classes), classes));
    }

    // from[k][i]: where class k starts when the first i rows belong to classes 0..k in the best way.
    private static int[][] BestStarts(double[] z, int[] truth, int classes)
    {
        var n = z.Length;
        var best = Hits(truth, 0);
        var from = new int[classes][];
        from[0] = new int[n + 1];
        for (var k = 1; k < classes; k++)
        {
            var hits = Hits(truth, k);
            var next = new int[n + 1];
            from[k] = new int[n + 1];
            var start = 0;
            for (var i = 0; i <= n; i++)
            {
                var mayCut = i == 0 || i == n || z[i - 1] != z[i];
                if (mayCut && best[i] - hits[i] > best[start] - hits[start]) start = i;
                from[k][i] = start;
                next[i] = best[start] + hits[i] - hits[start];
            }

            best = next;
        }

        return from;
    }

    private static int[] Hits(int[] truth, int category)
    {
        var hits = new int[truth.Length + 1];
        for (var i = 0; i < truth.Length; i++) hits[i + 1] = hits[i] + (truth[i] == category ? 1 : 0);
        return hits;
    }

    private static double[] Backtrack(double[] z, int[][] from, int classes)
    {
        var lowest = new double[classes - 1];
        var end = z.Length;
        for (var k = classes - 1; k > 0; k--)
        {
            end = from[k][end];
            lowest[k - 1] = end == 0 ? Math.BitIncrement(z[0]) : end == z.Length ? z[^1] : (z[end - 1] + z[end]) / 2;
        }

        return lowest;
    }
}

namespace CreditWorkbench.Core.Training;

/// <summary>Chooses the split points of a numeric column from its training values.</summary>
internal static class SplitPoints
{
    /// <summary>Split points that part the values into at most <paramref name="bins"/> groups of about equal size; a value that
    /// alone fills a group ends it. With few distinct values there is one group for each.</summary>
    /// <param name="values">Regular values without NaN; sorted in place, then overwritten.</param>
    /// <param name="bins">Most groups, at least 1.</param>
    /// <param name="sorter">Memory to sort in.</param>
    /// <returns>Strictly rising, at most bins - 1; each lies at or above the values on its left and below those on its right.</returns>
    /// <remarks>O(n).</remarks>
    public static float[] Choose(Span<float> values, int bins, FloatSorter sorter)
    {
        if (values.Length == 0 || bins < 2) return [];
        sorter.Sort(values);
        var counts = sorter.Counts(values.Length);
        var distinct = Distinct(values, counts);
        var ends = distinct <= bins ? AllEnds(distinct) : GroupEnds(counts[..distinct], values.Length, bins);
        var cuts = new float[ends.Count];
        for (var i = 0; i < cuts.Length; i++) cuts[i] = Between(values[ends[i]], values[ends[i] + 1]);
        return cuts;
    }

    /// <inheritdoc cref="Choose(Span{float}, int, FloatSorter)"/>
    public static float[] Choose(Span<float> values, int bins) => Choose(values, bins, new FloatSorter());

    /// <summary>A float at or above a lower value and below a higher one, as near their middle as floats allow.</summary>
    public static float Between(float low, float high)
    {
        var middle = (float)(((double)low + high) / 2.0);
        return middle < high && middle >= low ? middle : low;
    }

    /// <summary>Moves the distinct values to the front.</summary>
    /// <param name="sorted">Sorted values; the front holds the distinct ones afterwards.</param>
    /// <param name="counts">Filled: how often each occurs.</param>
    /// <returns>Their number.</returns>
    private static int Distinct(Span<float> sorted, Span<int> counts)
    {
        var last = 0;
        counts[0] = 1;
        for (var i = 1; i < sorted.Length; i++)
        {
            if (sorted[i] == sorted[last])
            {
                counts[last]++;
                continue;
            }

            sorted[++last] = sorted[i];
            counts[last] = 1;
        }

        return last + 1;
    }

    private static List<int> AllEnds(int distinct) => Enumerable.Range(0, distinct - 1).ToList();

    /// <summary>Closes a group when it holds its share of what is left, after a value that fills a group alone, and before one where at
    /// least half a group has gathered.</summary>
    private static List<int> GroupEnds(ReadOnlySpan<int> counts, int total, int bins)
    {
        var share = (double)total / bins;
        var (heavyRows, heavyValues) = (0, 0);
        foreach (var count in counts)
        {
            if (count < share) continue;
            heavyRows += count;
            heavyValues++;
        }

        var (rest, groupsLeft) = (total - heavyRows, Math.Max(1, bins - heavyValues));
        var target = (double)rest / groupsLeft;
        var ends = new List<int>();
        var inGroup = 0;
        for (var i = 0; i + 1 < counts.Length && ends.Count < bins - 1; i++)
        {
            var heavy = counts[i] >= share;
            inGroup += counts[i];
            if (!heavy) rest -= counts[i];
            var beforeHeavy = counts[i + 1] >= share && inGroup >= Math.Max(1.0, target / 2.0);
            if (!heavy && inGroup < target && !beforeHeavy) continue;
            ends.Add(i);
            inGroup = 0;
            if (heavy) continue;
            groupsLeft = Math.Max(1, groupsLeft - 1);
            target = (double)rest / groupsLeft;
        }

        return ends;
    }
}

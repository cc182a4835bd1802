namespace CreditWorkbench.Core.Training;

/// <summary>Counts how many pairs a second score ranks otherwise than a first.</summary>
internal static class RankChanges
{
    /// <summary>Pairs that differ by the first score, those of them that the second reverses, and those that it ties.</summary>
    /// <remarks>Sorted by the first score, a reversed pair is an inversion of the second: counted while merging, O(n log n).</remarks>
    public static (long Pairs, long Flipped, long Tied) Count(double[] first, int[] second)
    {
        var order = Enumerable.Range(0, first.Length).OrderBy(row => first[row]).ThenBy(row => second[row]).ToArray();
        var scores = Array.ConvertAll(order, row => second[row]);
        var tiedBoth = TiedPairs(order, (a, b) => first[a] == first[b] && second[a] == second[b]);
        var pairs = (long)first.Length * (first.Length - 1) / 2 - TiedPairs(order, (a, b) => first[a] == first[b]);
        var flipped = Inversions(scores, new int[scores.Length]);
        Array.Sort(scores);
        return (pairs, flipped, TiedPairs(scores, (a, b) => a == b) - tiedBoth);
    }

    /// <summary>Pairs inside runs of equal neighbours.</summary>
    private static long TiedPairs(int[] sorted, Func<int, int, bool> areTied)
    {
        var (pairs, run) = (0L, 0L);
        for (var i = 1; i < sorted.Length; i++)
        {
            run = areTied(sorted[i - 1], sorted[i]) ? run + 1 : 0;
            pairs += run;
        }

        return pairs;
    }

    /// <summary>Pairs whose later member is smaller; sorts as it counts.</summary>
    private static long Inversions(Span<int> items, Span<int> buffer)
    {
        if (items.Length < 2) return 0;
        var half = items.Length / 2;
        var count = Inversions(items[..half], buffer[..half]) + Inversions(items[half..], buffer[half..]);
        var (left, right) = (0, half);
        for (var i = 0; i < items.Length; i++)
        {
            if (right == items.Length || (left < half && items[left] <= items[right]))
            {
                buffer[i] = items[left++];
                continue;
            }

            count += half - left;
            buffer[i] = items[right++];
        }

        buffer[..items.Length].CopyTo(items);
        return count;
    }
}

using CreditWorkbench.Core.Features;

namespace CreditWorkbench.Core.Leakage;

/// <summary>Finds columns that repeat an earlier one, also in another unit.</summary>
internal static class RepeatedColumns
{
    /// <summary>Pairs (column, earlier column it repeats), each column once. O(columns^2 x n) at worst; pairs part early.</summary>
    public static IEnumerable<(int Column, int Original)> In(FeatureMatrix features)
    {
        for (var column = 1; column < features.Columns.Count; column++)
        {
            for (var earlier = 0; earlier < column; earlier++)
            {
                if (features.Columns[column].IsCategory != features.Columns[earlier].IsCategory || !Repeats(features.Column(column), features.Column(earlier))) continue;
                yield return (column, earlier);
                break;
            }
        }
    }

    // b = slope x a + intercept, fixed by the first two distinct values of a, holds in every row; NaNs stand in the same rows.
    private static bool Repeats(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var first = 0;
        while (first < a.Length && float.IsNaN(a[first]) && float.IsNaN(b[first])) first++;
        var second = first;
        while (second < a.Length && (a[second] == a[first] || float.IsNaN(a[second])) && float.IsNaN(a[second]) == float.IsNaN(b[second]) && (float.IsNaN(b[second]) || b[second] == b[first])) second++;
        if (second >= a.Length || float.IsNaN(a[second]) || float.IsNaN(b[second]) || a[second] == a[first]) return false;
        var slope = ((double)b[second] - b[first]) / ((double)a[second] - a[first]);
        if (slope == 0) return false;
        var (tolerance, intercept) = (1e-5, b[first] - slope * a[first]);
        for (var i = 0; i < a.Length; i++)
        {
            if (float.IsNaN(a[i]) != float.IsNaN(b[i])) return false;
            if (!float.IsNaN(a[i]) && !(Math.Abs(slope * a[i] + intercept - b[i]) <= tolerance * (Math.Abs(b[i]) + Math.Abs(intercept)))) return false;
        }

        return true;
    }
}

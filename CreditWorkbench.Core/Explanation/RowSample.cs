namespace CreditWorkbench.Core.Explanation;

/// <summary>Which rows stand for all where all would be too many: at even distances, so the choice needs no seed and keeps the shares
/// of a file that is sorted by anything.</summary>
public static class RowSample
{
    /// <summary>Indices of at most a number of rows, rising.</summary>
    /// <param name="rows">Rows there are.</param>
    /// <param name="most">Rows wanted at most, at least 1.</param>
    public static int[] Evenly(int rows, int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        var taken = new int[Math.Min(rows, most)];
        for (var i = 0; i < taken.Length; i++) taken[i] = (int)((long)i * rows / taken.Length);
        return taken;
    }
}

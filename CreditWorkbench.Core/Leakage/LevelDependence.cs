namespace CreditWorkbench.Core.Leakage;

/// <summary>Whether one column follows from another.</summary>
internal static class LevelDependence
{
    // Share of rows that may break the rule: typing errors.
    private const double Tolerance = 0.001;

    // Levels with fewer rows on average determine anything by having one row each.
    private const double FewestRowsPerLevel = 20.0;

    // A column of one value follows from everything.
    private const double NearlyConstant = 0.99;

    /// <summary>Whether the first column's value determines the second's: each of its levels has one value there, or, with too many levels for that to
    /// mean anything, the second is the first cut into bands.</summary>
    public static bool Determines(LevelColumn first, LevelColumn second)
    {
        var rows = first.Level.Length;
        var pair = new Dictionary<(int First, int Second), int>();
        var shares = new int[second.Count];
        for (var row = 0; row < rows; row++)
        {
            var key = (first.Level[row], second.Level[row]);
            pair[key] = pair.GetValueOrDefault(key) + 1;
            shares[key.Item2]++;
        }

        if (shares.Max() > NearlyConstant * rows) return false;
        var largest = new int[first.Count];
        foreach (var (key, count) in pair) largest[key.First] = Math.Max(largest[key.First], count);
        if (rows - largest.Sum(count => (long)count) > Tolerance * rows) return false;
        return rows >= FewestRowsPerLevel * first.Count || AreBands(first, second, pair, largest);
    }

    // Along the first column the second changes hardly more often than it has levels.
    private static bool AreBands(LevelColumn first, LevelColumn second, Dictionary<(int First, int Second), int> pair, int[] largest)
    {
        var of = new int[first.Count];
        foreach (var (key, count) in pair)
        {
            if (count == largest[key.First]) of[key.First] = key.Second;
        }

        var changes = 0;
        for (var level = 1; level < first.Regular; level++) changes += of[level] == of[level - 1] ? 0 : 1;
        return changes <= second.Count - 1 + Tolerance * first.Level.Length;
    }
}

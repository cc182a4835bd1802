namespace CreditWorkbench.Core.Intake;

/// <summary>Finds the known name that a misspelt one probably means.</summary>
internal static class Spelling
{
    private const int MostChanges = 2;

    /// <summary>The nearest candidate within two changed, added or lost characters (case does not count); null when none is near.
    /// Ties go to the first.</summary>
    public static string? Nearest(string given, IEnumerable<string> candidates)
    {
        var (best, fewest) = ((string?)null, MostChanges + 1);
        foreach (var candidate in candidates)
        {
            if (Math.Abs(candidate.Length - given.Length) >= fewest) continue;
            var changes = Distance(given, candidate);
            if (changes >= fewest || changes >= candidate.Length) continue;
            (best, fewest) = (candidate, changes);
        }

        return best;
    }

    /// <summary>Levenshtein distance by the two-row recurrence (Wagner and Fischer, 1974), without regard to case.</summary>
    private static int Distance(string left, string right)
    {
        var previous = Enumerable.Range(0, right.Length + 1).ToArray();
        var current = new int[right.Length + 1];
        for (var i = 0; i < left.Length; i++)
        {
            current[0] = i + 1;
            for (var j = 0; j < right.Length; j++)
            {
                var change = char.ToUpperInvariant(left[i]) == char.ToUpperInvariant(right[j]) ? 0 : 1;
                current[j + 1] = Math.Min(Math.Min(current[j], previous[j + 1]) + 1, previous[j] + change);
            }

            (previous, current) = (current, previous);
        }

        return previous[right.Length];
    }
}

using System.Globalization;

namespace CreditWorkbench.Core.Leakage;

/// <summary>Traces that a preparation of the whole file leaves in a numeric column: with the test rows in it, what was fitted knows them.</summary>
internal static class WholeFileTraces
{
    private const int FewestRows = 100;

    /// <summary>What was done, in words; null where nothing shows. O(n log n).</summary>
    public static string? In(ReadOnlySpan<float> values, ReadOnlySpan<bool> bad)
    {
        var (known, outcome) = (new List<double>(values.Length), new List<bool>(values.Length));
        for (var row = 0; row < values.Length; row++)
        {
            if (float.IsNaN(values[row])) continue;
            known.Add(values[row]);
            outcome.Add(bad[row]);
        }

        if (known.Count < FewestRows) return null;
        var (sorted, outcomes) = (known.ToArray(), outcome.ToArray());
        Array.Sort(sorted, outcomes);
        if (IsStandardised(known, sorted)) return "Mean 0 and standard deviation 1 over the whole file: it was scaled with the test rows in it.";
        if (OutcomeEncoded(sorted, outcomes) is > 0 and var levels) return $"Each of its {levels} values is the share of bad rows that have it: it was encoded by the outcome of the whole file.";
        return MeanFilled(sorted) is { } filled
            ? string.Create(CultureInfo.InvariantCulture, $"{filled.Rows} rows hold {filled.Value:0.######}, the mean of all others and of nobody else: blanks were filled with the mean of the whole file.")
            : null;
    }

    // Rounding of float32 input leaves about 1e-6; an honest column of many distinct values does not hit both figures by chance. Deviations over n and
    // over n - 1 rows differ by 1 / 2n.
    private static bool IsStandardised(List<double> values, double[] sorted)
    {
        if (Distinct(sorted) < FewestRows / 2) return false;
        var mean = values.Sum() / values.Count;
        if (Math.Abs(mean) >= 1e-4) return false;
        var squares = 0.0;
        foreach (var value in values) squares += (value - mean) * (value - mean);
        return Math.Abs(Math.Sqrt(squares / values.Count) - 1.0) < 2.0 / values.Count;
    }

    // Every value with enough rows equals the bad rate of its rows, as no measured quantity does.
    private static int OutcomeEncoded(double[] sorted, bool[] bad)
    {
        var levels = 0;
        for (var start = 0; start < sorted.Length;)
        {
            var (end, bads) = (start, 0);
            for (; end < sorted.Length && sorted[end] == sorted[start]; end++) bads += bad[end] ? 1 : 0;
            var (rate, rows) = ((double)bads / (end - start), end - start);
            if (Math.Abs(rate - sorted[start]) > 1e-6) return 0;
            // A copy of the outcome is found as such.
            if (rows >= 2 && rate is > 0.0 and < 1.0) levels++;
            start = end;
        }

        return levels >= 3 ? levels : 0;
    }

    // One value that lies at the mean of all others, to float32, and has no near neighbour among otherwise distinct values.
    private static (int Rows, double Value)? MeanFilled(double[] sorted)
    {
        var (best, at) = (0, 0);
        for (var start = 0; start < sorted.Length;)
        {
            var end = start;
            while (end < sorted.Length && sorted[end] == sorted[start]) end++;
            if (end - start > best) (best, at) = (end - start, start);
            start = end;
        }

        var rest = sorted.Length - best;
        if (best < Math.Max(20, 0.005 * sorted.Length) || rest < FewestRows || Distinct(sorted) < 50) return null;
        var (value, sum) = (sorted[at], 0.0);
        foreach (var each in sorted) sum += each == value ? 0.0 : each;
        // A whole number is what people write; a mean hardly ever is one.
        return value != Math.Floor(value) && Math.Abs(sum / rest - value) <= 1e-6 * Math.Max(Math.Abs(value), Math.Abs(sorted[^1] - sorted[0]) * 1e-3) ? (best, value) : null;
    }

    private static int Distinct(double[] sorted)
    {
        var distinct = 1;
        for (var i = 1; i < sorted.Length; i++) distinct += sorted[i] != sorted[i - 1] ? 1 : 0;
        return distinct;
    }
}

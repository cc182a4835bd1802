using System.Globalization;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Metrics;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>Counts values for histograms.</summary>
internal static class ColumnShapes
{
    private const int MostBars = 24;
    private const int MostCategories = 30;
    private const double Tail = 0.01;

    /// <summary>The shape of an input over rows. O(rows log rows).</summary>
    /// <param name="input">Its definition.</param>
    /// <param name="index">Its place in the records.</param>
    /// <param name="records">Rows.</param>
    /// <param name="bad">Outcome per row.</param>
    public static ColumnShape Of(InputDefinition input, int index, IReadOnlyList<InputRecord> records, bool[] bad)
    {
        var (values, outcomes) = (new List<double>(records.Count), new List<bool>(records.Count));
        for (var row = 0; row < bad.Length; row++)
        {
            var value = records[row].Values[index];
            if (value.Kind != InputValueKind.Number) continue;
            values.Add(value.Number);
            outcomes.Add(bad[row]);
        }

        return input.Type == InputType.Category ? Categories(input, values, outcomes) : Numbers(values, outcomes);
    }

    private static ColumnShape Categories(InputDefinition input, List<double> values, List<bool> bad)
    {
        var (rows, bads) = (new int[input.Values.Count], new int[input.Values.Count]);
        for (var i = 0; i < values.Count; i++)
        {
            rows[(int)values[i]]++;
            if (bad[i]) bads[(int)values[i]]++;
        }

        int[] order = [.. Enumerable.Range(0, rows.Length).OrderByDescending(category => rows[category]).ThenBy(category => category).Take(MostCategories)];
        return new ColumnShape([.. order.Select(category => input.Values[category].Code)], [.. order.Select(category => rows[category])], [.. order.Select(category => bads[category])], null, null, false);
    }

    private static ColumnShape Numbers(List<double> values, List<bool> bad)
    {
        if (values.Count == 0) return new ColumnShape([], [], [], null, null, false);
        var sorted = values.ToArray();
        Array.Sort(sorted);
        var distinct = sorted.Distinct().Take(MostBars + 1).ToArray();
        if (distinct.Length <= MostBars) return Few(distinct, values, bad, sorted);
        // A few rows far out would leave everything else in one bar.
        var (low, high) = (Quantiles.OfSorted(sorted, Tail), Quantiles.OfSorted(sorted, 1 - Tail));
        if (high <= low) (low, high) = (sorted[0], sorted[^1]);
        var width = (high - low) / MostBars;
        var (rows, bads) = (new int[MostBars], new int[MostBars]);
        for (var i = 0; i < values.Count; i++)
        {
            var bar = Math.Clamp((int)((values[i] - low) / width), 0, MostBars - 1);
            rows[bar]++;
            if (bad[i]) bads[bar]++;
        }

        return new ColumnShape(
            [.. Enumerable.Range(0, MostBars).Select(bar => Text(low + bar * width))], rows, bads, Quantiles.OfSorted(sorted, 0.05), Quantiles.OfSorted(sorted, 0.95),
            sorted[0] < low || sorted[^1] > high);
    }

    private static ColumnShape Few(double[] distinct, List<double> values, List<bool> bad, double[] sorted)
    {
        var (rows, bads) = (new int[distinct.Length], new int[distinct.Length]);
        for (var i = 0; i < values.Count; i++)
        {
            var bar = Array.BinarySearch(distinct, values[i]);
            rows[bar]++;
            if (bad[i]) bads[bar]++;
        }

        return new ColumnShape([.. distinct.Select(Text)], rows, bads, Quantiles.OfSorted(sorted, 0.05), Quantiles.OfSorted(sorted, 0.95), false);
    }

    private static string Text(double value) => value.ToString("G5", CultureInfo.InvariantCulture);
}

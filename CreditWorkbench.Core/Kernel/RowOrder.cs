namespace CreditWorkbench.Core.Kernel;

/// <summary>Sorts row numbers by a value each; equal values stay in the order of rows.</summary>
/// <remarks>Rows are dealt into as many equal ranges of values as there are pairs of rows, then each range is sorted: linear in time for
/// values without extreme outliers, O(n log n) in any case.</remarks>
internal static class RowOrder
{
    private const int InsertionRows = 32;
    private const int LeastDealtRows = 64;

    /// <summary>A row and its value.</summary>
    /// <param name="Value">What is sorted by.</param>
    /// <param name="Row">Number of the row.</param>
    internal readonly record struct Entry(double Value, int Row);

    /// <summary>Rows in rising order of their values.</summary>
    /// <param name="values">Shape [n]; no NaN; infinite values are allowed.</param>
    public static Entry[] Rising(ReadOnlySpan<double> values)
    {
        var entries = new Entry[values.Length];
        var (least, most) = FiniteRange(values);
        var scale = values.Length / 2 / (most - least);
        if (values.Length < LeastDealtRows || !double.IsFinite(scale) || scale == 0.0)
        {
            for (var row = 0; row < values.Length; row++) entries[row] = new Entry(values[row], row);
            SortRange(entries);
            return entries;
        }

        var last = values.Length / 2;
        var starts = new int[last + 2];
        foreach (var value in values) starts[RangeOf(value, least, scale, last) + 1]++;
        for (var range = 0; range <= last; range++) starts[range + 1] += starts[range];
        for (var row = 0; row < values.Length; row++) entries[starts[RangeOf(values[row], least, scale, last)]++] = new Entry(values[row], row);

        // Each start has moved to its range's end.
        for (var (range, begin) = (0, 0); range <= last; begin = starts[range++])
        {
            if (starts[range] - begin > 1) SortRange(entries.AsSpan(begin, starts[range] - begin));
        }

        return entries;
    }

    private static (double Least, double Most) FiniteRange(ReadOnlySpan<double> values)
    {
        var (least, most) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var value in values)
        {
            if (value < least && value > double.NegativeInfinity) least = value;
            if (value > most && value < double.PositiveInfinity) most = value;
        }

        return (least, most);
    }

    /// <summary>Never falls as the value rises; the conversion saturates.</summary>
    private static int RangeOf(double value, double least, double scale, int last) => Math.Clamp((int)((value - least) * scale), 0, last);

    private static void SortRange(Span<Entry> entries)
    {
        if (entries.Length > InsertionRows)
        {
            entries.Sort(static (a, b) => a.Value < b.Value ? -1 : a.Value > b.Value ? 1 : a.Row.CompareTo(b.Row));
            return;
        }

        for (var i = 1; i < entries.Length; i++)
        {
            var entry = entries[i];
            var at = i;
            for (; at > 0 && entries[at - 1].Value > entry.Value; at--) entries[at] = entries[at - 1];
            entries[at] = entry;
        }
    }
}

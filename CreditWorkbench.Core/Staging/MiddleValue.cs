namespace CreditWorkbench.Core.Staging;

/// <summary>The median, found without sorting: Hoare's selection, in time that grows with the number of values.</summary>
internal static class MiddleValue
{
    private const int FewValues = 32;

    /// <summary>The middle value, or the mean of the two middle ones, as sorting would give them.</summary>
    /// <param name="values">At least one; they lie in another order afterwards.</param>
    public static double Of(Span<double> values)
    {
        // Comparisons with a NaN say nothing, so sorting, which puts them first, has to decide.
        if (HasMissing(values))
        {
            values.Sort();
            return (values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2;
        }

        Select(values, values.Length / 2);
        var upper = values[values.Length / 2];
        if (values.Length % 2 == 1) return upper;
        var lower = values[0];
        foreach (var value in values[..(values.Length / 2)]) lower = lower < value ? value : lower;
        return (lower + upper) / 2;
    }

    private static bool HasMissing(ReadOnlySpan<double> values)
    {
        foreach (var value in values)
            if (double.IsNaN(value)) return true;
        return false;
    }

    // Nothing before the place is greater afterwards, nothing behind it less.
    private static void Select(Span<double> values, int place)
    {
        while (values.Length > FewValues)
        {
            var pivot = Pivot(values);
            var (left, right) = (0, values.Length - 1);
            while (left <= right)
            {
                while (values[left] < pivot) left++;
                while (values[right] > pivot) right--;
                if (left > right) break;
                (values[left], values[right]) = (values[right], values[left]);
                left++;
                right--;
            }

            if (place <= right) values = values[..(right + 1)];
            else if (place < left) return;
            else
            {
                values = values[left..];
                place -= left;
            }
        }

        values.Sort();
    }

    // Of the first, the middle and the last value the one between: rows in order are the easiest case and not the worst.
    private static double Pivot(ReadOnlySpan<double> values)
    {
        var (first, middle, last) = (values[0], values[values.Length / 2], values[^1]);
        return Math.Max(Math.Min(first, middle), Math.Min(Math.Max(first, middle), last));
    }
}

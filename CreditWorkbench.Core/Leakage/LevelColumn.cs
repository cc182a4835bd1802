using CreditWorkbench.Core.Features;

namespace CreditWorkbench.Core.Leakage;

/// <summary>One column as levels: distinct regular values in their natural order, then missing and each code as a level of its own.</summary>
internal sealed class LevelColumn
{
    private LevelColumn(int[] level, int regular, int count) => (Level, Regular, Count) = (level, regular, count);

    /// <summary>Level per row; regular ones rise with the number, or with the text of the category.</summary>
    public int[] Level { get; }

    /// <summary>Number of regular levels: 0 to Regular - 1.</summary>
    public int Regular { get; }

    /// <summary>Number of levels, those of missing and codes included.</summary>
    public int Count { get; }

    /// <summary>Sorts the values of a column into levels. O(n log n).</summary>
    public static LevelColumn Of(ReadOnlySpan<float> values, FeatureColumn column)
    {
        var places = column.IsCategory ? Places(column.Categories) : null;
        var (keys, order) = (new double[values.Length], new int[values.Length]);
        for (var row = 0; row < values.Length; row++)
        {
            var value = values[row];
            // Missing and codes stand above every number.
            keys[row] = float.IsNaN(value) ? 1e300 * (1 + CodedNaN.CodeOf(value)) : places is null ? value : places[(int)value];
            order[row] = row;
        }

        Array.Sort(keys, order);
        var (level, count, regular) = (new int[values.Length], 0, 0);
        for (var start = 0; start < keys.Length; count++)
        {
            var end = start;
            for (; end < keys.Length && keys[end] == keys[start]; end++) level[order[end]] = count;
            if (keys[start] < 1e300) regular++;
            start = end;
        }

        return new LevelColumn(level, regular, count);
    }

    private static int[] Places(IReadOnlyList<string> categories)
    {
        var places = new int[categories.Count];
        foreach (var (place, category) in categories.Index().OrderBy(entry => entry.Item, StringComparer.Ordinal).Select(entry => entry.Index).Index()) places[category] = place;
        return places;
    }
}

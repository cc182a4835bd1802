using CreditWorkbench.Core.Features;

namespace CreditWorkbench.Core.Explanation;

/// <summary>Where the values of one column lie among each other: a scale from 0 (lowest) to 1 (highest) that no outlier stretches.</summary>
/// <remarks>Built from at most 8,192 known values at even distances of rows, so the same rows give the same scale.</remarks>
public sealed class QuantileScale
{
    private const int Sample = 8192;
    private readonly float[] _sorted;

    private QuantileScale(float[] sorted, double missingShare) => (_sorted, MissingShare) = (sorted, missingShare);

    /// <summary>Share of cells without a regular value, in [0, 1].</summary>
    public double MissingShare { get; }

    /// <summary>Whether no cell has a regular value.</summary>
    public bool IsEmpty => _sorted.Length == 0;

    /// <summary>The scale of a column.</summary>
    public static QuantileScale Of(ReadOnlySpan<float> column)
    {
        var known = 0;
        foreach (var value in column) known += float.IsNaN(value) ? 0 : 1;
        var sorted = new float[Math.Min(known, Sample)];
        var (seen, taken) = (0L, 0);
        foreach (var value in column)
        {
            if (float.IsNaN(value)) continue;
            if (taken < sorted.Length && seen * sorted.Length >= (long)taken * known) sorted[taken++] = value;
            seen++;
        }

        Array.Sort(sorted);
        return new QuantileScale(sorted, column.IsEmpty ? 0 : 1.0 - (double)known / column.Length);
    }

    /// <summary>The scales of all columns.</summary>
    public static QuantileScale[] OfAll(FeatureMatrix rows)
    {
        var scales = new QuantileScale[rows.Columns.Count];
        for (var column = 0; column < scales.Length; column++) scales[column] = Of(rows.Column(column));
        return scales;
    }

    /// <summary>Place of a value: the middle of the share below it and the share at or below it; NaN for a value that is not known.</summary>
    public double PlaceOf(float value)
    {
        if (float.IsNaN(value) || IsEmpty) return double.NaN;
        return (CountBelow(value, inclusive: false) + CountBelow(value, inclusive: true)) / (2.0 * _sorted.Length);
    }

    /// <summary>Distinct values at even shares from the lowest to the highest, rising.</summary>
    /// <param name="parts">Steps between them, at least 1.</param>
    public float[] Steps(int parts)
    {
        if (IsEmpty) return [];
        var steps = new List<float>();
        for (var i = 0; i <= parts; i++)
        {
            var value = _sorted[(int)Math.Round((double)i * (_sorted.Length - 1) / parts)];
            if (steps.Count == 0 || value > steps[^1]) steps.Add(value);
        }

        return [.. steps];
    }

    private int CountBelow(float value, bool inclusive)
    {
        var (low, high) = (0, _sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_sorted[middle] < value || (inclusive && _sorted[middle] == value)) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}

using CreditWorkbench.Core.Features;

namespace CreditWorkbench.Core.Explanation;

/// <summary>Distance of rows by their values: places on quantile scales, so that a rupiah and a month weigh alike.</summary>
/// <remarks>Per feature 0 to 1: difference of places; equal or different category; one known and one not: 1; different codes: 1. The
/// distance is the mean over features, in [0, 1]. Gower (1971).</remarks>
public sealed class CaseSpace
{
    private readonly QuantileScale[] _scales;
    private readonly IReadOnlyList<FeatureColumn> _columns;

    /// <summary>Takes the scales from rows.</summary>
    public CaseSpace(FeatureMatrix rows) => (_scales, _columns) = (QuantileScale.OfAll(rows), rows.Columns);

    /// <summary>Where a row lies: places, category indices, and codes as -1 - code.</summary>
    public float[] PlaceOf(ReadOnlySpan<float> row)
    {
        var place = new float[_columns.Count];
        for (var column = 0; column < place.Length; column++)
            place[column] = float.IsNaN(row[column]) ? -1f - CodedNaN.CodeOf(row[column]) : _columns[column].IsCategory ? row[column] : (float)PlaceOf(column, row[column]);
        return place;
    }

    /// <summary>Distance of two places.</summary>
    public double Distance(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        var sum = 0.0;
        for (var column = 0; column < left.Length; column++)
        {
            if (left[column] < 0 || right[column] < 0 || _columns[column].IsCategory) sum += left[column] == right[column] ? 0 : 1;
            else sum += Math.Abs(left[column] - right[column]);
        }

        return left.IsEmpty ? 0 : sum / left.Length;
    }

    // A column without a known value among the rows says nothing of where a value lies: the middle.
    private double PlaceOf(int column, float value) => _scales[column].IsEmpty ? 0.5 : _scales[column].PlaceOf(value);
}
